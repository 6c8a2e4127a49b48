//! What the loop does with effects, but for files, settings and the way out; the disk fails or stalls when it is told to.
use std::collections::VecDeque;

use wangge::{
    app::{App, Effect, Query, Record, Route},
    grid::{
        fact::{Chain, Draft, Fact, Head, WriterId},
        state::State,
    },
    log::{Entry, Log, Position, memory::MemoryLog},
    report::{Scope, Weighed, pasted},
    screen::{self, View},
};

use super::county::COUNTY;

/// Positions of what is recorded here stand behind the county's.
const SINCE: u64 = 1 << 40;

/// The county's log and what is recorded behind it.
pub(super) struct Store {
    own: Chain,
    others: Chain,
    written: MemoryLog,
    /// What everything that was written amounts to.
    pub state: State,
    /// What was asked and is not answered yet.
    waiting: VecDeque<Effect>,
    /// The next record is not saved.
    pub is_full: bool,
    /// Nothing is answered during so many presses.
    pub stall: usize,
}

impl Store {
    pub fn new(state: State) -> Store {
        let chain = |n| Chain::new(WriterId([n; 16]), Head::default());
        let (written, waiting) = (MemoryLog::new(), VecDeque::new());
        Store { own: chain(8), others: chain(9), written, state, waiting, is_full: false, stall: 0 }
    }

    pub fn ask(&mut self, effects: Vec<Effect>) {
        self.waiting.extend(effects);
    }

    /// Answers what was asked, and what is asked thereupon, unless it stalls.
    pub fn answer(&mut self, app: &mut App<dyn View>, now_ms: i64) {
        if self.stall > 0 {
            self.stall -= 1;
            return;
        }
        while let Some(effect) = self.waiting.pop_front() {
            let more = self.carry_out(app, effect, now_ms);
            self.ask(more);
        }
    }

    fn carry_out(&mut self, app: &mut App<dyn View>, effect: Effect, now_ms: i64) -> Vec<Effect> {
        match effect {
            Effect::Append(_) if std::mem::take(&mut self.is_full) => app.saved(Err("没有存下：磁盘满了".to_owned())),
            Effect::Append(drafts) => {
                let facts = write((&mut self.own, &mut self.written), &mut self.state, &drafts, now_ms);
                app.saved(Ok(facts))
            }
            Effect::Read(ticket, query) => app.rows(ticket, self.rows(&app.desk.state, &query)),
            Effect::Find(ticket, id) => {
                let found = self.written.find(id).expect("memory").or_else(|| COUNTY.log.find(id).expect("a log"));
                app.rows(ticket, found.iter().map(|entry| record(entry, 0)).collect())
            }
            Effect::Weigh(ticket, node, period) => {
                let scope = Scope::new(&app.desk.state, node, period, &app.desk.actor);
                let weighed = Weighed::of(&scope, &COUNTY.log).expect("a log");
                app.weighed(ticket, weighed)
            }
            Effect::Copy(told) => {
                let text = pasted((&app.desk.state, &app.desk.actor), &COUNTY.log, &told).unwrap_or_default();
                app.show(&Route::Copied { text, multiplexed: false })
            }
            _ => Vec::new(),
        }
    }

    /// The newest entries before a position: those that were written here, then the county's.
    fn rows(&self, state: &State, query: &Query) -> Vec<Record> {
        let subtree = screen::subtree(state, query.about);
        let before = query.before.unwrap_or(u64::MAX);
        let mut own = self.written.read(&subtree, Position(0), usize::MAX).expect("memory");
        own.retain(|entry| entry.position.0 + SINCE < before);
        let mut rows: Vec<Record> = own.iter().rev().take(query.limit).map(|entry| record(entry, SINCE)).collect();
        let county = COUNTY.log.0.read_back(subtree, Position(before), query.limit - rows.len()).expect("a log");
        rows.extend(county.iter().map(|entry| record(entry, 0)));
        rows
    }

    /// What somebody else records.
    pub fn other(&mut self, drafts: &[Draft], now_ms: i64) -> Vec<Fact> {
        write((&mut self.others, &mut self.written), &mut self.state, drafts, now_ms)
    }
}

fn record(entry: &Entry, since: u64) -> Record {
    let fact = entry.envelope.open(entry.received_ms).expect("this build's own");
    Record { position: entry.position.0 + since, fact }
}

fn write((chain, log): (&mut Chain, &mut MemoryLog), state: &mut State, drafts: &[Draft], now_ms: i64) -> Vec<Fact> {
    let head = chain.head;
    let envelopes: Vec<_> = drafts.iter().map(|draft| chain.seal(draft, now_ms)).collect();
    log.append(&envelopes, head, now_ms).expect("memory");
    let facts: Vec<Fact> = envelopes.iter().map(|envelope| envelope.open(now_ms).expect("just sealed")).collect();
    facts.iter().for_each(|fact| drop(state.apply(fact)));
    facts
}
