//! A roster against the store: what is new, what is a correction, which grid fits.
//!
//! Importing the same roster again changes nothing. A changed row becomes a correction. A row that names no grid goes
//! to the one grid that fits its division and sector; where none or several fit, the unit is created without a grid
//! and flagged at every level above until someone places it.
use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::{
    Actor,
    placement::{self, first_day},
    posts,
};
use crate::grid::{
    fact::{Body, Draft, NodeRecord, PersonRecord, UnitRecord},
    org::{Form, Node, NodeIx, Org, Sector, UnitIx},
    state::State,
};
use crate::words::t;

/// One enterprise of a roster, already checked by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RosterLine {
    /// Where it stands in the file, for messages.
    pub place: String,
    /// 统一社会信用代码.
    pub code: String,
    /// 单位详细名称.
    pub name: String,
    /// 行业代码.
    pub industry: String,
    /// 行政区划代码.
    pub division: String,
    /// 报表类别.
    pub form: String,
    /// 统计负责人.
    pub contact: String,
    /// 联系电话.
    pub phone: String,
    /// The grid's name, where the row names one.
    pub grid: Option<String>,
    /// What it is surveyed as.
    pub sector: Option<Sector>,
}

/// A row that does not fit the store.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", t!("word.at", place = place, what = what))]
pub struct RosterError {
    /// Where it stands in the file.
    pub place: String,
    /// What is wrong, and what would be right.
    pub what: String,
}

/// What importing a roster would do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RosterDecision {
    /// The facts to write, all or none.
    pub drafts: Vec<Draft>,
    /// Units that are new.
    pub created: usize,
    /// Units of which something changed.
    pub corrected: usize,
    /// Units of which nothing changed.
    pub unchanged: usize,
    /// Names of the grids that are set up, with their township.
    pub new_grids: Vec<String>,
    /// New units that fit no grid or several.
    pub unplaced: usize,
}

/// Compares a roster with the store.
pub fn decide_roster(state: &State, actor: &Actor, lines: &[RosterLine]) -> Result<RosterDecision, Vec<RosterError>> {
    let mut import = Import {
        state,
        actor,
        by_code: state.org().units().map(|(ix, unit)| (unit.record.code.as_str(), ix)).collect(),
        grids: BTreeMap::new(),
        fresh: Vec::new(),
        out: RosterDecision::default(),
    };
    let errors: Vec<RosterError> = lines.iter().filter_map(|line| import.check(line).err()).collect();
    if !errors.is_empty() {
        return Err(errors);
    }
    import.set_up_grids(lines);
    lines.iter().for_each(|line| import.line(line));
    Ok(import.out)
}

/// A grid's id, and the first day of membership of those who come in now.
type Entry = (String, NaiveDate);

struct Import<'a> {
    state: &'a State,
    actor: &'a Actor,
    by_code: HashMap<&'a str, UnitIx>,
    /// The grids that rows name, by (township, name).
    grids: BTreeMap<(String, String), Entry>,
    /// The grids that are set up now, by township and sector.
    fresh: Vec<(String, Sector, Entry)>,
    out: RosterDecision,
}

