//! What is wrong with the form as it stands, and at which field.
use super::{Entry, RecordForm, Spot, offer};
use crate::{
    app::{Desk, fill::Reader, when},
    grid::{
        decide::{Filled, Intent, Refusal},
        fact::Attendance,
        record::{About, Required},
    },
    screen::form,
    ui::text,
};

/// What a form as it stands amounts to.
#[derive(Clone, Debug, Default)]
pub(super) struct Verdict {
    /// What would be recorded.
    pub filled: Option<Filled>,
    /// What is wrong, and where.
    pub wrong: Option<(Option<Spot>, String)>,
    /// The names of the duties that it would count for.
    pub counts_for: Vec<String>,
}

impl RecordForm {
    pub(super) fn judge(&self, desk: &Desk) -> Verdict {
        match self.read(desk) {
            Err((spot, what)) => Verdict { wrong: Some((Some(spot), what)), ..Verdict::default() },
            Ok(filled) => match desk.decide(&Intent::Record(Box::new(filled.clone()))) {
                Ok(decision) => {
                    let name = |own: &usize| desk.pack().duties[*own].name.clone();
                    let counts_for = decision.counts_for.iter().map(name).collect();
                    Verdict { filled: Some(filled), wrong: None, counts_for }
                }
                Err(refusal) => {
                    let wrong = Some((self.spot_of(&refusal), refusal.to_string()));
                    Verdict { filled: Some(filled), wrong, counts_for: Vec::new() }
                }
            },
        }
    }

    /// Reads everything that is typed.
    fn read(&self, desk: &Desk) -> Result<Filled, (Spot, String)> {
        let on = match when::parse(self.on.value(), desk.today()) {
            None => return Err((Spot::On, "日期读不懂；可写 15、-1、昨天、11-15".to_owned())),
            Some(day) if day > desk.today() => return Err((Spot::On, "这一天还没到".to_owned())),
            Some(day) => day,
        };
        let unit = self.unit_ix(desk);
        match (unit, self.unit.value().trim()) {
            (None, "") if self.blank.about == About::Unit => return Err((Spot::Unit, "请写明是哪一家".to_owned())),
            (None, typed) if self.has_unit() && !typed.is_empty() => {
                let name = &desk.state.org().node(self.node).name;
                return Err((Spot::Unit, format!("{name}没有这一家；打拼音首字母再选")));
            }
            _ => {}
        }
        let reader = Reader { state: &desk.state, today: desk.today(), on };
        let kind = self.kind();
        let mut values = std::collections::BTreeMap::new();
        let mut attendance = Vec::new();
        for (i, (field, entry)) in self.blank.fields.iter().zip(&self.entries).enumerate() {
            if let Entry::Roster(roster) = entry {
                let id = |person| desk.state.org().person(person).id.clone();
                attendance.extend(roster.rows.iter().map(|(who, mark)| Attendance { person: id(*who), mark: *mark }));
                continue;
            }
            let value = reader.read(field, &entry.typed(), &kind).map_err(|what| (Spot::Field(i), what))?;
            values.extend(value.map(|value| (field.key.to_owned(), value)));
        }
        let grid = unit.and_then(|unit| desk.state.org().grid_of(unit, on));
        Ok(Filled {
            form: self.blank.id.to_owned(),
            at: grid.unwrap_or(self.node),
            unit,
            of: self.of,
            on,
            values,
            attendance,
            amends: self.amends.clone(),
        })
    }

    /// The field that a refusal is about.
    fn spot_of(&self, refusal: &Refusal) -> Option<Spot> {
        match refusal {
            Refusal::Record(no) => {
                let label = no.label()?;
                self.blank.fields.iter().position(|field| field.label() == label).map(Spot::Field)
            }
            Refusal::Future(_) | Refusal::Locked(..) | Refusal::NoSuchGrid(..) => Some(Spot::On),
            Refusal::Unplaced(..) | Refusal::Elsewhere(..) => Some(Spot::Unit),
            _ => None,
        }
    }

    /// What is said at a field: what is wrong with it once the cursor was there, or how it is filled in while it is.
    pub(super) fn remark(&self, spot: Spot) -> Option<(Vec<String>, bool)> {
        let here = self.at == spot;
        if here && !self.offers.is_empty() {
            return None;
        }
        if let Some((Some(at), what)) = &self.verdict.wrong
            && *at == spot
            && self.seen.contains(&spot)
        {
            return Some((text::wrap(what, usize::from(form::NOTE_COLS)), true));
        }
        if !here {
            return None;
        }
        let Spot::Field(i) = spot else {
            return (spot == Spot::Unit).then(|| (vec!["打名称或拼音首字母，回车选".to_owned()], false));
        };
        let field = &self.blank.fields[i];
        let how = match &self.entries[i] {
            Entry::Choice(_) => "左右键换，或打拼音首字母",
            Entry::Flag(_) => "空格换",
            Entry::Items(_) => "空格勾选，上下键移动",
            Entry::Roster(_) => "空格换一个，上下键移动",
            Entry::Line(_) | Entry::Lines(_) => "",
        };
        let example = match &self.entries[i] {
            Entry::Line(_) | Entry::Lines(_) if !field.example().is_empty() => format!("例如 {}", field.example()),
            _ => String::new(),
        };
        let must = if field.required == Required::Always && self.entries[i].typed().is_empty() { "必填" } else { "" };
        let parts = [must, how, &example].into_iter().filter(|part| !part.is_empty());
        let words = parts.collect::<Vec<_>>().join("，");
        (!words.is_empty()).then_some((vec![words], false))
    }

    /// How many rows the offers take.
    pub(super) fn offered(&self) -> u16 {
        self.offers.len().min(offer::MOST) as u16
    }
}
