//! Whose report it is, of which period, seen on which day and by whom.
use chrono::NaiveDate;

use crate::{
    grid::{
        calendar::Period,
        decide::{
            Actor,
            rights::{Right, has},
        },
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
        let phones = has(state, actor, root, Right::Administer).is_ok();
        Scope { state, root, nodes, period, today: actor.today, phones, inside }
    }

    /// The same in another period.
    pub fn in_period(&self, period: Period) -> Scope<'a> {
        Scope { period, ..self.clone() }
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

    /// A phone number as this reader may see it.
    pub fn phone(&self, phone: &str) -> String {
        if self.phones { phone.to_owned() } else { masked(phone) }
    }

    /// Text that somebody wrote, with the phone numbers in it as this reader may see them.
    pub fn prose(&self, text: &str) -> String {
        if self.phones { text.to_owned() } else { masked_in(text) }
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

/// Text in which every run of digits that is a mobile number is masked.
fn masked_in(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut digits = String::new();
    for c in text.chars().map(Some).chain([None]) {
        if let Some(digit) = c.filter(char::is_ascii_digit) {
            digits.push(digit);
            continue;
        }
        let is_mobile = digits.len() == 11 && digits.starts_with('1');
        out.push_str(&if is_mobile { masked(&digits) } else { std::mem::take(&mut digits) });
        digits.clear();
        out.extend(c);
    }
    out
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
        let text = "联系13812345678，产值1234万元，代码91330781MA20023B5C";
        assert_eq!(masked_in(text), "联系138****5678，产值1234万元，代码91330781MA20023B5C");
    }
}
