//! A store of sample data: the real tree, generated enterprises, those who hold posts, and work.
use std::{collections::HashMap, path::Path, sync::Arc};

use chrono::{Datelike, Days, NaiveDate};

use super::{Book, BookError, Clock};
use crate::grid::{
    calendar::Calendar,
    decide::{Actor, RosterLine, Setup, decide_roster, decide_setup},
    fact::{Body, Draft, PersonRecord, PostHolding},
    org::{Form, Node, NodeIx, Post},
    pack::Pack,
    sample::{Home, Sample, SampleUnit, day_of_work, generate},
    state::State,
};

/// The same demo for everybody.
const SEED: u64 = 330_781;

/// Makes a store in `dir` with the pack's tree, generated enterprises and people in post from the day `from` on.
pub fn found(dir: &Path, pack: Arc<Pack>, clock: Clock, units: usize, from: NaiveDate) -> Result<Book, BookError> {
    let drafts = decide_setup(&pack, Setup { from, sample: true });
    let mut book = Book::create(dir, pack.clone(), &drafts, clock)?;
    let sample = generate(SEED, units);
    let actor = Actor::owner(None, from);
    let lines = lines(&book.state, &sample);
    let roster = decide_roster(&book.state, &actor, &lines).map_err(BookError::Roster)?;
    let at = noon(from, pack.utc_offset);
    book.append(&roster.drafts, at)?;
    let posts = posts(&book.state, &sample, from);
    book.append(&posts, at)?;
    Ok(book)
}

/// Work from the store's first day up to the day before `today`, day by day; what was done on the last day of a month
/// is sometimes entered on the next. The grid `own` is left as its reader is to find it.
pub fn work(book: &mut Book, calendar: &Calendar, own: NodeIx, today: NaiveDate) -> Result<(), BookError> {
    let offset = book.state.pack().utc_offset;
    let mut day = book.state.opened().map_or(today, |opened| opened.from);
    let mut held: Vec<Draft> = Vec::new();
    while day < today {
        let mut drafts = std::mem::take(&mut held);
        let mut done = day_of_work(&book.state, calendar, own, today, day);
        let next = day.checked_add_days(Days::new(1)).unwrap_or(today);
        if next.day() == 1 {
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
    let line = |(i, unit): (usize, &SampleUnit)| RosterLine {
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

/// 网格长, 副网格长 and 指导员 of every grid, and those of the levels above.
fn posts(state: &State, sample: &Sample, from: NaiveDate) -> Vec<Draft> {
    let org = state.org();
    let mut out = Vec::new();
    let draft = |at: &str, person: &str, body: Body| Draft {
        occurred: from,
        by: None,
        at: Some(at.to_owned()),
        subject: Some(person.to_owned()),
        replaces: None,
        reason: None,
        effort: None,
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
            out.push(draft(at, &id, Body::Post(PostHolding { post, from, to: None, change: false, stand_in: false })));
        }
        let deputy = &sample.units[grid.deputy];
        let id = format!("{}#{}", deputy.code, deputy.contact);
        out.push(draft(
            at,
            &id,
            Body::Post(PostHolding { post: Post::Deputy, from, to: None, change: false, stand_in: false }),
        ));
    }
    let mut chiefs = sample.chiefs.iter().enumerate();
    for (_, node) in org.nodes().filter(|(_, node)| !node.is_grid()) {
        let posts: &[Post] = if node.level == 0 { &[Post::Member] } else { &[Post::Leader, Post::Deputy] };
        for (post, (n, chief)) in posts.iter().zip(&mut chiefs) {
            let id = format!("chief-{n}");
            let record = PersonRecord { name: chief.name.clone(), unit: None, phone: chief.phone.clone() };
            out.push(draft(&node.id, &id, Body::Person(record)));
            out.push(draft(
                &node.id,
                &id,
                Body::Post(PostHolding { post: *post, from, to: None, change: false, stand_in: false }),
            ));
        }
    }
    // The townships' statisticians guide their grids.
    let guides = |(ix, _): &(NodeIx, &Node)| {
        let grids = org.node(*ix).children.iter();
        grids.flat_map(|grid| guide_of(&out, &org.node(*grid).id)).next()
    };
    let members: Vec<Draft> = org
        .nodes()
        .filter(|(_, node)| node.level == 2)
        .filter_map(|town| {
            let held = PostHolding { post: Post::Member, from, to: None, change: false, stand_in: false };
            Some(draft(&town.1.id, &guides(&town)?, Body::Post(held)))
        })
        .collect();
    out.extend(members);
    out
}

/// Who guides a grid, by the drafts.
fn guide_of(drafts: &[Draft], grid: &str) -> Option<String> {
    let guides = |draft: &&Draft| {
        let is_guide = matches!(&draft.body, Body::Post(held) if held.post == Post::Guide);
        is_guide && draft.at.as_deref() == Some(grid)
    };
    drafts.iter().find(guides).and_then(|draft| draft.subject.clone())
}
