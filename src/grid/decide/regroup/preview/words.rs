//! The preview as people read it.
use super::{Amount, DutyChange, GridSize, Named, PostChange, PostMove, Preview};

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
        let mut out = Vec::new();
        let mut table = |head: String, rows: Vec<Vec<String>>| {
            if !rows.is_empty() {
                out.push(Line::Head(head));
                out.extend(rows.into_iter().map(Line::Row));
            }
        };
        table("网格".to_owned(), self.grids.iter().map(grid).collect());
        let moves = self.units.iter().map(|unit| vec![unit.unit.name.clone(), place(&unit.from), place(&unit.to)]);
        table(format!("划转 {} 家（企业、原网格、新网格）", self.units.len()), moves.collect());
        table("岗位".to_owned(), self.posts.iter().map(post).collect());
        let problems = self.problems.iter().map(|problem| {
            let look = problem.follow_up.map_or(String::new(), |day| format!("复查 {day}"));
            vec![problem.unit.name.clone(), problem.text.clone(), look, format!("随企业到 {}", place(&problem.to))]
        });
        table(format!("没销号的问题 {} 个", self.problems.len()), problems.collect());
        table("本期职责（分母按期初的成员，B-6）".to_owned(), self.duties.iter().map(duty).collect());
        let overdue = self.overdue.iter().map(|left| {
            let what = format!("{} {}", left.label, left.name);
            let heir = format!("由 {} {} 接办", left.owed_by.name, left.post.label());
            vec![what, left.node.name.clone(), amount(left.amount), heir]
        });
        table("逾期的留在原网格，直到补齐或免除".to_owned(), overdue.collect());
        if !self.notes.is_empty() {
            out.push(Line::Head("请注意".to_owned()));
            out.extend(self.notes.iter().cloned().map(Line::Note));
        }
        out
    }
}

fn place(at: &Option<Named>) -> String {
    at.as_ref().map_or("未划入网格".to_owned(), |node| node.name.clone())
}

fn amount(Amount { have, need }: Amount) -> String {
    format!("{have}/{need}")
}

fn grid(size: &GridSize) -> Vec<String> {
    let words = match (size.before, size.after) {
        (Some(before), Some(after)) => format!("{before} 家，调整后 {after} 家"),
        (None, Some(after)) => format!("新建，{after} 家"),
        (Some(before), None) => format!("{before} 家，撤销"),
        (None, None) => "撤销".to_owned(),
    };
    vec![size.node.name.clone(), words]
}

fn post(moved: &PostMove) -> Vec<String> {
    let when = match moved.change {
        PostChange::Ends => format!("{} 起不再担任", moved.on),
        PostChange::Begins => format!("{} 起担任", moved.on),
    };
    vec![moved.person.name.clone(), moved.node.name.clone(), moved.post.label().to_owned(), when]
}

fn duty(change: &DutyChange) -> Vec<String> {
    let mut words = match (change.before, change.after) {
        (Some(before), Some(after)) if before == after => format!("{} 不变", amount(after)),
        (Some(before), Some(after)) => format!("{}，调整后 {}", amount(before), amount(after)),
        (None, Some(after)) => format!("新增 {}", amount(after)),
        (Some(before), None) => format!("{}，不再计", amount(before)),
        (None, None) => "这一期不计".to_owned(),
    };
    if let Some(next) = change.next_need {
        words.push_str(&format!("，下期要 {next}"));
    }
    if change.owed_by != change.node && change.after.is_some() {
        words.push_str(&format!("，由 {} {} 接办", change.owed_by.name, change.post.label()));
    }
    vec![format!("{} {}", change.label, change.name), change.node.name.clone(), words]
}
