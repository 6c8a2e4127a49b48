//! Where Enter leads on a row of the pane.
use super::{DeskScreen, PaneRow, matters, tab::Tab, work::say};
use crate::{
    app::{Action, Command, Desk, Message, Route},
    grid::{
        org::NodeIx,
        pack::{Duty, Recorded},
    },
    screen::amend,
    words::t,
};

impl DeskScreen {
    /// Opens what the cursor stands on.
    pub(super) fn open_row(&mut self, desk: &Desk) -> Vec<Action> {
        match self.row().cloned() {
            Some(PaneRow::Duty(standing)) => match standing.about {
                Some(id) => matters::answer(desk, id),
                None => self.open_duty(&desk.pack().duties[standing.duty], standing.node, desk),
            },
            Some(PaneRow::Child(node)) => {
                self.tree.go_to(desk, node);
                self.arrive(desk)
            }
            Some(PaneRow::Matter(id)) => matters::answer(desk, id),
            Some(PaneRow::Offered(_)) => self.hand_over(desk),
            Some(PaneRow::Scores { node, period, .. }) => {
                vec![Action::Open(Route::Assessment { node, period: Some(period) })]
            }
            Some(PaneRow::Unplaced(_)) => self.assign(desk),
            Some(PaneRow::Owed(..)) => self.done(desk),
            Some(PaneRow::Record(record)) => amend::open(desk, &record.fact),
            Some(PaneRow::Session(line)) => {
                let grid = desk.state.org().node(line.at).name.clone();
                let hours = f64::from(line.minutes) / 60.0;
                let hours = format!("{hours:.1}");
                say(&t!(
                    "desk.session",
                    grid = grid,
                    day = line.day,
                    topic = line.topic,
                    hours = hours,
                    present = line.present,
                    invited = line.invited
                ))
            }
            Some(row) => match row.unit() {
                Some(unit) => vec![Action::Open(Route::Visit { units: vec![unit], amends: None })],
                None => Vec::new(),
            },
            None => Vec::new(),
        }
    }

    /// Goes to where the duty's work is done.
    fn open_duty(&mut self, duty: &Duty, at: NodeIx, desk: &Desk) -> Vec<Action> {
        let session = duty.evidence.iter().find_map(|evidence| match evidence.record {
            Recorded::Session(kind) => Some(kind),
            _ => None,
        });
        match session {
            Some(kind) => self.session(kind),
            None if duty.kind.name() == "coverage" => {
                let is_unit = |row: &PaneRow| matches!(row, PaneRow::Suggested(..) | PaneRow::Member(_));
                match self.rows.iter().position(is_unit) {
                    Some(at) => self.window.at = at,
                    None if self.tab != Tab::Visits => return self.show(Tab::Visits, desk),
                    None => return vec![Action::Say(Message::note(t!("refusal.no_units")))],
                }
                Vec::new()
            }
            None if duty.kind.per_unit() => self.show(Tab::Ledger, desk),
            // Nothing is done for a rule by itself: what it looks at is put right and recorded.
            None if duty.evidence.is_empty() => say(&t!("desk.judged", record = Command::Record.row().name())),
            None => matters::form_for(duty, at, None)
                .unwrap_or_else(|| say(&t!("desk.by_hand", done = Command::Done.row().name()))),
        }
    }
}