impl Import<'_> {
    fn check(&self, line: &RosterLine) -> Result<(), RosterError> {
        let wrong = |what: String| Err(RosterError { place: line.place.clone(), what });
        let org = self.state.org();
        let Some(area) = area(org, &line.division) else {
            return wrong(t!("refused.roster.no_township", code = line.division).into_owned());
        };
        let area = org.node(area);
        if let Some(name) = line.grid.as_ref().filter(|_| area.is_grid())
            && find_grid(org, &area.id, name).is_none()
        {
            return wrong(t!("refused.roster.no_grid_below", area = area.name, name = name).into_owned());
        }
        if let Some(ix) = self.by_code.get(line.code.as_str())
            && org.unit(*ix).record.industry.is_empty()
            && !line.industry.is_empty()
        {
            return wrong(
                t!("refused.roster.village", code = line.code, name = org.unit(*ix).record.name).into_owned(),
            );
        }
        Ok(())
    }

    /// Finds the grids that rows name, and sets up those that are not there yet.
    fn set_up_grids(&mut self, lines: &[RosterLine]) {
        let mut named: BTreeMap<(String, String), Vec<Sector>> = BTreeMap::new();
        for line in lines {
            if let (Some(grid), Some(area)) = (&line.grid, area(self.state.org(), &line.division)) {
                let town = self.state.org().node(area).id.clone();
                named.entry((town, grid.clone())).or_default().extend(line.sector);
            }
        }
        for ((town, name), sectors) in named {
            let entry = match find_grid(self.state.org(), &town, &name) {
                Some(ix) => {
                    let node = self.state.org().node(ix);
                    (node.id.clone(), first_day(self.state, self.actor, Some(ix)).max(node.from))
                }
                None => self.set_up_grid(&town, &name, &sectors),
            };
            self.grids.insert((town, name), entry);
        }
    }

    fn set_up_grid(&mut self, town: &str, name: &str, sectors: &[Sector]) -> Entry {
        let org = self.state.org();
        let taken = |id: &str| org.node_ix(id).is_some() || self.fresh.iter().any(|(_, _, (fresh, _))| fresh == id);
        let mut n = 1;
        let id = loop {
            let id = format!("{town}-G{n:02}");
            if !taken(&id) {
                break id;
            }
            n += 1;
        };
        let from = first_day(self.state, self.actor, None);
        let one = sectors.first().filter(|first| sectors.iter().all(|s| s == *first));
        let sector = one.copied().unwrap_or(Sector::Mixed);
        let record = NodeRecord {
            name: name.to_owned(),
            parent: Some(town.to_owned()),
            level: 3,
            form: Form::Vertical,
            sector: Some(sector),
            from,
            to: None,
            into: None,
        };
        let town_name = org.node_ix(town).map_or(town, |ix| org.node(ix).name.as_str());
        self.out.new_grids.push(format!("{town_name} {name}"));
        self.draft(Some(id.clone()), Some(id.clone()), Body::Node(record));
        self.fresh.push((town.to_owned(), sector, (id.clone(), from)));
        (id, from)
    }

    fn line(&mut self, line: &RosterLine) {
        let known = self.by_code.get(line.code.as_str()).copied();
        let before = self.out.drafts.len();
        let id = known.map_or_else(|| line.code.clone(), |ix| self.state.org().unit(ix).id.clone());
        let grid = self.grid_for(line, known);
        let current = known.and_then(|ix| self.state.org().grid_of(ix, self.actor.today));
        let at = grid.as_ref().map(|(id, _)| id.clone()).or(current.map(|ix| self.state.org().node(ix).id.clone()));
        let record = record_of(line);
        if known.is_none_or(|ix| self.state.org().unit(ix).record != record) {
            self.draft(at.clone(), Some(id.clone()), Body::Unit(record));
        }
        match &grid {
            Some((grid, from)) => self.out.drafts.push(placement::draft(self.actor, &id, grid, *from)),
            None if known.is_none() => self.out.unplaced += 1,
            None => {}
        }
        let since = grid.map_or(self.actor.today, |(_, from)| from);
        self.contact(line, &id, known, at, since);
        match known {
            None => self.out.created += 1,
            Some(_) if self.out.drafts.len() > before => self.out.corrected += 1,
            Some(_) => self.out.unchanged += 1,
        }
    }

    /// The grid that the unit has to be put into, if any, and from which day on.
    fn grid_for(&self, line: &RosterLine, known: Option<UnitIx>) -> Option<Entry> {
        let org = self.state.org();
        let town = org.node(area(org, &line.division)?);
        if let Some(name) = &line.grid {
            let (id, from) = self.grids.get(&(town.id.clone(), name.clone()))?.clone();
            let current = known.and_then(|ix| org.grid_of(ix, self.actor.today));
            let moves = current.is_some();
            let there = current.is_some_and(|ix| org.node(ix).id == id || org.node(org.successor(ix)).id == id);
            return (!there).then_some((id, if moves { self.actor.today.max(from) } else { from }));
        }
        if known.is_some_and(|ix| org.grid_of(ix, self.actor.today).is_some()) {
            return None;
        }
        if town.is_grid() {
            let ix = org.node_ix(&town.id);
            return Some((town.id.clone(), first_day(self.state, self.actor, ix)));
        }
        self.fitting_grid(town, line.sector?)
    }

    /// The one grid that fits: of the same sector in the township, or the flat grid of that sector, or else the
    /// township's one grid across industries. Grids that this roster sets up count, so that the same roster again
    /// finds nothing to do.
    fn fitting_grid(&self, town: &Node, sector: Sector) -> Option<Entry> {
        let org = self.state.org();
        let exists = |ix: NodeIx| org.node(ix).exists_on(self.actor.today) && org.node(ix).to.is_none();
        let open = |ix: NodeIx| org.node(ix).is_grid() && exists(ix);
        let entry = |ix: NodeIx| (org.node(ix).id.clone(), first_day(self.state, self.actor, Some(ix)));
        let only = |mut fits: Vec<Entry>| if fits.len() == 1 { fits.pop() } else { None };
        let of = |wanted: Sector| -> Vec<Entry> {
            let here = town.children.iter().copied().filter(|ix| open(*ix) && org.node(*ix).sector == Some(wanted));
            let fresh = self.fresh.iter().filter(|(at, sector, _)| *at == town.id && *sector == wanted);
            here.map(entry).chain(fresh.map(|(_, _, entry)| entry.clone())).collect()
        };
        let own = of(sector);
        if !own.is_empty() {
            return only(own);
        }
        let is_flat = |node: &Node| node.form == Form::Flat && node.sector == Some(sector);
        let flat: Vec<Entry> =
            org.nodes().filter(|(ix, node)| is_flat(node) && open(*ix)).map(|(ix, _)| entry(ix)).collect();
        if flat.is_empty() { only(of(Sector::Mixed)) } else { only(flat) }
    }

    /// The unit's 统计负责人 is a 网格员 of its grid; another name ends the one and begins the other.
    fn contact(&mut self, line: &RosterLine, unit: &str, known: Option<UnitIx>, at: Option<String>, since: NaiveDate) {
        let org = self.state.org();
        let today = self.actor.today;
        let person = posts::person_id(unit, &line.contact);
        let mut is_held = false;
        for (node, holding) in known.map(|ix| posts::held(org, ix, today)).unwrap_or_default() {
            if org.person(holding.person).id == person && at.as_deref() == Some(&org.node(node).id) {
                is_held = true;
            } else {
                // The same person in another grid is a move; another person is a change of staff.
                let change = org.person(holding.person).id != person;
                self.out.drafts.push(posts::ended(org, self.actor, (node, holding), today, change));
            }
        }
        if line.contact.is_empty() {
            return;
        }
        let record =
            PersonRecord { name: line.contact.clone(), unit: Some(unit.to_owned()), phone: line.phone.clone() };
        if org.person_ix(&person).is_none_or(|ix| org.person(ix).record != record) {
            self.draft(at.clone(), Some(person.clone()), Body::Person(record));
        }
        if let (false, Some(grid)) = (is_held, at) {
            self.out.drafts.push(posts::begun(self.actor, grid, person, since));
        }
    }

    fn draft(&mut self, at: Option<String>, subject: Option<String>, body: Body) {
        let by = self.actor.person.clone();
        self.out.drafts.push(Draft {
            occurred: self.actor.today,
            by,
            at,
            subject,
            replaces: None,
            reason: None,
            effort: None,
            body,
        });
    }
}

