//! The preview as people read it.
use chrono::NaiveDate;

use super::{Amount, DutyChange, GridSize, Named, OverdueLeft, PostChange, PostMove, Preview, ProblemMove, UnitMove};
use crate::words::t;

/// One line of a preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// A heading.
    Head(String),
    /// A row of a table; the columns of the rows below one heading stand under each other.
    Row(Vec<String>),
    /// A sentence.
    Note(String),
}

impl Preview {
    /// The preview in lines, without its title.
    pub fn lines(&self) -> Vec<Line> {
        let words = Words { common: self.common(), from: self.from };
        let mut out = Vec::new();
        let mut part = |head: String, lines: Vec<Line>| {
            if !lines.is_empty() {
                out.push(Line::Head(head));
                out.extend(lines);
            }
        };
        // What follows from it comes before the long lists.
        part(t!("regroup.grids").into_owned(), rows(self.grids.iter().map(|size| words.grid(size))));
        part(t!("regroup.notes").into_owned(), self.notes.iter().cloned().map(Line::Note).collect());
        let duties = rows(self.duties.iter().map(|change| words.duty(change)));
        part(t!("regroup.duties").into_owned(), duties);
        let overdue = rows(self.overdue.iter().map(|left| words.overdue(left)));
        part(t!("regroup.overdue").into_owned(), overdue);
        let problems = rows(self.problems.iter().map(|problem| words.problem(problem)));
        part(t!("regroup.problems", n = self.problems.len()).into_owned(), problems);
        let units = rows(self.units.iter().map(|moved| words.unit(moved)));
        part(t!("regroup.units", n = self.units.len()).into_owned(), units);
        part(t!("regroup.posts").into_owned(), rows(self.posts.iter().filter_map(|moved| words.post(self, moved))));
        out
    }

    /// The name of the node above, where all the grids hang below the same one: it is in the title already.
    fn common(&self) -> Option<&str> {
        let mut above = self.grids.iter().map(|size| size.node.name.split_once(' ').map(|(above, _)| above));
        let first = above.next()??;
        above.all(|other| other == Some(first)).then_some(first)
    }

    /// Where the person goes on with the post that ends.
    fn continued(&self, ended: &PostMove) -> Option<&PostMove> {
        let same = |other: &&PostMove| (&other.person, other.post, other.on) == (&ended.person, ended.post, ended.on);
        self.posts.iter().find(|other| other.change == PostChange::Begins && same(other))
    }

    /// Whether the post that begins goes on with one that ends.
    fn continues(&self, begun: &PostMove) -> bool {
        let ends = |other: &&PostMove| other.change == PostChange::Ends;
        self.posts.iter().filter(ends).any(|ended| self.continued(ended) == Some(begun))
    }
}

/// How names and days are told within one preview.
struct Words<'a> {
    common: Option<&'a str>,
    from: NaiveDate,
}

impl Words<'_> {
    fn node(&self, node: &Named) -> String {
        let short = self.common.and_then(|above| node.name.strip_prefix(above)?.strip_prefix(' '));
        short.unwrap_or(&node.name).to_owned()
    }

    fn place(&self, at: &Option<Named>) -> String {
        at.as_ref().map_or(t!("regroup.unplaced").into_owned(), |node| self.node(node))
    }

    /// The day, where it is another one than the regrouping's.
    fn since(&self, day: NaiveDate) -> String {
        if day == self.from { String::new() } else { t!("regroup.since", day = day).into_owned() }
    }

    fn grid(&self, size: &GridSize) -> Vec<String> {
        let words = match (size.before, size.after) {
            (Some(before), Some(after)) => t!("regroup.size_changes", before = before, after = after).into_owned(),
            (None, Some(after)) => t!("regroup.size_new", after = after).into_owned(),
            (Some(before), None) => t!("regroup.size_closed", before = before).into_owned(),
            (None, None) => t!("regroup.closed").into_owned(),
        };
        vec![self.node(&size.node), words]
    }

    fn unit(&self, moved: &UnitMove) -> Vec<String> {
        let to = format!("{}{}", self.place(&moved.to), self.since(moved.on));
        vec![moved.unit.name.clone(), self.place(&moved.from), to]
    }

    /// A post that goes on elsewhere is told once.
    fn post(&self, all: &Preview, moved: &PostMove) -> Option<Vec<String>> {
        let words = match (moved.change, all.continued(moved)) {
            (PostChange::Begins, _) if all.continues(moved) => return None,
            (PostChange::Begins, _) => t!("regroup.begins").into_owned(),
            (PostChange::Ends, Some(begun)) => t!("regroup.goes_on", node = self.node(&begun.node)).into_owned(),
            (PostChange::Ends, None) => t!("regroup.ends").into_owned(),
        };
        let words = format!("{words}{}", self.since(moved.on));
        Some(vec![moved.person.name.clone(), moved.post_name.clone(), self.node(&moved.node), words])
    }

    fn problem(&self, problem: &ProblemMove) -> Vec<String> {
        let look = problem.follow_up.map_or(String::new(), |day| t!("regroup.look_again", day = day).into_owned());
        let text = format!("{}{look}", problem.text);
        vec![problem.unit.name.clone(), t!("regroup.problem_moves", node = self.place(&problem.to)).into_owned(), text]
    }

    fn duty(&self, change: &DutyChange) -> Vec<String> {
        let mut words = match (change.before, change.after) {
            (Some(before), Some(after)) if before == after => {
                t!("regroup.amount_same", amount = amount(after)).into_owned()
            }
            (Some(before), Some(after)) => {
                t!("regroup.amount_changes", before = amount(before), after = amount(after)).into_owned()
            }
            (None, Some(after)) => t!("regroup.amount_new", amount = amount(after)).into_owned(),
            (Some(before), None) => t!("regroup.amount_gone", amount = amount(before)).into_owned(),
            (None, None) => t!("regroup.amount_none").into_owned(),
        };
        if let Some(next) = change.next_need {
            words.push_str(&t!("regroup.next_need", n = next, measure = change.measure));
        }
        if change.owed_by != change.node && change.after.is_some_and(|after| after.have < after.need) {
            words = t!("word.two", first = amount_of(change), second = self.heir(&change.owed_by, &change.post_name))
                .into_owned();
        }
        vec![format!("{} {}", change.label, change.name), self.node(&change.node), words]
    }

    fn overdue(&self, left: &OverdueLeft) -> Vec<String> {
        let words = t!("word.two", first = amount(left.amount), second = self.heir(&left.owed_by, &left.post_name))
            .into_owned();
        vec![format!("{} {}", left.label, left.name), self.node(&left.node), words]
    }

    fn heir(&self, node: &Named, post: &str) -> String {
        t!("regroup.taken_over", node = self.node(node), post = post).into_owned()
    }
}

fn rows(rows: impl Iterator<Item = Vec<String>>) -> Vec<Line> {
    rows.map(Line::Row).collect()
}

fn amount(Amount { have, need }: Amount) -> String {
    format!("{have}/{need}")
}

/// How it stands afterwards.
fn amount_of(change: &DutyChange) -> String {
    change.after.map_or(String::new(), amount)
}
