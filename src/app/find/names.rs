//! Everything in a store by name: units, people, nodes. Built piece by piece at first use, then kept up to date.
use super::{Aliases, Found, Index, Own, Pattern};
use crate::grid::{
    fact::{Body, Fact},
    org::{NodeIx, PersonIx, UnitIx},
    state::{State, Touched},
};

/// What can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A grid, or any other node.
    Node,
    /// A unit.
    Unit,
    /// A person.
    Person,
}

impl Kind {
    /// All of them, in the order in which equals are listed.
    pub const ALL: [Kind; 3] = [Kind::Node, Kind::Unit, Kind::Person];
}

/// The names of everything in a store. Rows are those of the organisation's tables.
#[derive(Debug, Default)]
pub struct Names {
    /// By kind.
    rows: [Index; 3],
    aliases: Aliases,
    wanted: bool,
}

/// What a pattern finds, by kind.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    pattern: Pattern,
    found: [Found; 3],
}

/// What names of enterprises begin with, besides the names of nodes.
const PROVINCES: &str = "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 \
                         海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门 中国";

impl Names {
    /// Begins anew with these short names.
    pub fn set_aliases(&mut self, aliases: Aliases) {
        *self = Names { aliases, wanted: self.wanted, rows: Default::default() };
    }

    /// The same short names, and nothing found yet.
    pub(in crate::app) fn emptied(&self) -> Names {
        Names { aliases: self.aliases.clone(), wanted: self.wanted, rows: Default::default() }
    }

    /// The short names.
    pub fn aliases(&self) -> &Aliases {
        &self.aliases
    }

    /// From now on the index is wanted, so that it is built while nothing else is to be done.
    pub fn want(&mut self) {
        self.wanted = true;
    }

    /// Whether it is wanted and something of the state is not in it yet.
    pub fn is_behind(&self, state: &State) -> bool {
        self.wanted && Kind::ALL.iter().any(|kind| self.of(*kind).len() < count(state, *kind))
    }

    /// How many rows are in it, and how many there are.
    pub fn progress(&self, state: &State) -> (usize, usize) {
        let sum = |count: &dyn Fn(Kind) -> usize| Kind::ALL.iter().map(|kind| count(*kind)).sum();
        (sum(&|kind| self.of(kind).len()), sum(&|kind| count(state, kind)))
    }

    /// How many bytes of memory it holds.
    pub fn memory(&self) -> usize {
        self.rows.iter().map(Index::memory).sum()
    }

    /// The index of a kind.
    pub fn of(&self, kind: Kind) -> &Index {
        &self.rows[kind as usize]
    }

    /// Takes in up to `rows` more rows of the state.
    pub fn grow(&mut self, state: &State, rows: usize) {
        if self.of(Kind::Node).is_empty() {
            self.begin(state);
        }
        let mut left = rows;
        for kind in Kind::ALL {
            let from = self.of(kind).len();
            let to = count(state, kind).min(from + left);
            for row in from..to {
                self.put(state, kind, row, Index::push);
            }
            left -= to.saturating_sub(from);
            if from < to && to == count(state, kind) {
                self.rows[kind as usize].shrink();
            }
        }
    }

    /// Learns the names of places.
    fn begin(&mut self, state: &State) {
        const ENDS: [&str; 8] = ["街道", "省", "市", "县", "区", "镇", "乡", "村"];
        let bare = |name: &'_ str| ENDS.iter().find_map(|end| name.strip_suffix(end)).map(str::to_owned);
        let above = state.org().nodes().filter(|(_, node)| !node.is_grid()).map(|(_, node)| node.name.as_str());
        let mut places: Vec<String> = Vec::new();
        for name in above.chain(PROVINCES.split_whitespace()) {
            places.extend(bare(name).filter(|name| name.chars().count() > 1));
            places.extend([name.to_owned(), format!("{name}省"), format!("{name}市")]);
        }
        let places: Vec<&str> = places.iter().map(String::as_str).collect();
        self.rows[Kind::Unit as usize] = Index::new(&places);
    }

    fn put(&mut self, state: &State, kind: Kind, row: usize, put: impl FnOnce(&mut Index, &str, &str)) {
        let org = state.org();
        let index = &mut self.rows[kind as usize];
        match kind {
            Kind::Node => {
                let node = org.node(NodeIx(row as u32));
                put(index, &self.aliases.with(&node.name, &[&node.id]), &node.id);
            }
            Kind::Unit => {
                let unit = org.unit_glimpse(UnitIx(row as u32));
                let code = &unit.record.code;
                let codes = if unit.id == *code { code.clone() } else { format!("{code} {}", unit.id) };
                put(index, &self.aliases.with(&unit.record.name, &[code, &unit.id]), &codes);
            }
            Kind::Person => {
                let person = org.person_glimpse(PersonIx(row as u32));
                put(index, &self.aliases.with(&person.record.name, &[&person.id]), &person.record.phone);
            }
        }
    }

    /// Follows what a fact changed among the rows that are in the index; new rows come with [`Names::grow`].
    pub fn follow(&mut self, state: &State, fact: &Fact, touched: &Touched) {
        if self.of(Kind::Node).is_empty() {
            return;
        }
        if touched.tree {
            (0..self.of(Kind::Node).len()).for_each(|row| self.again(state, Kind::Node, row));
        }
        touched.units.iter().for_each(|unit| self.again(state, Kind::Unit, unit.0 as usize));
        if let (Body::Person(_), Some(id)) = (&fact.draft.body, fact.draft.subject.as_deref())
            && let Some(person) = state.org().person_ix(id)
        {
            self.again(state, Kind::Person, person.0 as usize);
        }
    }

    fn again(&mut self, state: &State, kind: Kind, row: usize) {
        if row < self.of(kind).len() {
            self.put(state, kind, row, |index, names, codes| index.set(row, names, codes));
        }
    }

    /// What a pattern finds; if it narrows the pattern of a `former` answer, only that is looked through.
    pub fn find(&self, pattern: &Pattern, former: Option<&Answer>) -> Answer {
        let former = former.filter(|former| pattern.narrows(&former.pattern));
        let found = Kind::ALL.map(|kind| {
            let former = former.map(|former| &former.found[kind as usize]);
            self.of(kind).find(pattern, former)
        });
        Answer { pattern: pattern.clone(), found }
    }
}

impl Answer {
    /// What was found of a kind.
    pub fn of(&self, kind: Kind) -> &Found {
        &self.found[kind as usize]
    }

    /// The best of these kinds, at most `n`, with their classes, as [`Found::best`] orders them; equals by kind.
    pub fn best(&self, kinds: &[Kind], n: usize, own: &Own) -> Vec<(usize, Kind, u32)> {
        let mut all: Vec<(usize, Kind, u32)> = Vec::new();
        for kind in kinds {
            let best = self.of(*kind).best(n, |row| own.holds(*kind, row));
            all.extend(best.into_iter().map(|(class, row)| (class, *kind, row)));
        }
        all.sort_by_key(|(class, kind, _)| (*class, *kind));
        all.truncate(n);
        all
    }
}

fn count(state: &State, kind: Kind) -> usize {
    match kind {
        Kind::Node => state.org().nodes().len(),
        Kind::Unit => state.org().units().len(),
        Kind::Person => state.org().people().len(),
    }
}
