//! What a keystroke costs where names are looked for: `cargo bench --bench find`.
//!
//! Each pattern is typed character by character into an index of sample enterprises, once as it is typed (every
//! keystroke narrows the former result) and once afresh (what a deleted character costs). Beside it, in the same run,
//! the floor: `str::contains` over the same names. The aims are 16 ms at 100,000 names and 80 ms at 1,500,000.
#![allow(clippy::print_stdout)]
#![allow(clippy::disallowed_methods, reason = "a bench measures with a real clock")]

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use wangge::{
    app::find::{Found, Index, Pattern},
    grid::sample::{Sample, generate},
};

/// What is typed, by its kind.
const TYPED: [(&str, &[&str]); 6] = [
    ("initials", &["lxs", "hxfz", "jthg", "zjht", "yxgs", "lxshs"]),
    ("full pinyin", &["lanxi", "huaxin", "fangzhi", "youxiangongsi", "zhejiang"]),
    ("Chinese", &["兰溪市", "华鑫纺织", "有限公司", "化工"]),
    ("mixed", &["华xfz", "lanxis华", "浙jhx", "hx纺织"]),
    ("two terms", &["hx fz", "lxs hg", "金 yxgs"]),
    ("code", &["91330781", "ma2", "a0b1", "0781MA2"]),
];

fn main() {
    // Under `cargo test --benches` a small one shows that it runs.
    let counts: &[usize] = if std::env::args().any(|arg| arg == "--bench") { &[100_000, 1_500_000] } else { &[2_000] };
    for count in counts {
        let sample = generate(330_781, *count);
        measure(&sample);
    }
}

fn timed<T>(run: impl FnOnce() -> T) -> (Duration, T) {
    let begun = Instant::now();
    let out = run();
    (begun.elapsed(), out)
}

fn ms(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100].as_secs_f64() * 1e3;
    format!("p50 {:>7.3}  p95 {:>7.3}  max {:>7.3} ms", at(50), at(95), at(100))
}

fn measure(sample: &Sample) {
    let names = sample.units.len();
    let (took, index) = timed(|| {
        let mut index = Index::new(&["兰溪", "兰溪市", "浙江", "浙江省", "金华"]);
        sample.units.iter().for_each(|unit| index.push(&unit.name, &unit.code));
        index.shrink();
        index
    });
    let bytes = index.memory();
    println!(
        "{names} names; index {:.1} MB, {} B a name, built in {:.0} ms",
        bytes as f64 / 1e6,
        bytes / names,
        took.as_secs_f64() * 1e3
    );
    for (kind, patterns) in TYPED {
        let (mut typed, mut fresh, mut floor) = (Vec::new(), Vec::new(), Vec::new());
        for pattern in patterns {
            type_it(&index, pattern, &mut typed, &mut fresh);
            for end in pattern.char_indices().map(|(at, c)| at + c.len_utf8()) {
                let found = || sample.units.iter().filter(|unit| unit.name.contains(&pattern[..end])).count();
                floor.push(timed(|| black_box(found())).0);
            }
        }
        println!("  {kind:<12} as typed  {}", ms(&mut typed));
        println!("  {:<12} afresh    {}", "", ms(&mut fresh));
        println!("  {:<12} contains  {}", "", ms(&mut floor));
    }
}

fn type_it(index: &Index, text: &str, typed: &mut Vec<Duration>, fresh: &mut Vec<Duration>) {
    let mut former: Option<(Pattern, Found)> = None;
    for end in text.char_indices().map(|(at, c)| at + c.len_utf8()) {
        let press = || {
            let pattern = Pattern::new(&text[..end]);
            let narrowed = former.as_ref().filter(|(old, _)| pattern.narrows(old));
            let found = index.find(&pattern, narrowed.map(|(_, found)| found));
            black_box(found.best(200, |row| row % 7 == 0));
            (pattern, found)
        };
        let (took, now) = timed(press);
        typed.push(took);
        former = Some(now);
        fresh.push(timed(|| black_box(index.find(&Pattern::new(&text[..end]), None).best(200, |_| true))).0);
    }
}
