//! What people type into a form, and what it means; the command line and the generic form read it the same way.
//!
//! Ids and names both do; what comes out is what facts hold. What is not refused here is checked by `decide`.
use chrono::NaiveDate;

use super::when;
use crate::grid::{
    calendar::{Cadence, Period},
    decide::RecordRefusal,
    fact::Value,
    org::{NodeIx, PersonIx},
    record::{Field, Input},
    state::State,
};
use crate::words::{t, word};

/// What stands between several names in one line.
pub const BETWEEN: [char; 5] = ['、', '，', ',', '；', ';'];

/// Reads what is typed into the fields of one form.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// What there is to be named.
    pub state: &'a State,
    /// Today.
    pub today: NaiveDate,
    /// The day of the record.
    pub on: NaiveDate,
}

impl Reader<'_> {
    /// The value of what is typed; none where nothing is. `kind` is what is chosen in the field `kind`, for
    /// checklists. The error is a sentence for a person.
    pub fn read(self, field: &'static Field, text: &str, kind: &str) -> Result<Option<Value>, String> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let label = field.label();
        let words = |what: &str| t!("fill.wrong", field = label, what = what, example = field.example()).into_owned();
        Ok(Some(match field.input {
            Input::Text | Input::Lines => Value::Text(text.to_owned()),
            Input::Number { .. } => Value::Number(narrow(text).parse().map_err(|_| words(word("fill.whole")))?),
            Input::Money => Value::Number(money(&narrow(text)).ok_or_else(|| words(word("fill.money")))?),
            Input::Day => Value::Day(when::parse(text, self.today).ok_or_else(|| words(word("fill.unreadable")))?),
            Input::Deadline => Value::Day(when::ahead(text, self.on).ok_or_else(|| words(word("fill.unreadable")))?),
            Input::Period(lengths) => {
                let period = period(&narrow(text), lengths, self.on).ok_or_else(|| words(word("fill.unreadable")))?;
                Value::Text(period.to_string())
            }
            Input::Choice(choices) => {
                let chosen = choices.iter().find(|choice| choice.is_called(text));
                Value::Text(chosen.map_or(text, |choice| choice.id).to_owned())
            }
            Input::Flag => Value::Flag(flag(text).ok_or_else(|| t!("fill.flag", field = label).into_owned())?),
            Input::ChecklistId => {
                let mut lists = self.state.pack().checklists.iter();
                let list = lists.find(|list| list.id == text || list.name == text);
                Value::Text(list.map_or(text, |list| list.id.as_str()).to_owned())
            }
            Input::CriterionId => {
                let mut criteria = self.state.pack().assessment.criteria.iter();
                let criterion = criteria.find(|criterion| criterion.id == text || criterion.name == text);
                Value::Text(criterion.map_or(text, |criterion| criterion.id.as_str()).to_owned())
            }
            Input::Checklist => Value::List(self.items(text, kind)),
            Input::Node => Value::Text(self.node(label, text).map_err(|no| no.to_string())?),
            Input::Nodes => Value::List(self.each(text, |name| self.node(label, name))?),
            Input::Person => Value::Text(self.person(label, text).map_err(|no| no.to_string())?),
            Input::People => Value::List(self.each(text, |name| self.person(label, name))?),
            Input::Tasks => Value::List(text.lines().map(|line| self.task(line)).collect()),
            // A roster is no text.
            Input::Attendance => return Ok(None),
        }))
    }

    /// The text that reads back as the value: names where there are names.
    pub fn show(self, field: &Field, value: &Value) -> String {
        match (field.input, value) {
            (Input::Money, Value::Number(number)) => format!("{}.{:02}", number / 100, number % 100),
            (Input::Node, Value::Text(id)) => self.node_name(id),
            (Input::Person, Value::Text(id)) => self.person_name(id),
            (Input::Nodes, Value::List(ids)) => join(ids, |id| self.node_name(id)),
            (Input::People, Value::List(ids)) => join(ids, |id| self.person_name(id)),
            (_, Value::Text(text)) => text.clone(),
            (_, Value::Number(number)) => number.to_string(),
            (_, Value::Day(day)) => day.to_string(),
            (_, Value::Flag(flag)) => if *flag { word("word.yes") } else { word("word.no") }.to_owned(),
            (Input::Tasks, Value::List(list)) => list.join("\n"),
            (_, Value::List(list)) => list.join(word("word.list")),
        }
    }

    /// The id of the node with this id or name.
    fn node(self, label: &'static str, text: &str) -> Result<String, RecordRefusal> {
        let org = self.state.org();
        let ix = match (org.node_ix(text), &org.named(text)[..]) {
            (Some(ix), _) => ix,
            (None, [one]) => *one,
            (None, []) => return Err(RecordRefusal::NoSuchNode(label, text.to_owned())),
            (None, _) => return Err(RecordRefusal::SeveralNodes(label, text.to_owned())),
        };
        Ok(org.node(ix).id.clone())
    }

    /// The id of the person with this id or name; of several, the sentence says how to tell them apart.
    fn person(self, label: &'static str, text: &str) -> Result<String, RecordRefusal> {
        let org = self.state.org();
        if let Some(ix) = org.person_ix(text) {
            return Ok(org.person(ix).id.clone());
        }
        let mut named = self.people_named(text);
        match (named.next(), named.next()) {
            (Some(one), None) => Ok(org.person(one).id.clone()),
            (None, _) => Err(RecordRefusal::NoSuchPerson(label, text.to_owned())),
            _ => Err(RecordRefusal::SeveralPeople(label, text.to_owned())),
        }
    }

    fn each(self, text: &str, one: impl Fn(&str) -> Result<String, RecordRefusal>) -> Result<Vec<String>, String> {
        names(text).map(|name| one(name).map_err(|no| no.to_string())).collect()
    }

    /// A resolution with its deadline as a plain day, where that can be read.
    fn task(self, line: &str) -> String {
        let parts: Vec<&str> = line.split(['|', '｜']).map(str::trim).collect();
        match parts[..] {
            [what, who, due] if !due.is_empty() => {
                let due = when::ahead(due, self.on).map_or(due.to_owned(), |day| day.to_string());
                format!("{what} | {who} | {due}")
            }
            _ => parts.join(" | "),
        }
    }

    /// The ids of the items of a checklist, named by id or text; `全部` is all of them.
    fn items(self, text: &str, list: &str) -> Vec<String> {
        let Some((_, list)) = self.state.pack().checklist(list) else {
            return names(text).map(str::to_owned).collect();
        };
        if matches!(text, "全部" | "all") {
            return list.items.iter().map(|item| item.id.clone()).collect();
        }
        let id = |name: &str| {
            let item = list.items.iter().find(|item| item.id == name || item.text == name);
            item.map_or(name, |item| item.id.as_str()).to_owned()
        };
        names(text).map(id).collect()
    }

    /// What a node is called here so that [`Reader::read`] finds it again.
    pub fn called(self, ix: NodeIx) -> String {
        let org = self.state.org();
        let node = org.node(ix);
        if org.named(&node.name).len() == 1 {
            return node.name.clone();
        }
        let parent = node.parent.map_or("", |up| org.node(up).name.as_str());
        let path = format!("{parent}/{}", node.name);
        if org.named(&path).len() == 1 { path } else { node.id.clone() }
    }

    /// What a person is called here so that [`Reader::read`] finds them again.
    pub fn called_person(self, ix: PersonIx) -> String {
        let org = self.state.org();
        let person = org.person(ix);
        if self.people_named(&person.record.name).take(2).count() == 1 {
            person.record.name.clone()
        } else {
            person.id.clone()
        }
    }

    fn people_named(self, name: &str) -> impl Iterator<Item = PersonIx> {
        let org = self.state.org();
        (0..org.people().len() as u32).map(PersonIx).filter(move |ix| org.person_glimpse(*ix).record.name == name)
    }

    fn node_name(self, id: &str) -> String {
        self.state.org().node_ix(id).map_or(id.to_owned(), |ix| self.called(ix))
    }

    fn person_name(self, id: &str) -> String {
        self.state.org().person_ix(id).map_or(id.to_owned(), |ix| self.called_person(ix))
    }
}

