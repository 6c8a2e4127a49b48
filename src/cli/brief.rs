//! `wangge due --brief`: at most three lines for a login script, which never fails and never keeps anybody waiting.
use std::{borrow::Cow, io::Write, sync::mpsc, thread, time::Duration};

use chrono::NaiveDate;

use super::{Place, args, find};
use crate::{
    grid::{
        calendar::{Cadence, Period},
        glance::{Breach, Glance, Warning, warnings},
        org::{NodeIx, Post},
        standing::{DutyState, Standing, standings_at},
        state::State,
    },
    log::disk::OpenError,
    run::{Book, BookError},
    ui::text,
    words::t,
};

/// After this long the login goes on without us.
const LIMIT: Duration = Duration::from_millis(300);
/// A line fits into 80 columns.
const COLS: usize = 79;
/// So many lines at most.
const LINES: usize = 3;
/// So many duties are named in a line.
const NAMED: usize = 3;

/// Prints the lines, or nothing: no store, a store of somebody else, no time, no reader of the output.
pub(super) fn run(global: args::Global, out: &mut dyn Write) {
    // Whatever goes wrong in there must not be seen in the middle of a login.
    std::panic::set_hook(Box::new(|_| {}));
    let (send, receive) = mpsc::channel();
    let looking = thread::Builder::new().spawn(move || drop(send.send(lines(global))));
    let found = looking.ok().and_then(|_| receive.recv_timeout(LIMIT).ok());
    for line in found.unwrap_or_default() {
        // The reader may have gone.
        let _ = writeln!(out, "{}", text::truncate(&line, COLS));
    }
}

fn lines(global: args::Global) -> Vec<String> {
    let Ok(place) = Place::new(global) else { return Vec::new() };
    // The owner may be replacing what is being read: the second try finds it in its place.
    let state = Book::glimpse(&place.store, &place.files).or_else(|_| Book::glimpse(&place.store, &place.files));
    match state {
        Ok(state) => Brief::new(state, &place).lines(),
        Err(BookError::Store(OpenError::Missing { .. } | OpenError::Io { .. })) => Vec::new(),
        Err(_) => vec![t!("brief.unreadable").into_owned()],
    }
}

/// The thresholds that are breached at these nodes and below, each once.
fn warned(state: &State, nodes: Vec<NodeIx>, today: NaiveDate) -> Vec<Warning> {
    if nodes.is_empty() {
        return Vec::new();
    }
    let glance = Glance::new(state, today);
    let is_below = |node: &&NodeIx| !nodes.iter().any(|other| other != *node && state.org().is_within(**node, *other));
    let tops: std::collections::BTreeSet<NodeIx> = nodes.iter().filter(is_below).copied().collect();
    tops.into_iter().flat_map(|node| warnings(state, &glance, node)).collect()
}

/// What the lines are about.
struct Brief {
    state: State,
    today: NaiveDate,
    /// The acting person's unsettled duties, or everybody's; the most urgent first.
    rows: Vec<Standing>,
    /// Whether they are one person's.
    own: bool,
    /// The thresholds that are breached where the person leads and below, or anywhere; each once.
    warned: Vec<Warning>,
}

impl Brief {
    fn new(state: State, place: &Place) -> Brief {
        let today = place.clock.today(state.pack().utc_offset);
        let named = place.args.person.as_ref().or(place.config.person.as_ref());
        let person = named.and_then(|name| find::person(&state, name).ok()).and_then(|id| state.org().person_ix(&id));
        let mut posts: Vec<(NodeIx, Option<Post>)> = Vec::new();
        for (node, row) in state.org().nodes() {
            let held = row.holdings.iter().filter(|held| Some(held.person) == person && held.holds_on(today));
            // A 指导员 looks after all of a node's duties.
            posts.extend(held.map(|held| (node, Some(held.post).filter(|post| *post != Post::Guide))));
        }
        let own = !posts.is_empty();
        // A unit's statistician answers for their own unit, not for what the grid breaches.
        let leads = |(node, post): &(NodeIx, Option<Post>)| {
            (!state.org().node(*node).is_grid() || *post != Some(Post::Member)).then_some(*node)
        };
        let seats = if own { posts.iter().filter_map(leads).collect() } else { state.org().roots().to_vec() };
        let warned = warned(&state, seats, today);
        if !own {
            posts.extend(state.org().nodes().map(|(node, _)| (node, None)));
        }
        let mut rows: Vec<Standing> = Vec::new();
        for (node, post) in posts {
            let answers = |row: &Standing| {
                let of = state.pack().duties[row.duty].post_at(state.org().node(node));
                post.is_none_or(|post| of == Some(post))
            };
            let all = standings_at(&state, node, today).into_iter();
            rows.extend(all.filter(|row| !row.state.is_settled() && answers(row)));
        }
        rows.sort_by_key(|row| (row.state != DutyState::Overdue, row.due_on, row.duty));
        Brief { state, today, rows, own, warned }
    }

