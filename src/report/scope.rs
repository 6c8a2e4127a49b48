//! Whose report it is, of which period, seen on which day and by whom.
use chrono::NaiveDate;

use super::Viewer;
use crate::{
    grid::{
        calendar::Period,
        decide::Actor,
        fact::Fact,
        org::{NodeIx, PersonIx, UnitIx},
        state::State,
    },
    words::{t, word},
};

/// So many holders of one post are named.
const FEW: usize = 3;

/// A node with what is below it, a period, and the day on which they are looked at.
#[derive(Clone, Debug)]
pub struct Scope<'a> {
    /// Everything that happened.
    pub state: &'a State,
    /// The node.
    pub root: NodeIx,
    /// The node and what is below it, in the order of the tree.
    pub nodes: Vec<NodeIx>,
    /// The period.
    pub period: Period,
    /// The county's day.
    pub today: NaiveDate,
    /// Whether whole phone numbers are shown.
    pub phones: bool,
    inside: Vec<bool>,
}

impl<'a> Scope<'a> {
    /// What lies at a node and below it in a period. Whole phone numbers are for those who administer there.
    pub fn new(state: &'a State, root: NodeIx, period: Period, actor: &Actor) -> Scope<'a> {
        let org = state.org();
        let mut nodes = Vec::new();
        let mut next = vec![root];
        while let Some(node) = next.pop() {
            nodes.push(node);
            next.extend(org.node(node).children.iter().rev());
        }
        let mut inside = vec![false; org.nodes().len()];
        nodes.iter().for_each(|node| inside[node.0 as usize] = true);
        let phones = Viewer::new(state, root, actor).phones;
        Scope { state, root, nodes, period, today: actor.today, phones, inside }
    }

    /// Whether a node lies in it.
    pub fn holds(&self, node: NodeIx) -> bool {
        self.inside.get(node.0 as usize).copied().unwrap_or_default()
    }

    /// The last day that it tells of: the period's last, or today while the period runs.
    pub fn last(&self) -> NaiveDate {
        self.period.last().min(self.today)
    }

    /// A node by name, with its township where it is a grid and others are told of too.
    pub fn node_name(&self, node: NodeIx) -> String {
        self.state.org().full_name(node)
    }

    /// The node at which a fact counts.
    pub fn node_of(&self, fact: &Fact) -> Option<NodeIx> {
        self.state.org().node_ix(fact.draft.at.as_deref()?)
    }

    /// The unit that a fact is about.
    pub fn unit_of(&self, fact: &Fact) -> Option<UnitIx> {
        self.state.org().unit_ix(fact.draft.subject.as_deref()?)
    }

    /// A unit by name.
    pub fn unit_name(&self, unit: UnitIx) -> &str {
        &self.state.org().unit(unit).record.name
    }

    /// People by name, of those who are known.
    pub fn people<'p>(&self, ids: impl Iterator<Item = &'p str>) -> String {
        let org = self.state.org();
        let name = |id: &str| org.person_ix(id).map_or(id, |ix| org.person(ix).record.name.as_str()).to_owned();
        ids.map(name).collect::<Vec<_>>().join(word("word.list"))
    }

    /// Those who hold a post, by name; of many the first, and how many they are.
    pub fn holders(&self, people: impl Iterator<Item = PersonIx>) -> String {
        let name = |ix: PersonIx| self.state.org().person(ix).record.name.as_str();
        let names: Vec<&str> = people.map(name).collect();
        let first = names.get(..names.len().min(FEW)).unwrap_or_default().join(word("word.list"));
        match names.len() {
            n if n > FEW => t!("report.and_more", names = first, n = n).into_owned(),
            _ => first,
        }
    }

    /// Its reader.
    pub fn viewer(&self) -> Viewer<'a> {
        Viewer { state: self.state, today: self.today, phones: self.phones }
    }

    /// Text that somebody wrote, with the phone numbers in it as this reader may see them.
    pub fn prose(&self, text: &str) -> String {
        self.viewer().prose(text)
    }
}

/// A phone number of which the first three and the last four digits are left; of a short one the last two.
pub fn masked(phone: &str) -> String {
    let digits = phone.chars().filter(char::is_ascii_digit).count();
    let (first, last) = if digits >= 8 { (3, 4) } else { (0, 2) };
    let mut at = 0;
    let mask = |c: char| {
        if !c.is_ascii_digit() {
            return c;
        }
        at += 1;
        if at <= first || at + last > digits { c } else { '*' }
    };
    phone.chars().map(mask).collect()
}

