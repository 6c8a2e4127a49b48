//! Whatever stands in a pack's files, reading them ends: with a pack, or with places and words.
use proptest::prelude::*;
use wangge::grid::pack::{Pack, PackFiles};

use super::files;

/// One change to a text.
#[derive(Clone, Debug)]
enum Change {
    /// Takes out so many characters.
    Cut(prop::sample::Index, usize),
    /// Puts in one of some texts.
    Put(prop::sample::Index, &'static str),
    /// Writes a line twice.
    Double(prop::sample::Index),
    /// Takes out a line.
    Drop(prop::sample::Index),
    /// Puts a line in another's place, and the other in its.
    Swap(prop::sample::Index, prop::sample::Index),
    /// Puts another value behind a line's `=`.
    Value(prop::sample::Index, &'static str),
}

const BITS: [&str; 22] = [
    "\"",
    "'",
    "=",
    "[",
    "]",
    "[[",
    "]]",
    "{",
    "}",
    "\n",
    ",",
    "#",
    "\u{feff}",
    "网",
    "\0",
    "999999999999999999999",
    "-1",
    "[[duty]]\n",
    "[posts.3]\n",
    "[[node]]\n",
    "when = \"five_haves=body\"\n",
    "id = \"visit\"\n",
];
const VALUES: [&str; 16] = [
    "\"\"",
    "0",
    "-5",
    "1e9",
    "true",
    "[]",
    "[1]",
    "[\"\"]",
    "{}",
    "2022-06-30",
    "\"3/vertical/leader\"",
    "[\"below:home\"]",
    "[\"done+own\"]",
    "\"milestone\"",
    "\"each\"",
    "99999999999999999999",
];

fn change() -> impl Strategy<Value = Change> {
    let index = || any::<prop::sample::Index>();
    prop_oneof![
        (index(), 1..40_usize).prop_map(|(at, n)| Change::Cut(at, n)),
        (index(), prop::sample::select(&BITS[..])).prop_map(|(at, bit)| Change::Put(at, bit)),
        index().prop_map(Change::Double),
        index().prop_map(Change::Drop),
        (index(), index()).prop_map(|(a, b)| Change::Swap(a, b)),
        (index(), prop::sample::select(&VALUES[..])).prop_map(|(at, value)| Change::Value(at, value)),
    ]
}

fn changed(text: &str, change: &Change) -> String {
    let chars = || text.char_indices().map(|(at, _)| at).chain([text.len()]).collect::<Vec<_>>();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    if lines.is_empty() {
        lines.push(String::new());
    }
    match change {
        Change::Cut(at, n) => {
            let ends = chars();
            let from = at.index(ends.len());
            let to = (from + n).min(ends.len() - 1);
            return text[..ends[from]].to_owned() + &text[ends[to]..];
        }
        Change::Put(at, bit) => {
            let ends = chars();
            let (before, after) = text.split_at(ends[at.index(ends.len())]);
            return format!("{before}{bit}{after}");
        }
        Change::Double(at) => {
            let at = at.index(lines.len());
            lines.insert(at, lines[at].clone());
        }
        Change::Drop(at) => {
            let at = at.index(lines.len());
            lines.remove(at);
        }
        Change::Swap(a, b) => {
            let count = lines.len();
            lines.swap(a.index(count), b.index(count));
        }
        Change::Value(at, value) => {
            let keyed: Vec<usize> = (0..lines.len()).filter(|i| lines[*i].contains(" = ")).collect();
            if let Some(i) = keyed.get(at.index(keyed.len().max(1))) {
                let key = lines[*i].split(" = ").next().unwrap_or_default().to_owned();
                lines[*i] = format!("{key} = {value}");
            }
        }
    }
    lines.join("\n")
}

/// Every fault names a line of its file and says something.
fn check(files: &PackFiles<'_>) -> Result<(), TestCaseError> {
    let Err(error) = Pack::parse(files) else { return Ok(()) };
    prop_assert!(!error.faults.is_empty());
    for fault in &error.faults {
        let text = match fault.file {
            "pack.toml" => files.pack,
            "duties.toml" => files.duties,
            "divisions.csv" => files.divisions,
            other => return Err(TestCaseError::fail(other.to_owned())),
        };
        let lines = text.matches('\n').count() + 1;
        prop_assert!((1..=lines).contains(&fault.line), "{fault} of {lines} lines");
        prop_assert!(!fault.key.is_empty() && !fault.what.is_empty());
        let place = format!("{}:{} ", fault.file, fault.line);
        prop_assert!(fault.to_string().starts_with(&place));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_pack_is_read_or_told_where_it_is_wrong(
        whole in prop::bool::weighted(0.5),
        file in 0..3_usize,
        changes in prop::collection::vec(change(), 1..6),
    ) {
        // The whole pack, and the small one in which a change is more likely to matter to the rest.
        let base = files(if whole { "lanxi" } else { "sample" });
        let mut texts = [base.pack.to_owned(), base.duties.to_owned(), base.divisions.to_owned()];
        for change in &changes {
            texts[file] = changed(&texts[file], change);
        }
        check(&PackFiles { pack: &texts[0], duties: &texts[1], divisions: &texts[2], ..base })?;
    }
}
