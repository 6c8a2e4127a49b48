//! What the levels above the grids do, and what is kept beside the visits: meetings, hearings, reports, returns, tasks and
//! their answers, staff, funds and checklists. Nearly all of it is on time; here and there something is missing.
use chrono::{Datelike, NaiveDate};

use super::{
    fill::{About, fill},
    random::Random,
};
use crate::grid::{
    calendar::{Cadence, Calendar, Period},
    decide::{Actor, Intent, decide},
    fact::{Draft, Value},
    org::{NodeIx, Post, UnitIx},
    pack::{Duty, Recorded},
    record::{self, FORMS, Form},
    state::{Matter, MatterKind, State},
};
use crate::words::Language;

/// What is done on `day` besides the grids' own visits and sessions; the same state and day give the same work.
pub(super) fn upkeep(state: &State, calendar: &Calendar, day: NaiveDate, out: &mut Vec<Draft>) {
    let first = state.opened().map_or(day, |opened| opened.from);
    let first = if calendar.is_workday(first) { first } else { calendar.add_workdays(first, 1) };
    let mut keeper = Keeper { state, day, out };
    for (node, row) in state.org().nodes().filter(|(_, row)| row.exists_on(day)) {
        if row.is_grid() && row.member_count_on(day) == 0 {
            continue;
        }
        if day == first {
            keeper.settle_in(node);
        }
        keeper.duties(node);
        keeper.answers(node);
        if row.is_grid() {
            keeper.returns(node);
            keeper.questions(node);
        }
    }
    keeper.tasks(calendar);
}

struct Keeper<'a> {
    state: &'a State,
    day: NaiveDate,
    out: &'a mut Vec<Draft>,
}

/// A number that is the same for the same things.
fn dice(a: u64, b: u64, sides: usize) -> usize {
    Random::new(a.wrapping_mul(0x9e37_79b9).wrapping_add(b.wrapping_mul(0x85eb_ca6b))).below(sides)
}

