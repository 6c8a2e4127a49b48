//! Where a record belongs: its node, the unit that it is about, what it answers or is a part of.
use super::{Filling, RecordRefusal as No, Target, text_of};
use crate::grid::{
    decide::{Refusal, exists_on},
    fact::FactId,
    record::{About, Form, form, started_by},
    state::{Mark, Matter, Step, What},
};
use crate::words::word;

impl Filling<'_> {
    /// Where the record belongs; refused where it can't be recorded there on that day.
    pub(super) fn target(self) -> Result<Target, Refusal> {
        let (org, filled) = (self.state.org(), self.filled);
        let target = match (self.form.about, filled.unit) {
            (About::Matter, _) => self.answers()?,
            (About::Unit, None) => return Err(No::NoUnit(self.form.name()).into()),
            (About::Node, Some(_)) => return Err(No::UnitNotAsked(self.form.name()).into()),
            (_, unit) => Target { at: filled.at, unit },
        };
        if let (Some(unit), true) = (target.unit, self.form.about != About::Matter) {
            let name = || org.unit(unit).record.name.clone();
            match org.grid_of(unit, filled.on) {
                None => return Err(Refusal::Unplaced(name(), filled.on)),
                Some(grid) if grid != target.at => {
                    return Err(Refusal::Elsewhere(name(), filled.on, org.node(target.at).name.clone()));
                }
                Some(_) => {}
            }
        }
        if let (Some(of), true) = (filled.of, self.form.about != About::Matter) {
            self.part_of(of)?;
        }
        exists_on(self.state, target.at, filled.on)?;
        Ok(target)
    }

    /// What the record answers: it is recorded where that is to be answered by now.
    fn answers(self) -> Result<Target, Refusal> {
        let of = self.filled.of.ok_or(No::NoMatter(self.form.name()))?;
        let matter = self.state.matter_of(of).ok_or(No::NoSuchMatter)?;
        let Some(answers) = self.form.answer_to(started_by(matter.kind)) else {
            return Err(No::other_matter(self.form, matter.kind).into());
        };
        self.is_open(matter)?;
        if self.filled.on < matter.opened {
            return Err(No::BeforeIt(self.state.told(matter).into_owned(), matter.opened).into());
        }
        if let Some((number, before)) = answers.after.and_then(form) {
            self.comes_after(matter, (number as u8, before), answers.unless)?;
        }
        if answers.closes(text_of(self.filled.values.get("kind"))) {
            self.parts_are_closed(matter)?;
        }
        Ok(Target { at: self.state.answered_at(matter, self.filled.on), unit: matter.unit })
    }

    /// Refuses what another form's record must come before, where none did since the matter was last corrected, or where
    /// the last of them says that it may not go on.
    fn comes_after(self, matter: &Matter, (number, before): (u8, &'static Form), unless: &[&str]) -> Result<(), No> {
        let what = || self.state.told(matter).into_owned();
        let said = |step: &&Step| step.form == Some(number) && self.state.is_about_latest(matter, step);
        let Some(last) = matter.steps.iter().rfind(said) else { return Err(No::TooSoon(what(), before.name())) };
        let kind = before.kinds().get(usize::from(last.kind));
        match kind.filter(|kind| unless.contains(&kind.id)) {
            Some(kind) => Err(No::NotAfter(what(), kind.label())),
            None => Ok(()),
        }
    }

    /// Refuses what is settled, other than by the record that is corrected.
    fn is_open(self, matter: &Matter) -> Result<(), Refusal> {
        match matter.steps.iter().any(|step| step.closes && Some(step.by) != self.replaces) {
            true => Err(No::Settled(self.state.told(matter).into_owned()).into()),
            false => Ok(()),
        }
    }

    /// Refuses to settle what has open parts: a task that was split is done when its parts are.
    fn parts_are_closed(self, matter: &Matter) -> Result<(), Refusal> {
        let org = self.state.org();
        let parts = self.state.matters().filter(|part| part.part_of == Some(matter.id) && part.is_open());
        let open: Vec<_> = parts.map(|part| org.node(part.at).name.as_str()).collect();
        match open.len() {
            0 => Ok(()),
            n => Err(No::OpenParts(self.state.told(matter).into_owned(), n, open.join(word("word.list"))).into()),
        }
    }

    /// Refuses to be a part of what it can't be a part of.
    fn part_of(self, of: FactId) -> Result<(), Refusal> {
        let allowed = |id: &str| self.form.part_of.contains(&id);
        if let Some(matter) = self.state.matter_of(of) {
            return match allowed(started_by(matter.kind)) {
                true => self.is_open(matter),
                false => Err(No::NoPartOf(self.form.name()).into()),
            };
        }
        // Not all that has parts runs a clock: a review is done when it is recorded.
        let is_it = |mark: &Mark| match mark.what {
            What::Record { form: number, .. } => {
                self.state.fact_of(mark) == of
                    && self.form.part_of.iter().filter_map(|id| form(id)).any(|(i, _)| i == usize::from(number))
            }
            _ => false,
        };
        match self.state.node_marks(self.filled.at).iter().any(is_it) {
            true => Ok(()),
            false => Err(No::NoPartOf(self.form.name()).into()),
        }
    }
}
