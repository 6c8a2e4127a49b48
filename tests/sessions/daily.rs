//! The ten daily jobs: what each costs in keys, in bytes sent to the terminal, and in waiting on a poor line.
//!
//! They are sessions with a `job:` header; what stands between `* begin` and `* end` is counted, in a terminal of 80x24
//! with [`Link::SLOW`], which is reckoned with and not waited for, so that the figures are the same on any machine.
//! `cargo test --test all daily -- --nocapture` prints the table; `UPDATE_DOCS=1` writes it into the manual, where it is
//! held against the program.
use super::{
    player::{home, take, with_env},
    read,
    script::{Script, Size, Step},
};
use crate::{
    docs,
    pty::{Link, Mark, Terminal, keys, link::Tally},
};

/// What a job cost.
struct Cost {
    number: u8,
    title: String,
    /// Keys pressed.
    keys: usize,
    most: Option<usize>,
    /// Characters of text typed, such as a topic; an input method needs more keys or fewer.
    typed: usize,
    tally: Tally,
}

#[test]
fn the_ten_daily_jobs_take_few_keys_and_little_time_on_a_slow_line() {
    // Another run may be asked for single sessions.
    if std::env::var_os("SESSION").is_some() || std::env::var_os("UPDATE_SESSIONS").is_some() {
        return;
    }
    let jobs: Vec<Script> = read().into_iter().filter(|script| script.job.is_some()).collect();
    let mut costs: Vec<Cost> = Vec::new();
    // Two at a time, as the sessions are played.
    for pair in jobs.chunks(2) {
        std::thread::scope(|scope| {
            let started: Vec<_> = pair.iter().map(|script| scope.spawn(|| cost(script))).collect();
            let done = started.into_iter().map(|job| job.join().expect("see the panic above"));
            costs.extend(done.map(|cost| cost.unwrap_or_else(|why| panic!("{why}"))));
        });
    }
    let table = table(&costs);
    #[allow(clippy::print_stdout, reason = "the table is what this test is run for")]
    {
        println!("{table}");
    }
    let numbers: Vec<u8> = costs.iter().map(|cost| cost.number).collect();
    assert_eq!(numbers, (1..=10).collect::<Vec<u8>>(), "not the ten jobs");
    for cost in &costs {
        let most = cost.most.unwrap_or(usize::MAX);
        assert!(cost.keys <= most, "job {} takes {} keys, not {most}", cost.number, cost.keys);
    }
    docs::put("docs/src/daily.md", "table", &table, |written, measured| written == measured);
}

fn table(costs: &[Cost]) -> String {
    let mut out =
        String::from("| | 做什么 | 按键 | 打的字 | 送到屏幕的字节 | 慢网络上等多久 |\n|---|---|---|---|---|---|\n");
    for Cost { number, title, keys, typed, tally, .. } in costs {
        let waited = tally.waited.as_secs_f64();
        out += &format!("| {number} | {title} | {keys} | {typed} | {} | {waited:.1} 秒 |\n", tally.bytes);
    }
    out
}

/// Plays a job over the slow line.
fn cost(script: &Script) -> Result<Cost, String> {
    let Script { name, job: Some((number, title)), .. } = script else {
        return Err(format!("{}.txt: a daily job needs `job:`", script.name));
    };
    let home = home(script)?;
    let mut running: Option<Terminal> = None;
    let (mut counting, mut keys, mut typed) = (None, 0, 0);
    for (line, step) in script.steps() {
        let at = |what: String| format!("{name}.txt:{line}: {what}");
        match (step, &mut running) {
            (Step::Start(args), _) => {
                let args: Vec<&str> = args.iter().map(String::as_str).collect();
                let Size(columns, rows) = Size(80, 24);
                let start = with_env(script, home.wangge(&args)).size(columns, rows);
                running = Some(start.start_reckoned(Link::SLOW));
            }
            (Step::Count(true), terminal) => counting = Some(terminal.as_ref().map_or(Mark::START, Terminal::mark)),
            (Step::Count(false), Some(terminal)) => {
                let begun = counting.ok_or_else(|| at("nothing is counted here".into()))?;
                let tally = terminal.tally(begun);
                return Ok(Cost { number: *number, title: title.clone(), keys, most: script.most_keys, typed, tally });
            }
            (_, None) => return Err(at("nothing runs".into())),
            (Step::Frame(..), Some(_)) => {}
            (step, Some(terminal)) => {
                match step {
                    Step::Keys(text) if counting.is_some() => keys += keys::parse(text).map_err(at)?.len(),
                    Step::Text(text) if counting.is_some() => typed += text.chars().count(),
                    _ => {}
                }
                take(terminal, step).map_err(at)?;
            }
        }
        if matches!(step, Step::End(_)) {
            running = None;
        }
    }
    Err(format!("{name}.txt: counting never ends"))
}
