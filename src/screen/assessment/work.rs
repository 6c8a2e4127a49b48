//! What keys do on the sheet: the next step of a row with its form filled in, of the whole sheet, and sending it up.
use super::{Assessment, Row, facts::Facts};
use crate::{
    app::{Action, Desk, Fill, Message, Route},
    grid::{
        assess::{Line, Move, ReportStage, Reported, agreed, answered, confirmed, own, sheet, star_record},
        decide::{
            Filled, Intent,
            rights::{Right, has},
        },
        fact::Fact,
        record::form,
    },
    words::t,
};

impl Assessment {
    /// Takes the next step of the chosen row: its form, filled in.
    pub(super) fn open(&mut self, desk: &Desk) -> Vec<Action> {
        match self.row() {
            Some(Row::Part(part)) => {
                vec![Action::Open(Route::Assessment { node: part.node, period: Some(self.period) })]
            }
            Some(Row::Report(sent, _)) => {
                let sent = *sent;
                self.answer(desk, sent)
            }
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
            // Whoever can't take it sees what there is to see, and who can.
            (Err(denied), _) => {
                let mut actions = self.deeper(desk);
                actions.push(Action::Say(Message::error(denied.to_string())));
                actions
            }
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
            Ok(sending) if !self.sent => match sending.corrects {
                Some(old) => {
                    self.again = Some(sending.clone());
                    vec![Action::Find(old)]
                }
                None => {
                    self.sent = true;
                    vec![record(sending.filled.clone())]
                }
            },
            _ => Vec::new(),
        }
    }

    /// Sends a returned result again, as it is reckoned now; the old one is at hand.
    pub(super) fn send_again(&mut self, old: Fact) -> Vec<Action> {
        let Some(again) = self.again.take().filter(|_| !self.sent) else { return Vec::new() };
        self.sent = true;
        vec![record(Filled { amends: Some(Box::new(old)), ..again.filled })]
    }

    /// What is next about a result that was sent up: whom it was sent to takes or returns it, who sent it sends it again.
    fn answer(&mut self, desk: &Desk, sent: Reported) -> Vec<Action> {
        if let Some(answer) = sent.answer.filter(|answer| answer.accepted) {
            return vec![Action::Say(Message::note(t!("assess.is_accepted", day = answer.day)))];
        }
        let review = has(&desk.state, &desk.actor, self.node, Right::Review);
        match (sent.stage() == ReportStage::Returned, &self.send) {
            (true, Ok(_)) => self.send_up(),
            (true, Err(why)) => vec![Action::Say(Message::note(why.clone()))],
            (false, _) => match review {
                Ok(()) => vec![fill(answered(&desk.actor, self.node, sent.id))],
                Err(denied) => vec![Action::Say(Message::error(denied.to_string()))],
            },
        }
    }
}

fn record(filled: Filled) -> Action {
    Action::Record(Intent::Record(Box::new(filled)))
}

/// The form with what is known filled in.
fn fill(filled: Filled) -> Action {
    let id = form(&filled.form).map_or("", |(_, form)| form.id);
    let Filled { at, of, values, .. } = filled;
    Action::Open(Route::Fill(Fill { form: id, at, unit: None, of, amends: None, kind: None, values }))
}