/// Text in which every phone number is masked: mobile numbers, also with +86 or with gaps after the third and the
/// seventh digit, and numbers with an area code. Credit codes and ids stay whole, whatever digits there are in them.
pub fn masked_in(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        if let Some(end) = code_end(&chars, at) {
            out.extend(&chars[at..end]);
            at = end;
            continue;
        }
        let begins = digit(&chars, at).is_some() && (at == 0 || digit(&chars, at - 1).is_none());
        let end = if begins { phone_end(&chars, at) } else { None };
        let end = end.filter(|end| digit(&chars, *end).is_none());
        match end {
            Some(end) => {
                out.push_str(&masked(&chars[at..end].iter().map(|c| plain(*c)).collect::<String>()));
                at = end;
            }
            None => {
                out.push(chars[at]);
                at += 1;
            }
        }
    }
    out
}

/// Where the code or id ends that begins at a place, if one does: a credit code has 18 capitals and digits, ids and hashes
/// have 32 hexadecimal digits or more.
fn code_end(chars: &[char], at: usize) -> Option<usize> {
    let is_inside = |c: &char| c.is_ascii_alphanumeric();
    if at.checked_sub(1).is_some_and(|before| is_inside(&chars[before])) {
        return None;
    }
    let len = chars[at..].iter().take_while(|c| is_inside(c)).count();
    let word = &chars[at..at + len];
    let is_credit = len == 18 && !word.iter().any(char::is_ascii_lowercase);
    let is_id = len >= 32 && word.iter().all(|c| c.is_ascii_digit() || ('a'..='f').contains(c));
    (word.iter().any(char::is_ascii_alphabetic) && (is_credit || is_id)).then_some(at + len)
}

/// Where the phone number ends that begins at a place, if one does.
fn phone_end(chars: &[char], at: usize) -> Option<usize> {
    const GAPS: [usize; 2] = [3, 7];
    let country = [8, 6].iter().enumerate().all(|(i, n)| digit(chars, at + i) == Some(*n));
    let after = if country { skip_gap(chars, at + 2) } else { at };
    let mobile = (digit(chars, after) == Some(1) && digit(chars, after + 1).is_some_and(|n| n >= 3))
        .then(|| digits(chars, after, 11, &GAPS))
        .flatten();
    let landline = || {
        let area = digit(chars, at) == Some(0);
        let numbers = [(3, 8), (4, 8), (4, 7), (3, 7)];
        let end = |(code, number): (usize, usize)| {
            digits(chars, at, code + number, &[code]).filter(|end| digit(chars, *end).is_none())
        };
        area.then(|| numbers.into_iter().find_map(end)).flatten()
    };
    mobile.or_else(landline)
}

/// Where so many digits end, which may have a gap after each of `gaps` of them.
fn digits(chars: &[char], from: usize, n: usize, gaps: &[usize]) -> Option<usize> {
    let mut at = from;
    for i in 0..n {
        if gaps.contains(&i) {
            at = skip_gap(chars, at);
        }
        digit(chars, at)?;
        at += 1;
    }
    Some(at)
}

fn skip_gap(chars: &[char], at: usize) -> usize {
    let is_gap = chars.get(at).is_some_and(|c| [' ', '-', '－', '—', '\u{3000}', ')', '）'].contains(c));
    at + usize::from(is_gap && digit(chars, at + 1).is_some())
}

fn digit(chars: &[char], at: usize) -> Option<u32> {
    plain(*chars.get(at)?).to_digit(10)
}

/// A full-width digit as an ordinary one.
fn plain(c: char) -> char {
    let ordinary = |c: char| char::from_u32(u32::from(c) - 0xff10 + u32::from('0')).unwrap_or(c);
    if ('０'..='９').contains(&c) { ordinary(c) } else { c }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_phone_number_the_first_three_and_the_last_four_digits_are_left() {
        for (phone, shown) in
            [("13812345678", "138****5678"), ("0579-88881234", "057*-****1234"), ("110", "*10"), ("", "")]
        {
            assert_eq!(masked(phone), shown, "{phone}");
        }
    }

    #[test]
    fn numbers_in_prose_are_masked_and_nothing_else_is() {
        for (text, shown) in [
            (
                "联系13812345678，产值1234万元，代码91330781MA20023B5C",
                "联系138****5678，产值1234万元，代码91330781MA20023B5C",
            ),
            ("+8613812345678 / 138-1234-5678", "+861******5678 / 138-****-5678"),
            ("138 1234 5678 2026年", "138 **** 5678 2026年"),
            ("１３８１２３４５６７８", "138****5678"),
            ("0579-88881234、057988881234、010 12345678", "057*-****1234、057*****1234、010 ****5678"),
            ("2026-11-28 13:00，12810000元，330781001001", "2026-11-28 13:00，12810000元，330781001001"),
            ("(0579)88881234，（0579）8888123", "(057*)****1234，（057*）***8123"),
            (
                "13330781123A56789B 0123456789abcdefa13812345678bcde-7",
                "13330781123A56789B 0123456789abcdefa13812345678bcde-7",
            ),
            ("电话A13812345678", "电话A138****5678"),
            ("33078119800101123X 330781198001011234", "33078119800101123X 330781198001011234"),
        ] {
            assert_eq!(masked_in(text), shown, "{text}");
        }
    }
}
