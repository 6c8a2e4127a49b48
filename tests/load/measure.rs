//! What a process uses, what a disk does, and how long most of something took.
use std::{
    fs::{self, File},
    io::Write,
    path::Path,
    time::{Duration, Instant},
};

/// What a process has used so far.
#[derive(Clone, Copy, Debug)]
pub struct Used {
    /// Processor time, in user and system mode.
    pub cpu: Duration,
    /// The most memory that was resident, in KB.
    pub peak_kb: u64,
    /// How much of it is shared with nobody now, in KB.
    pub own_kb: u64,
}

/// What a running process has used.
pub fn used(pid: u32) -> Used {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).expect("a process");
    // The name may have blanks: what is counted comes after it.
    let fields: Vec<&str> = stat.rsplit_once(')').expect("a name").1.split_whitespace().collect();
    let ticks: u64 = fields[11].parse::<u64>().expect("ticks") + fields[12].parse::<u64>().expect("ticks");
    let status = fs::read_to_string(format!("/proc/{pid}/status")).expect("a process");
    let kb = |key: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_else(|| panic!("no {key}"));
        line.trim_start_matches(':').trim().trim_end_matches(" kB").parse::<u64>().expect("KB")
    };
    let per_second = rustix::param::clock_ticks_per_second();
    Used { cpu: Duration::from_secs_f64(ticks as f64 / per_second as f64), peak_kb: kb("VmHWM"), own_kb: kb("RssAnon") }
}

/// How many times a second this folder's disk makes 200 more bytes of a file durable, one after the other, for `span`.
pub fn syncs_per_second(folder: &Path, span: Duration) -> f64 {
    let path = folder.join("bare");
    let mut file = File::create(&path).expect("a file");
    let (begun, mut count) = (Instant::now(), 0_u32);
    while begun.elapsed() < span {
        file.write_all(&[7; 200]).expect("written");
        file.sync_data().expect("durable");
        count += 1;
    }
    let rate = f64::from(count) / begun.elapsed().as_secs_f64();
    fs::remove_file(path).expect("removed");
    rate
}

/// The median, the 99th of a hundred, and the longest, in milliseconds.
pub fn quantiles(mut times: Vec<Duration>) -> [f64; 3] {
    assert!(!times.is_empty(), "nothing was measured");
    times.sort_unstable();
    let last = times.len() - 1;
    [last * 50 / 100, last * 99 / 100, last].map(|at| times[at].as_secs_f64() * 1000.0)
}

#[test]
fn quantiles_are_of_all_that_was_measured() {
    let times = (1..=101).rev().map(Duration::from_millis).collect();
    assert_eq!(quantiles(times), [51.0, 100.0, 101.0]);
    assert_eq!(quantiles(vec![Duration::from_millis(4)]), [4.0; 3]);
}

#[test]
fn a_process_says_what_it_has_used() {
    let used = used(std::process::id());
    assert!(used.peak_kb >= used.own_kb && used.own_kb > 0, "{used:?}");
}