/// The names in a line.
pub fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(BETWEEN).flat_map(str::lines).map(str::trim).filter(|name| !name.is_empty())
}

fn join(ids: &[String], name: impl Fn(&str) -> String) -> String {
    ids.iter().map(|id| name(id)).collect::<Vec<_>>().join(word("word.list"))
}

/// Full-width digits and signs as plain ones.
fn narrow(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '。' => '.',
        '—' => '-',
        _ => c,
    };
    text.trim().chars().map(plain).collect()
}

/// `1280.5`, `1,280.50`, `2万` in 分.
fn money(text: &str) -> Option<i64> {
    let text = text.replace([',', '元', '￥', ' '], "");
    let (text, times) = match text.strip_suffix('万') {
        Some(text) => (text, 1_000_000),
        None => (text.as_str(), 100),
    };
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > 2 {
        return None;
    }
    let part = i64::from(format!("{part:0<2}").parse::<u8>().ok()?);
    whole.parse::<i64>().ok()?.checked_mul(times)?.checked_add(part * times / 100)
}

/// What a word says, of those that say yes or no.
pub fn flag(text: &str) -> Option<bool> {
    match text {
        "是" | "有" | "yes" | "y" | "true" | "1" => Some(true),
        "否" | "无" | "no" | "n" | "false" | "0" => Some(false),
        _ => None,
    }
}

