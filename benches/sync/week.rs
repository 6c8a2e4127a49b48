//! What one laptop records, as facts: the sample's work with the moments and the words of a person.
use std::{collections::BTreeMap, sync::Arc};

use wangge::{
    grid::fact::{Body, Chain, DeviceKey, Draft, Effort, Head},
    log::{Entry, Position, Subtree},
    run::{Clock, Files, sample},
};

/// The laptop's key.
pub const SECRET: [u8; 32] = [7; 32];
const START: i64 = 1_795_396_320_000;

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// Parts of sentences as people type them after a visit.
const WORDS: [&str; 40] = [
    "核对了",
    "产值",
    "用工",
    "电量",
    "台账",
    "统计员",
    "新换",
    "张会计",
    "下周再来",
    "已当场改正",
    "原始记录",
    "缺",
    "签字",
    "报表",
    "平台",
    "密码",
    "忘了",
    "辅导",
    "一小时",
    "发了",
    "法律汇编",
    "两本",
    "企业反映",
    "订单",
    "减少",
    "三成",
    "出口",
    "库存",
    "增加",
    "新厂房",
    "投产",
    "停产",
    "半个月",
    "检修",
    "社保人数",
    "对不上",
    "请财务",
    "补充说明",
    "老板",
    "不在",
];

fn note(dice: &mut Dice) -> String {
    let words = 3 + dice.below(6);
    let mut text: String = (0..words).map(|_| WORDS[dice.below(WORDS.len() as u64) as usize]).collect();
    if dice.below(3) == 0 {
        text.push_str(&format!("{}万元", dice.below(9_000)));
    }
    text
}

/// The first `n` facts of work that the sample makes, as one device would have written and signed them; with what each
/// cost to type, or as from a command line.
pub fn facts(n: usize, typed: bool) -> Vec<Entry> {
    let dir = tempfile::TempDir::new().unwrap();
    let files = Files::of_user();
    let pack = Arc::new(files.pack("lanxi").unwrap().unwrap());
    let from = chrono::NaiveDate::from_ymd_opt(2026, 8, 1).unwrap();
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 1).unwrap();
    let mut book =
        sample::found(&dir.path().join("s"), pack.clone(), Clock::fixed("2026-11-01T04:00:00Z").unwrap(), 600, from)
            .unwrap();
    let founded = book.store.read(Subtree::All, Position(0), usize::MAX).unwrap().len();
    let own = book.state.org().nodes().find(|(_, node)| node.is_grid()).unwrap().0;
    sample::work(&mut book, &files.calendar().unwrap(), own, today).unwrap();
    let work = book.store.read(Subtree::All, Position(founded as u64), usize::MAX).unwrap();
    let drafts = work.iter().map(|entry| entry.envelope.open(0).unwrap().draft).take(n);
    seal(drafts, typed)
}

fn seal(drafts: impl Iterator<Item = Draft>, typed: bool) -> Vec<Entry> {
    let key = DeviceKey::from_secret(&SECRET);
    let mut chain = Chain::new(key.writer(), Head::default());
    let (mut dice, mut cost) = (Dice(0x5eed), Dice(0xc057));
    let mut now = START;
    let entry = |(i, mut draft): (usize, Draft)| {
        now += 20_000 + dice.below(600_000) as i64;
        if let Body::Visit(visit) = &mut draft.body {
            visit.note = note(&mut dice);
        }
        draft.effort = typed.then(|| {
            let keys = 6 + cost.below(50) as u16;
            Effort { keys, seconds: keys + cost.below(90) as u16 }
        });
        let envelope = chain.seal(&draft, now).signed(&key);
        Entry { position: Position(i as u64 + 1), received_ms: now, envelope }
    };
    drafts.enumerate().map(entry).collect()
}

/// Prints of what kinds the facts are.
pub fn floor(facts: &[Entry]) {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for entry in facts {
        *kinds.entry(entry.envelope.open(0).unwrap().draft.body.kind().to_owned()).or_default() += 1;
    }
    println!("{kinds:?}");
}

/// A fact of the server's, as a store that was pulled begins.
pub fn opening() -> Vec<Entry> {
    let key = DeviceKey::from_secret(&[8; 32]);
    let first = wangge::log::conformance::visit(1, "g", "u");
    let envelope = Chain::new(key.writer(), Head::default()).seal(&first, START);
    vec![Entry { position: Position(1), received_ms: START, envelope }]
}