impl Keeper<'_> {
    fn run(&mut self, by: Option<String>, intent: &Intent) {
        // What the rules refuse was done already.
        if let Ok(decision) = decide(self.state, &Actor::owner(by, self.day), intent) {
            self.out.extend(decision.drafts);
        }
    }

    fn holder(&self, node: NodeIx, post: Post) -> Option<String> {
        let org = self.state.org();
        org.node(node).holders_on(post, self.day).next().map(|ix| org.person(ix).id.clone())
    }

    /// A record of a form with its own examples, by the holder of a post.
    fn record(&mut self, form: &Form, post: Post, about: About<'_>) {
        let by = self.holder(about.at, post).or_else(|| self.holder(about.at, Post::Leader));
        let named = by.clone();
        let filled = fill(self.state, form, About { person: about.person.or(named.as_deref()), ..about });
        self.run(by, &Intent::Record(Box::new(filled)));
    }

    fn about(&self, at: NodeIx, cadence: Cadence) -> About<'static> {
        let period = Period::containing(cadence, self.day);
        About { at, unit: None, of: None, kind: None, day: self.day, period, person: None }
    }

    /// Staff, budget and checklists as they are when the store begins.
    fn settle_in(&mut self, node: NodeIx) {
        let row = self.state.org().node(node);
        let year = self.about(node, Cadence::Year);
        // One township in seventeen is one statistician short; the form's own example is one of each.
        if let Some((_, form)) = record::form("staffing").filter(|_| row.level == 2) {
            let mut filled = fill(self.state, form, year);
            let all = if dice(node.0.into(), 1, 17) == 0 { 2 } else { 3 };
            filled.values.insert("all".to_owned(), Value::Number(all));
            self.run(self.holder(node, Post::Deputy), &Intent::Record(Box::new(filled)));
        }
        if let Some((_, form)) = record::form("budget").filter(|_| dice(node.0.into(), 2, 25) != 0) {
            self.record(form, Post::Deputy, year);
        }
        let lists = self.state.pack().clone();
        for list in &lists.checklists {
            let id = if list.per_unit { "unit-checklist" } else { "checklist" };
            let Some((_, form)) = record::form(id) else { continue };
            let units: Vec<Option<UnitIx>> = match list.per_unit {
                true if row.is_grid() => self.state.org().members_on(node, self.day).map(Some).collect(),
                false if !row.is_grid() => vec![None],
                _ => Vec::new(),
            };
            for unit in units.into_iter().filter(|unit| dice(node.0.into(), unit.map_or(9, |u| u.0.into()), 40) != 0) {
                self.record(form, Post::Member, About { unit, kind: Some(&list.id), ..year });
            }
        }
    }

    /// Each duty of the node on a day of its own in every period, where a record of a form or the duty's own closes it.
    fn duties(&mut self, node: NodeIx) {
        let pack = self.state.pack().clone();
        let row = self.state.org().node(node);
        for (own, duty) in pack.duties.iter().enumerate() {
            let Some(post) = duty.post_at(row).filter(|_| !row.is_grid() && !duty.kind.per_unit()) else { continue };
            let period = duty.period_of(self.day);
            if duty.evidence.is_empty() || !period.contains(self.day) {
                continue;
            }
            if duty.kind.name() == "each" {
                let grids = row.children.iter().filter(|ix| self.state.org().node(**ix).is_grid());
                for grid in grids {
                    let is_due = self.is_its_day(own, *grid, period, 150);
                    if is_due && self.state.tally(own, *grid, period).have == 0 {
                        self.close(duty, *grid, (node, post), period);
                    }
                }
            } else if self.is_its_day(own, node, period, 25) && self.state.tally(own, node, period).have == 0 {
                self.close(duty, node, (node, post), period);
            }
        }
    }

    /// Whether the node's own day of a period has come: in the first half of a month, and anywhere up to the last days
    /// of a longer one. One in `odds` never comes.
    fn is_its_day(&self, own: usize, node: NodeIx, period: Period, odds: usize) -> bool {
        let seed = own as u64 * 131 + u64::from(node.0);
        let first = period.first().max(self.state.duties_from(node));
        let length = (period.last() - first).num_days().max(0) as usize;
        let (least, most) = if length < 40 { (length / 8, length * 2 / 3) } else { (length / 4, length * 3 / 4) };
        let own_day = least + dice(seed, period.ordinal() as u64, most - least);
        let passed = (self.day - first).num_days().max(0) as usize;
        dice(seed, period.ordinal() as u64 + 7, odds) != 0 && (own_day..own_day + 4).contains(&passed)
    }

    /// Records what closes a duty at `at`, by who holds the post at the node that owes it.
    fn close(&mut self, duty: &Duty, at: NodeIx, (owner, post): (NodeIx, Post), period: Period) {
        let by = self.holder(owner, post);
        let form = duty.evidence.iter().find_map(|evidence| match evidence.record {
            Recorded::Form(form, kind) => Some((FORMS.get(usize::from(form)).copied()?, kind)),
            _ => None,
        });
        let intent = match form {
            Some((form, kind)) if at != owner || !duty.below => {
                let kind = kind.and_then(|kind| form.kinds().get(usize::from(kind))).map(|choice| choice.id);
                let leader = self.holder(at, Post::Leader);
                let about = About { kind, period, person: leader.as_deref(), ..self.about(at, Cadence::Month) };
                Intent::Record(Box::new(fill(self.state, form, about)))
            }
            _ if duty.by_hand() => {
                let (duty, on, note) = (duty.id.clone(), self.day, String::new());
                Intent::Done { duty, grid: at, units: Vec::new(), on, period: None, note }
            }
            Some((form, kind)) => {
                let kind = kind.and_then(|kind| form.kinds().get(usize::from(kind))).map(|choice| choice.id);
                let about = About { kind, period, ..self.about(at, Cadence::Month) };
                Intent::Record(Box::new(fill(self.state, form, about)))
            }
            None => return,
        };
        self.run(by, &intent);
    }

    /// The returns of the month before come in between the 5th and the 12th.
    fn returns(&mut self, grid: NodeIx) {
        let month = Period::containing(Cadence::Month, self.day).shifted(-1);
        let from = self.state.duties_from(grid);
        let Some((_, form)) = record::form("return").filter(|_| month.first() >= from) else { return };
        for unit in self.state.org().members_on(grid, self.day).collect::<Vec<_>>() {
            let seed = u64::from(unit.0);
            let own_day = 5 + dice(seed, month.ordinal() as u64, 6) as u32;
            if self.day.day() < own_day || self.day.day() > 12 || dice(seed, month.ordinal() as u64 + 1, 300) == 0 {
                continue;
            }
            let about = About { unit: Some(unit), period: month, ..self.about(grid, Cadence::Month) };
            self.record(form, Post::Guide, about);
        }
    }

    /// Now and then a grid asks something or says what it needs.
    fn questions(&mut self, grid: NodeIx) {
        let chance = dice(u64::from(grid.0), self.day.num_days_from_ce() as u64, 160);
        let id = match chance {
            0 => "question",
            1 => "need",
            _ => return,
        };
        if let Some((_, form)) = record::form(id) {
            self.record(form, Post::Deputy, self.about(grid, Cadence::Month));
        }
    }

    /// What is open is answered some days later; one in fifteen is left.
    fn answers(&mut self, node: NodeIx) {
        let open: Vec<Matter> = self.state.matters_at(node, self.day).filter(|m| m.is_open()).cloned().collect();
        for matter in open {
            let age = (self.day - matter.opened).num_days();
            let patience = 1 + dice(matter.id.seq, 3, 4) as i64;
            if age < patience || dice(matter.id.seq, 4, 15) == 0 {
                continue;
            }
            self.answer(node, &matter);
        }
    }

    fn answer(&mut self, node: NodeIx, matter: &Matter) {
        let (visit, on) = (matter.id, self.day);
        if matter.kind == MatterKind::Problem {
            let by = self.holder(node, Post::Leader);
            return self.run(by, &Intent::CloseProblem { visit, on, note: "已核对更正".to_owned() });
        }
        let id = record::started_by(matter.kind);
        let answering = record::answering(matter.kind);
        let finally = answering
            .filter_map(|form| Some((form, form.answer_to(id)?)))
            .find_map(|(form, answers)| (answers.after.is_none()).then(|| (form, answers.finally.last().copied())));
        if let Some((form, kind)) = finally {
            let about = About { of: Some(matter.id), kind, unit: None, ..self.about(node, Cadence::Month) };
            self.record(form, matter.post.unwrap_or(Post::Deputy), about);
        }
    }

    /// On the month's first working day the county sends a task to every 2nd-level node.
    fn tasks(&mut self, calendar: &Calendar) {
        let month = Period::containing(Cadence::Month, self.day);
        let eve = month.first().pred_opt().unwrap_or(self.day);
        let Some((_, form)) = record::form("task").filter(|_| calendar.add_workdays(eve, 1) == self.day) else {
            return;
        };
        let org = self.state.org();
        let Some(root) = org.roots().first().copied() else { return };
        let below = org.node(root).children.iter().filter(|ix| org.node(**ix).level == 2);
        let below: Vec<String> = below.map(|ix| org.node(*ix).id.clone()).collect();
        let mut filled = fill(self.state, form, self.about(root, Cadence::Month));
        filled.values.insert("to".to_owned(), Value::List(below));
        filled.values.insert("post".to_owned(), Value::Text(Post::Deputy.key().to_owned()));
        filled.values.insert(
            "title".to_owned(),
            Value::Text(format!("{}报表审核", month.shifted(-1).short_label_in(Language::Zh))),
        );
        let by = self.holder(root, Post::Deputy);
        self.run(by, &Intent::Record(Box::new(filled)));
    }
}