/// `2026-10`, `2026年10月`, `10`, `10月`, `本月`, `上月`, `2026-Q3`, `Q3`, `本季`, `上季`, `2026-H1`, `2026`, `今年`, `去年`.
fn period(text: &str, lengths: &[Cadence], on: NaiveDate) -> Option<Period> {
    use chrono::Datelike;
    let running = |length: Cadence, back: i32| Some(Period::containing(length, on).shifted(-back));
    match text {
        "本月" => return running(Cadence::Month, 0),
        "上月" => return running(Cadence::Month, 1),
        "本季" | "本季度" => return running(Cadence::Quarter, 0),
        "上季" | "上季度" => return running(Cadence::Quarter, 1),
        "今年" | "本年" => return running(Cadence::Year, 0),
        "去年" | "上年" => return running(Cadence::Year, 1),
        _ => {}
    }
    let text = text.replace('年', "-").replace('月', "");
    let text = text.trim_end_matches('-').to_uppercase();
    let padded = match text.split_once('-') {
        Some((year, month)) if month.len() == 1 => format!("{year}-0{month}"),
        _ => text.clone(),
    };
    if let Some(period) = Period::parse(&padded) {
        return Some(period);
    }
    // Without its year it is the last one.
    let of_year = |year: i32| match text.parse::<u32>() {
        Ok(month) if lengths.contains(&Cadence::Month) => Period::parse(&format!("{year}-{month:02}")),
        _ => Period::parse(&format!("{year}-{text}")),
    };
    [on.year(), on.year() - 1].into_iter().filter_map(of_year).find(|period| period.first() <= on)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_to_the_fen() {
        for (typed, fen) in
            [("1280.5", 128_050), ("1,280.50元", 128_050), ("２万", 2_000_000), ("1.5万", 1_500_000), ("0.01", 1)]
        {
            assert_eq!(money(&narrow(typed)), Some(fen), "{typed}");
        }
        for typed in ["", "-1", "1.234", "一千", ".5", "99999999999999999999"] {
            assert_eq!(money(&narrow(typed)), None, "{typed}");
        }
    }

    #[test]
    fn periods_as_people_type_them() {
        let on: NaiveDate = "2026-11-20".parse().expect("a day");
        let all = &[Cadence::Month, Cadence::Quarter, Cadence::HalfYear, Cadence::Year];
        for (typed, read) in [
            ("2026-10", "2026-10"),
            ("2026年9月", "2026-09"),
            ("10", "2026-10"),
            ("12月", "2025-12"),
            ("本月", "2026-11"),
            ("上月", "2026-10"),
            ("q3", "2026-Q3"),
            ("2026-q3", "2026-Q3"),
            ("上季", "2026-Q3"),
            ("2025", "2025"),
            ("今年", "2026"),
            ("去年", "2025"),
            ("２０２６-１０", "2026-10"),
        ] {
            assert_eq!(
                period(&narrow(typed), all, on).map(|period| period.to_string()),
                Some(read.to_owned()),
                "{typed}"
            );
        }
        for typed in ["", "13", "明年", "2026-13", "Q5"] {
            assert_eq!(period(&narrow(typed), all, on), None, "{typed}");
        }
    }
}
