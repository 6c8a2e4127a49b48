//! What is offered while somebody types: names, and what was typed into the field before.
use super::{Entry, Slot, named};
use crate::{
    app::{Command, Desk, fill::BETWEEN},
    grid::{org::NodeIx, record::Input},
    screen::find::Finder,
    ui::drop::Row,
    words::t,
};

/// At most this many are offered.
pub(super) const MOST: usize = 5;

/// Where a field's offers come from.
pub(in crate::screen) enum Source {
    /// Nowhere.
    Nothing,
    /// What was typed before under this name, then these, which are in the store.
    Typed(String, Vec<String>),
    /// The names that such an input takes.
    Names(Input),
    /// The units at a node.
    Units(NodeIx),
}

impl Source {
    /// Whether it looks through the names of the whole store.
    pub(super) fn is_named(&self) -> bool {
        matches!(self, Source::Names(_) | Source::Units(_))
    }
}

/// What is offered for the field under the cursor.
#[derive(Default)]
pub(super) struct Offers {
    pub rows: Vec<Row>,
    /// The one that Enter takes.
    pub at: Option<usize>,
    /// What was typed when somebody closed the list: it stays closed until that changes.
    closed: Option<String>,
    /// Whether anything was typed since the cursor came to the field.
    typed: bool,
}

impl Offers {
    /// The cursor comes to another field.
    pub(super) fn leave(&mut self) {
        *self = Offers::default();
    }

    /// Something was typed into the field; whether it was the first time since the cursor came.
    pub(super) fn typed(&mut self) -> bool {
        !std::mem::replace(&mut self.typed, true)
    }

    /// Looks for what fits what is typed.
    pub(super) fn follow(&mut self, desk: &Desk, slot: &Slot) {
        let text = slot.entry.typed();
        let open = self.typed && self.closed.as_ref() != Some(&text);
        let rows = if open { found(desk, slot, &text) } else { Vec::new() };
        if rows != self.rows {
            // A name must be one of those that are offered; what was written before need not be written again.
            self.at = (!rows.is_empty() && !matches!(slot.source, Source::Typed(..))).then_some(0);
            self.rows = rows;
        }
    }

    /// Goes up and down in the list, or closes it; false where the command means something else, as beyond both ends.
    pub(super) fn own(&mut self, command: Command, slot: &Slot) -> bool {
        if self.rows.is_empty() {
            return false;
        }
        match (command, self.at) {
            (Command::Down, Some(at)) if at + 1 < self.rows.len() => self.at = Some(at + 1),
            (Command::Down, None) => self.at = Some(0),
            // Above the first one is the field itself.
            (Command::Up, Some(at)) => self.at = at.checked_sub(1),
            (Command::Back, _) => {
                self.closed = Some(slot.entry.typed());
                self.rows.clear();
            }
            _ => return false,
        }
        true
    }

    /// Writes the chosen one into the field, or the first where `any` will do; false where there is none.
    pub(super) fn take(&mut self, slot: &mut Slot, any: bool) -> bool {
        let Some(row) = self.at.or(any.then_some(0)).and_then(|at| self.rows.get(at)) else { return false };
        let text = match slot.source {
            Source::Names(input) => taken(input, &slot.entry.typed(), &row.name),
            _ => row.name.clone(),
        };
        slot.entry.set(&text);
        self.rows.clear();
        self.closed = Some(text);
        true
    }
}

/// What was typed into the field last, where nothing is typed now.
pub(super) fn last<'d>(desk: &'d Desk, slot: &'d Slot) -> Option<&'d str> {
    match &slot.source {
        Source::Typed(name, known) if slot.entry.typed().is_empty() => {
            desk.memory.of(name).first().or(known.first()).map(String::as_str)
        }
        _ => None,
    }
}

fn found(desk: &Desk, slot: &Slot, text: &str) -> Vec<Row> {
    let at_end = match &slot.entry {
        Entry::Line(line) => line.is_at_end(),
        Entry::Lines(note) => note.is_at_end() && !note.value().contains('\n'),
        _ => false,
    };
    let typed = match slot.source {
        Source::Names(Input::Nodes | Input::People) => text.rsplit(BETWEEN).next().unwrap_or_default(),
        _ => text,
    };
    let typed = typed.trim();
    if !at_end || typed.is_empty() {
        return Vec::new();
    }
    let rows = match &slot.source {
        Source::Nothing => Vec::new(),
        Source::Typed(name, known) => before(typed, desk.memory.of(name).iter().chain(known).map(String::as_str)),
        Source::Names(Input::Node | Input::Nodes) => named::nodes(desk, typed),
        Source::Names(_) => named::people(desk, typed),
        Source::Units(node) => named::units(desk, *node, typed),
    };
    if rows.iter().any(|row| row.name == typed) { Vec::new() } else { rows }
}

/// What was typed before and fits: what begins so comes first.
fn before<'t>(typed: &str, texts: impl Iterator<Item = &'t str>) -> Vec<Row> {
    let mut once = Vec::new();
    texts.for_each(|text| {
        if !once.contains(&text) {
            once.push(text);
        }
    });
    let found: Vec<&str> = Finder::new(typed).filter(once.iter().copied()).into_iter().map(|i| once[i]).collect();
    let (begin, other): (Vec<&str>, Vec<&str>) = found.into_iter().partition(|text| text.starts_with(typed));
    let row = |text: &str| Row { name: text.to_owned(), beside: String::new() };
    begin.into_iter().chain(other).take(MOST).map(row).collect()
}

/// What stands in the field once a name is taken.
fn taken(input: Input, typed: &str, name: &str) -> String {
    match input {
        Input::Nodes | Input::People => {
            let before = typed.rfind(BETWEEN).map_or("", |at| &typed[..at]);
            let (before, between) = (before.trim(), t!("entry.list"));
            if before.is_empty() { format!("{name}{between}") } else { format!("{before}{between}{name}{between}") }
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_stands_behind_those_before_it() {
        assert_eq!(taken(Input::Node, "lj", "兰江街道"), "兰江街道");
        assert_eq!(taken(Input::Nodes, "lj", "兰江街道"), "兰江街道、");
        assert_eq!(taken(Input::Nodes, "兰江街道、ys", "云山街道"), "兰江街道、云山街道、");
        assert_eq!(taken(Input::People, "张三，", "李四"), "张三、李四、");
    }

    #[test]
    fn what_was_typed_before_is_found_by_pinyin_and_what_begins_so_comes_first() {
        let texts = ["年报填报要点", "报表填报要点", "统计法宣讲", "报表填报要点", "月报会审"];
        let found =
            |typed: &str| -> Vec<String> { before(typed, texts.into_iter()).into_iter().map(|row| row.name).collect() };
        assert_eq!(found("tbyd"), ["年报填报要点", "报表填报要点"]);
        assert_eq!(found("报"), ["报表填报要点", "年报填报要点", "月报会审"]);
        assert_eq!(found("tjf"), ["统计法宣讲"]);
        assert!(found("没有").is_empty());
    }
}
