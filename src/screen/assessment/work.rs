//! What keys do on the sheet: the next step of a row with its form filled in, of the whole sheet, and sending it up.
use super::{Assessment, Row, facts::Facts};
use crate::{
    app::{Action, Desk, Fill, Message, Route},
    grid::{
        assess::{Line, Move, agreed, confirmed, own, sheet, star_record},
        decide::{
            Filled, Intent,
            rights::{Right, has},
        },
        record::form,
    },
    words::t,
};

impl Assessment {
    /// Takes the next step of the chosen row: its form, filled in.
    pub(super) fn open(&mut self, desk: &Desk) -> Vec<Action> {
        match self.row() {
            Some(Row::Part(part)) => vec![Action::Open(Route::Assessment { node: part.node })],
            Some(Row::Star(_)) => self.star(desk),
            Some(Row::Line(_)) => self.step(desk),
            None => Vec::new(),
        }
    }

    /// Shows what stands behind the chosen row.
    pub(super) fn deeper(&mut self, desk: &Desk) -> Vec<Action> {
        match self.row() {
            Some(Row::Line(item)) => {
                self.facts = Some(Facts::of(desk, item));
                Vec::new()
            }
            _ => self.open(desk),
        }
    }

    fn step(&mut self, desk: &Desk) -> Vec<Action> {
        let (state, actor) = (&desk.state, &desk.actor);
        let sheet = sheet(state, self.node, self.period, desk.today());
        let Some(line) = sheet.lines.get(self.window.at) else { return Vec::new() };
        let Some(step) = line.next() else { return self.deeper(desk) };
        let may = |step: Move| has(state, actor, self.node, step.right());
        let filled = match step {
            Move::Own if line.score.is_none() => Some(own(state, actor, &sheet, line)),
            Move::Own => None,
            Move::Review => agreed(actor, &sheet, line),
            Move::Confirm => confirmed(actor, &sheet, line),
        };
        match (may(step), filled) {
            (Ok(()), Some(filled)) => vec![fill(filled)],
            (Ok(()), None) => self.mend(line),
            // Who waits for a review may still mend what they gave themselves.
            (Err(_), _) if step == Move::Review && may(Move::Own).is_ok() => self.mend(line),
            (Err(denied), _) => vec![Action::Say(Message::error(denied.to_string()))],
        }
    }

    /// Looks the self-score up to correct it.
    fn mend(&mut self, line: &Line<'_>) -> Vec<Action> {
        self.wanted = line.score.map(|score| score.id);
        self.wanted.map(Action::Find).into_iter().collect()
    }

    fn star(&self, desk: &Desk) -> Vec<Action> {
        if let Err(denied) = has(&desk.state, &desk.actor, self.node, Right::Review) {
            return vec![Action::Say(Message::error(denied.to_string()))];
        }
        let sheet = sheet(&desk.state, self.node, self.period, desk.today());
        match star_record(&desk.state, &desk.actor, &sheet) {
            _ if sheet.stars.confirmed.is_some() => vec![Action::Say(Message::note(t!("assess.star_is_set")))],
            Some(filled) => vec![fill(filled)],
            None => vec![Action::Say(Message::note(t!("assess.star_too_soon")))],
        }
    }

    /// Takes the next step of the whole sheet.
    pub(super) fn take_all(&mut self) -> Vec<Action> {
        match &self.all {
            Ok((_, intents)) if !self.sent => {
                self.sent = true;
                vec![Action::RecordMany(intents.clone())]
            }
            _ => Vec::new(),
        }
    }

    /// Sends the result of the nodes below up.
    pub(super) fn send_up(&mut self) -> Vec<Action> {
        match &self.send {
            Ok(intent) if !self.sent => {
                self.sent = true;
                vec![Action::Record(Intent::clone(intent))]
            }
            _ => Vec::new(),
        }
    }
}

/// The form with what is known filled in.
fn fill(filled: Filled) -> Action {
    let id = form(&filled.form).map_or("", |(_, form)| form.id);
    let Filled { at, of, values, .. } = filled;
    Action::Open(Route::Fill(Fill { form: id, at, unit: None, of, amends: None, kind: None, values }))
}