fn record_of(line: &RosterLine) -> UnitRecord {
    UnitRecord {
        code: line.code.clone(),
        name: line.name.clone(),
        industry: line.industry.clone(),
        division: line.division.clone(),
        sector: line.sector,
        form: line.form.clone(),
        contact: line.contact.clone(),
        phone: line.phone.clone(),
    }
}

fn area(org: &Org, division: &str) -> Option<NodeIx> {
    // A township; in packs of two levels, a grid with a division code.
    org.node_ix(division.get(..9)?).filter(|ix| org.node(*ix).level == 2 || org.node(*ix).is_grid())
}

/// The grid of this name in the township, or the township itself where it is that grid, or the flat grid of this name; of
/// a closed one whoever carries it on.
fn find_grid(org: &Org, town: &str, name: &str) -> Option<NodeIx> {
    let town = org.node_ix(town)?;
    let here = org.node(town).children.iter().copied();
    let itself = std::iter::once(town).filter(|ix| org.node(*ix).is_grid());
    let flat = org.nodes().filter(|(_, node)| node.form == Form::Flat).map(|(ix, _)| ix);
    let named: Vec<NodeIx> = itself.chain(here).chain(flat).filter(|ix| org.node(*ix).name == name).collect();
    let open = |ix: &NodeIx| org.node(*ix).is_grid() && org.node(*ix).to.is_none();
    let carried_on = || named.iter().map(|ix| org.successor(*ix)).find(open);
    named.iter().copied().find(|ix| org.node(*ix).to.is_none()).or_else(carried_on)
}
