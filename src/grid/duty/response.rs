//! `response`: answered within n working days of the record that triggers it (A2-3长-7: a change of staff is reported).
use chrono::NaiveDate;

use super::{Entry, Kind, Objection, Param, params::missing};
use crate::grid::{
    calendar::{Cadence, Period},
    duty::Tally,
    record::{self, Form},
    standing::{Site, Standing},
    state::{Matter, MatterKind, small_day},
};
use crate::words::{t, word};

pub(super) const KIND: Entry = Entry {
    name: "response",
    params: &[
        Param { key: "trigger", means: || word("duty.response.trigger"), required: true },
        Param { key: "answer", means: || word("duty.response.answer"), required: false },
        Param { key: "workdays", means: || word("duty.response.workdays"), required: true },
    ],
    fed: false,
    read: |params| {
        let text = params.text("trigger")?.ok_or_else(|| missing("trigger", "trigger = \"task\""))?;
        let trigger = trigger(text)?;
        let answer = answer(params.text("answer")?.unwrap_or("closed"), text)?;
        Ok(Box::new(Response { trigger, answer, workdays: params.whole_required("workdays", 0, 250)? }))
    },
};

/// Met when the record that triggers it was answered in time; one instance for every such record.
#[derive(Debug)]
struct Response {
    trigger: MatterKind,
    answer: Answer,
    workdays: u32,
}

/// What answers.
#[derive(Clone, Copy, Debug)]
enum Answer {
    /// The record's own entry: what happened was told in time.
    Entry,
    /// What closes the matter.
    Closed,
    /// A record of this form, final or not.
    Form(u8),
}

fn trigger(text: &str) -> Result<MatterKind, Objection> {
    let known = match text {
        "problem" => Some(MatterKind::Problem),
        "change" => Some(MatterKind::Change),
        form => record::form(form).filter(|(_, form)| form.opens.is_some()).map(|(i, _)| MatterKind::Form(i as u8)),
    };
    known.ok_or_else(|| {
        let forms = record::FORMS.iter().filter(|form| form.opens.is_some()).map(|form| form.id);
        let known: Vec<_> = ["problem", "change"].into_iter().chain(forms).collect();
        Objection {
            key: "trigger",
            what: t!("duty.response.no_trigger", text = text, known = known.join(word("word.list"))).into_owned(),
        }
    })
}

fn answer(text: &str, trigger: &str) -> Result<Answer, Objection> {
    match text {
        "entry" => Ok(Answer::Entry),
        "closed" => Ok(Answer::Closed),
        form => match record::form(form).filter(|(_, form)| answers(form, trigger)) {
            Some((number, _)) => Ok(Answer::Form(number as u8)),
            None => {
                let forms = record::FORMS.iter().filter(|form| answers(form, trigger)).map(|form| form.id);
                let known: Vec<_> = ["entry", "closed"].into_iter().chain(forms).collect();
                Err(Objection {
                    key: "answer",
                    what: t!("duty.response.no_answer", text = form, known = known.join(word("word.list")))
                        .into_owned(),
                })
            }
        },
    }
}

/// Whether records of the form answer what `trigger` starts.
fn answers(form: &Form, trigger: &str) -> bool {
    form.answers.iter().any(|answers| answers.form == trigger)
}

impl Response {
    /// Whether it was answered, and by the due day.
    fn tally(&self, matter: &Matter, due: u16) -> Tally {
        let answered = match self.answer {
            Answer::Entry => Some(matter.recorded),
            Answer::Closed => matter.closed().map(|step| step.recorded),
            Answer::Form(form) => matter.steps.iter().filter(|s| s.form == Some(form)).map(|s| s.recorded).min(),
        };
        Tally {
            have: u32::from(answered.is_some()),
            on_time: u32::from(answered.is_some_and(|on| small_day(on) <= due)),
        }
    }
}

impl Response {
    /// Whether it was answered by what had been entered by the end of `day`. What closes it today may have come later than
    /// what closed it then.
    fn answered_by(&self, matter: &Matter, day: NaiveDate) -> bool {
        let mut known = matter.steps.iter().filter(|step| step.recorded <= day);
        match self.answer {
            Answer::Entry => matter.recorded <= day,
            Answer::Closed => known.any(|step| step.closes),
            Answer::Form(form) => known.any(|step| step.form == Some(form)),
        }
    }
}

impl Kind for Response {
    fn name(&self) -> &'static str {
        KIND.name
    }

    fn was_open(&self, site: &Site<'_>, of: &Standing, day: NaiveDate) -> bool {
        let Some(matter) = of.about.and_then(|id| site.state.matter_of(id)) else { return false };
        matter.opened.max(matter.recorded) <= day && !self.answered_by(matter, day)
    }

    fn standings(&self, site: &Site<'_>, out: &mut Vec<Standing>) {
        let running = Period::containing(Cadence::Month, site.today);
        let seat = site.duty.post_at(site.row);
        // Open work that came from an older grid is no younger for that.
        let from = site.state.opened().map_or(site.from, |opened| opened.from);
        for matter in site.matters().filter(|matter| matter.kind == self.trigger && matter.opened >= from) {
            if matter.opened > site.today || matter.post.is_some_and(|post| Some(post) != seat) {
                continue;
            }
            let calendar = site.state.pack().calendar();
            let due = matter.due.unwrap_or_else(|| calendar.add_workdays(matter.opened, self.workdays));
            let period = Period::containing(Cadence::Month, matter.opened);
            let tally = self.tally(matter, small_day(due));
            // What is answered is shown for as long as its month runs, unless all is asked for.
            if tally.have == 0 || period == running || site.tells_all() {
                out.push(Standing { about: Some(matter.id), ..site.stand(period, tally, 1, due) });
            }
        }
    }
}
