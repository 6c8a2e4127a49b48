//! What the storage room costs, beside what the disk itself costs: `cargo bench --bench log [FOLDER]`.
//!
//! One durable fact against a bare 200-byte append with fdatasync, in turns in one run and one folder; then opening
//! at 50,000 and 1,000,000 facts.
#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]
#![allow(clippy::disallowed_methods, reason = "a bench measures spans")]

use std::{
    fs::{self, File},
    io::Write,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use wangge::{
    grid::fact::{Chain, Envelope, Head},
    log::{
        Position, StoreHandle, Subtree,
        conformance::{chain, visit},
        disk::{Store, rebuild},
    },
};

const NOW: i64 = 1_795_396_320_000;

fn main() {
    if let Some(dir) = std::env::var_os("WANGGE_BENCH_OPEN") {
        return memory(Path::new(&dir));
    }
    let place = std::env::args().skip(1).find(|arg| !arg.starts_with("--"));
    let temp = match place {
        Some(place) => tempfile::TempDir::new_in(place).unwrap(),
        None => tempfile::TempDir::new().unwrap(),
    };
    appends(temp.path());
    for facts in [50_000, 1_000_000] {
        openings(temp.path(), facts);
    }
}

fn quantiles(mut times: Vec<Duration>) -> [f64; 3] {
    times.sort_unstable();
    [50, 95, 99].map(|q| times[(times.len() - 1) * q / 100].as_secs_f64() * 1000.0)
}

fn appends(folder: &Path) {
    let dir = folder.join("append");
    Store::create(&dir).unwrap();
    let store = Store::open(&dir, NOW).unwrap().store;
    let mut bare = File::create(folder.join("bare")).unwrap();
    let mut writer = chain(1);
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for day in 0..3_000 {
        let start = Instant::now();
        bare.write_all(&[7; 200]).unwrap();
        bare.sync_data().unwrap();
        theirs.push(start.elapsed());
        let expected = writer.head;
        let envelope = writer.seal(&visit(day % 300, "gongye-1", "u-00017"), NOW);
        let start = Instant::now();
        store.append(vec![envelope], expected, NOW).unwrap();
        ours.push(start.elapsed());
    }
    store.close().unwrap();
    let (ours, theirs) = (quantiles(ours), quantiles(theirs));
    let line = |name: &str, q: [f64; 3]| println!("{name:<36} p50 {:.3}  p95 {:.3}  p99 {:.3} ms", q[0], q[1], q[2]);
    line("append of one durable fact", ours);
    line("floor: 200 bytes + fdatasync", theirs);
    println!(
        "{:<36} p50 {:.2}  p95 {:.2}  p99 {:.2}",
        "ratio",
        ours[0] / theirs[0],
        ours[1] / theirs[1],
        ours[2] / theirs[2]
    );
}

/// A county's worth of visits: 480 nodes, 20 units each.
fn batch(writer: &mut Chain, from: u32, count: u32) -> Vec<Envelope> {
    (from..from + count)
        .map(|i| {
            let unit = i.wrapping_mul(2_654_435_761) % 9_600;
            writer.seal(&visit(i / 3_000, &format!("grid-{:03}", unit / 20), &format!("unit-{unit:05}")), NOW)
        })
        .collect()
}

fn openings(folder: &Path, facts: u32) {
    let dir = folder.join(facts.to_string());
    Store::create(&dir).unwrap();
    let store = Store::open(&dir, NOW).unwrap().store;
    let mut writer = chain(1);
    let start = Instant::now();
    for from in (0..facts).step_by(1_000) {
        let expected = writer.head;
        store.append(batch(&mut writer, from, 1_000), expected, NOW).unwrap();
    }
    println!(
        "\n{facts} facts: written by the thousand in {:.2} s, journal {} MB",
        start.elapsed().as_secs_f64(),
        size(&dir.join("journal"))
    );
    // The state of a county is small beside its history; 4 MB stands for it.
    let state = vec![5; 4 * 1024 * 1024];
    store.checkpoint(state, Position(u64::from(facts))).unwrap();
    store.close().unwrap();
    let start = Instant::now();
    rebuild(&dir, NOW, &mut |_, _| {}).unwrap();
    println!(
        "  index built in {:.2} s, {} MB, RSS {} MB",
        start.elapsed().as_secs_f64(),
        size(&dir.join("index")),
        rss()
    );
    report("  opening, clean", &dir, 20);
    child(&dir);
    let store = Store::open(&dir, NOW).unwrap().store;
    let head = Head { seq: writer.head.seq, hash: writer.head.hash };
    store.append(batch(&mut writer, facts, 1_000), head, NOW).unwrap();
    // What a kill leaves: a thousand facts behind the snapshot, nothing closed in order.
    let copy = folder.join("killed");
    copy_tree(&dir, &copy);
    store.close().unwrap();
    report("  opening after a kill, tail of 1,000", &copy, 20);
    child(&copy);
    fs::remove_dir_all(&copy).unwrap();
    fs::remove_dir_all(dir.join("snapshot")).unwrap();
    report("  opening without a snapshot", &dir, 3);
}

/// Measures in a process of its own, whose memory is not that of the bench.
fn child(dir: &Path) {
    let bench = std::env::current_exe().unwrap();
    assert!(Command::new(bench).env("WANGGE_BENCH_OPEN", dir).status().unwrap().success());
}

fn memory(dir: &Path) {
    let opened = Store::open(dir, NOW).unwrap();
    opened.tail.for_each(|entry| drop(entry.unwrap()));
    drop(opened.snapshot);
    let store = opened.store;
    store.head(chain(1).writer).unwrap();
    println!(
        "  RSS of a process with the store open {} MB, threads {}",
        rss(),
        fs::read_dir("/proc/self/task").unwrap().count()
    );
    first_history(&store);
    println!("  threads {}", fs::read_dir("/proc/self/task").unwrap().count());
    store.close().unwrap();
}

fn first_history(store: &StoreHandle) {
    let node = Subtree::Nodes(["grid-017".to_owned()].into());
    let start = Instant::now();
    let read = store.read_back(node.clone(), Position(u64::MAX), 50).unwrap();
    let first = start.elapsed().as_secs_f64() * 1000.0;
    let start = Instant::now();
    assert_eq!(store.read_back(node, Position(u64::MAX), 50).unwrap().len(), read.len());
    let again = start.elapsed().as_secs_f64() * 1000.0;
    println!(
        "  first history (opens the index) {first:.1} ms, again {again:.2} ms ({} entries), RSS {} MB",
        read.len(),
        rss()
    );
}

fn report(name: &str, dir: &Path, times: usize) {
    let mut took = Vec::new();
    for _ in 0..times {
        let start = Instant::now();
        let opened = Store::open(dir, NOW).unwrap();
        let tail = opened.tail.map(Result::unwrap).count();
        took.push(start.elapsed());
        assert!(tail == 0 || tail >= 1_000);
        opened.store.close().unwrap();
    }
    let q = quantiles(took);
    println!("{name:<40} p50 {:.2}  p95 {:.2} ms", q[0], q[1]);
}

fn size(folder: &Path) -> u64 {
    fs::read_dir(folder).unwrap().flatten().map(|f| f.metadata().unwrap().len()).sum::<u64>() / 1_000_000
}

fn rss() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

fn copy_tree(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy_tree(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).unwrap()),
        }
    }
}
