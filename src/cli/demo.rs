//! `wangge demo`: the desk on a throw-away store with Lanxi's real tree and generated enterprises.
use std::{collections::HashMap, fs, path::PathBuf, sync::Arc};

use chrono::{Datelike, Days, Months, NaiveDate};

use super::{Failure, Place, args, desk};
use crate::{
    grid::{
        calendar::Calendar,
        decide::{Actor, RosterLine, Setup, decide_roster, decide_setup},
        fact::{Body, Draft, PersonRecord, PostHolding},
        org::{Form, NodeIx, Post},
        sample::{Home, Sample, day_of_work, generate},
        state::State,
    },
    run::{Book, BookError},
};

/// The same demo for everybody.
const SEED: u64 = 330_781;

/// A folder that is gone with the demo.
struct Throwaway(PathBuf);

impl Drop for Throwaway {
    fn drop(&mut self) {
        // What can't be removed stays in the folder for temporary files.
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub(super) fn run(place: &Place, args: &args::Demo) -> Result<(), Failure> {
    desk::need_terminal()?;
    let folder = std::env::temp_dir().join(format!("wangge-demo-{}", std::process::id()));
    let dir = Throwaway(folder.clone());
    let (book, person) = make(place, &folder, args.units as usize)?;
    let opened = desk::open(place, book, &folder, person);
    drop(dir);
    opened
}

/// Makes the store: the tree, the enterprises, those who hold posts, three months of work.
fn make(place: &Place, dir: &std::path::Path, units: usize) -> Result<(Book, Option<String>), Failure> {
    let pack = place.files.pack("lanxi").ok_or_else(|| BookError::NoPack("lanxi".to_owned()))?;
    let pack = Arc::new(pack.map_err(BookError::from)?);
    let today = place.clock.today(pack.utc_offset);
    let from = today.with_day(1).and_then(|first| first.checked_sub_months(Months::new(2))).unwrap_or(today);
    let drafts = decide_setup(&pack, Setup { from, sample: true });
    let mut book = Book::create(dir, pack.clone(), &drafts, place.clock)?;
    let sample = generate(SEED, units);
    let actor = Actor { person: None, today: from };
    let lines = lines(&book.state, &sample);
    let roster = decide_roster(&book.state, &actor, &lines)
        .map_err(|errors| Failure::said(errors.first().map_or_else(String::new, ToString::to_string)))?;
    let at = noon(from, pack.utc_offset);
    book.append(&roster.drafts, at)?;
    let own = grid_of_reader(&book.state);
    let posts = posts(&book.state, &sample, from);
    book.append(&posts, at)?;
    let calendar = place.files.calendar().unwrap_or_default();
    work(&mut book, &calendar, own, today)?;
    let leader = book.state.org().node(own).holders_on(Post::Leader, today).next();
    let person = leader.map(|ix| book.state.org().person(ix).id.clone());
    Ok((book, person))
}

/// Three months of work up to yesterday, day by day; what was done on the last day of a month is sometimes entered
/// on the next.
fn work(book: &mut Book, calendar: &Calendar, own: NodeIx, today: NaiveDate) -> Result<(), Failure> {
    let offset = book.state.pack().utc_offset;
    let mut day = book.state.opened().map_or(today, |opened| opened.from);
    let mut held: Vec<Draft> = Vec::new();
    while day < today {
        let mut drafts = std::mem::take(&mut held);
        let mut done = day_of_work(&book.state, calendar, own, today, day);
        let next = day.checked_add_days(Days::new(1)).unwrap_or(today);
        if next.format("%d").to_string() == "01" {
            held = done.split_off(done.len() - done.len() / 3);
        }
        drafts.extend(done);
        if !drafts.is_empty() {
            book.append(&drafts, noon(day, offset))?;
        }
        day = next;
    }
    if !held.is_empty() {
        book.append(&held, noon(today, offset))?;
    }
    Ok(())
}

/// Noon of a local day in UTC milliseconds.
fn noon(day: NaiveDate, offset: i32) -> i64 {
    let noon = day.and_hms_opt(12, 0, 0).map_or(0, |time| time.and_utc().timestamp_millis());
    noon - i64::from(offset) * 1000
}

/// The name of the grid that each unit belongs to: its township's, or the flat grid of its sector.
fn lines(state: &State, sample: &Sample) -> Vec<RosterLine> {
    let mut grid_of: HashMap<usize, String> = HashMap::new();
    for grid in &sample.grids {
        let name = match &grid.home {
            Home::Township(_) => grid.name.clone(),
            Home::Flat(sector) => {
                let flat = state.org().nodes().find(|(_, n)| n.form == Form::Flat && n.sector == Some(*sector));
                flat.map_or_else(|| grid.name.clone(), |(_, node)| node.name.clone())
            }
        };
        grid_of.extend(grid.members.iter().map(|member| (*member, name.clone())));
    }
    let line = |(i, unit): (usize, &crate::grid::sample::SampleUnit)| RosterLine {
        place: String::new(),
        code: unit.code.clone(),
        name: unit.name.clone(),
        industry: unit.industry.to_owned(),
        division: unit.division.clone(),
        form: unit.form.to_owned(),
        contact: unit.contact.clone(),
        phone: unit.phone.clone(),
        grid: grid_of.get(&i).cloned(),
        sector: Some(unit.sector),
    };
    sample.units.iter().enumerate().map(line).collect()
}

/// 网格长, 副网格长 and 指导员 of every grid.
fn posts(state: &State, sample: &Sample, from: NaiveDate) -> Vec<Draft> {
    let org = state.org();
    let mut out = Vec::new();
    let draft = |at: &str, person: &str, body: Body| Draft {
        occurred: from,
        by: None,
        at: Some(at.to_owned()),
        subject: Some(person.to_owned()),
        replaces: None,
        body,
    };
    for grid in &sample.grids {
        let first = grid.members.first().and_then(|i| org.unit_ix(&sample.units[*i].code));
        let Some(node) = first.and_then(|unit| org.grid_of(unit, from)) else { continue };
        let at = org.node(node).id.as_str();
        for (post, officer) in [(Post::Leader, grid.leader), (Post::Guide, grid.guide)] {
            let officer_row = &sample.officers[officer];
            let id = format!("officer-{officer}");
            let record = PersonRecord { name: officer_row.name.clone(), unit: None, phone: officer_row.phone.clone() };
            out.push(draft(at, &id, Body::Person(record)));
            out.push(draft(at, &id, Body::Post(PostHolding { post, from, to: None })));
        }
        let deputy = &sample.units[grid.deputy];
        let id = format!("{}#{}", deputy.code, deputy.contact);
        out.push(draft(at, &id, Body::Post(PostHolding { post: Post::Deputy, from, to: None })));
    }
    out
}

/// The grid whose 网格长 the reader is: the second industrial one of 兰江街道, or any grid with enterprises.
fn grid_of_reader(state: &State) -> NodeIx {
    let org = state.org();
    let enterprises =
        |ix: &NodeIx| org.node(*ix).members.iter().any(|member| !org.unit(member.unit).record.industry.is_empty());
    let grids: Vec<NodeIx> =
        org.nodes().map(|(ix, _)| ix).filter(|ix| org.node(*ix).is_grid() && enterprises(ix)).collect();
    let in_lanjiang = |ix: &&NodeIx| org.path_up(**ix).any(|up| org.node(up).id == "330781001");
    let industrial = grids.iter().filter(in_lanjiang).filter(|ix| org.node(**ix).name.starts_with("工业"));
    let own = industrial.clone().nth(1).or(industrial.clone().next()).or(grids.first());
    own.copied().or(org.roots().first().copied()).unwrap_or(NodeIx(0))
}