    fn lines(&self) -> Vec<String> {
        let month_ends = Period::containing(Cadence::Month, self.today).last();
        let (overdue, rest): (Vec<&Standing>, Vec<&Standing>) =
            self.rows.iter().partition(|row| row.state == DutyState::Overdue);
        let (month, next): (Vec<&Standing>, Vec<&Standing>) =
            rest.into_iter().partition(|row| row.due_on <= month_ends);
        let mut out = Vec::new();
        if !overdue.is_empty() {
            out.push(self.line(&overdue, |what| t!("brief.overdue", n = overdue.len(), what = what)));
        }
        if !month.is_empty() {
            out.push(self.line(&month, |what| t!("brief.month", n = month.len(), what = what)));
        }
        if out.is_empty() {
            out.push(t!("brief.nothing").into_owned());
        }
        if !self.warned.is_empty() {
            let counts = Breach::counts(&self.warned);
            out.push(t!("brief.warned", what = counts.join(&t!("brief.between"))).into_owned());
        }
        if !next.is_empty() {
            out.push(self.line(&next, |what| t!("brief.next", what = what)));
        }
        // What warns is told before what comes next.
        out.truncate(LINES);
        out
    }

    /// A line that names the first few of one person's duties with what is missing, or of everybody's the places with
    /// the most; as many as fit whole.
    fn line(&self, rows: &[&Standing], said: impl Fn(String) -> Cow<'static, str>) -> String {
        let words = if self.own { self.duties(rows) } else { self.places(rows) };
        let naming = |n: usize| {
            let more = if words.len() > n { t!("brief.more") } else { "".into() };
            said(format!("{}{more}", words[..n].join(&t!("brief.between")))).into_owned()
        };
        let lines: Vec<String> = (1..=words.len().min(NAMED)).map(naming).collect();
        let fits = lines.iter().rev().find(|line| text::width(line) <= COLS);
        // One that does not fit alone is cut.
        fits.or(lines.first()).cloned().unwrap_or_default()
    }

    fn duties(&self, rows: &[&Standing]) -> Vec<String> {
        let several = rows.iter().any(|row| row.node != rows[0].node);
        let one = |row: &&Standing| {
            let name = &self.state.pack().duties[row.duty].name;
            let node = if several { format!("{} ", self.state.org().node(row.node).name) } else { String::new() };
            let day = row.due_on.format("%m-%d");
            format!("{node}{name} {}/{} {day}", row.have, row.need)
        };
        rows.iter().take(NAMED + 1).map(one).collect()
    }

    /// The nodes below the root that hold these, the one with the most first.
    fn places(&self, rows: &[&Standing]) -> Vec<String> {
        let org = self.state.org();
        let mut counts: std::collections::BTreeMap<NodeIx, usize> = std::collections::BTreeMap::new();
        for row in rows {
            // The township, or what stands in its place.
            let path: Vec<NodeIx> = org.path_up(row.node).collect();
            let at = path.iter().rev().nth(1).or(path.first()).copied().unwrap_or(row.node);
            *counts.entry(at).or_default() += 1;
        }
        let mut counts: Vec<(NodeIx, usize)> = counts.into_iter().collect();
        counts.sort_by_key(|(node, n)| (std::cmp::Reverse(*n), *node));
        counts.into_iter().map(|(node, n)| format!("{} {n}", org.node(node).name)).collect()
    }
}
