//! No command shows a phone number to somebody without the right to see it, wherever it stands: every command of the
//! parser's own tree, with every way in which it prints.
#![allow(clippy::unwrap_used)]
use std::{collections::BTreeSet, fs, path::Path};

use calamine::{Reader, Xlsx};
use clap::{Command, CommandFactory, Parser};

use super::{Place, args::Args, dispatch};
use crate::run::{Clock, Config, Files};

/// A number as somebody writes it into a note, and what is left of it.
const PHONE: &str = "13812345678";
const MASKED: &str = "138****5678";
const TODAY: &str = "2026-11-23";
const GRID: &str = "兰江街道/工业第1网格";
/// Who leads the grid has no right to whole numbers; who leads the county has.
const READERS: [(&str, bool); 2] = [("长一", false), ("市长", true)];

/// A store in a folder of its own, whose texts are full of phone numbers.
struct Office(tempfile::TempDir);

impl Office {
    fn new() -> Office {
        let office = Office(tempfile::tempdir().unwrap());
        let roster = "统一社会信用代码,单位详细名称,行业代码,行政区划代码,报表类别,统计负责人,联系电话,网格\n\
            91330781MA20023B5C,兰溪市高源米业有限责任公司,1311,330781001,B,魏峰明,13812345678,工业第1网格\n";
        fs::write(office.path("roster.csv"), roster).unwrap();
        for line in ["init --pack lanxi --from 2026-09-01", "import roster.csv"] {
            office.run("2026-09-01", line).unwrap();
        }
        for (who, at) in [("市长", "兰溪市"), ("街长", "兰江街道"), ("长一", GRID)] {
            office.does(&format!("record post {who} {at} --post leader --from 2026-09-01 --phone {PHONE}"));
        }
        office.does(&format!("record post 长二 {GRID} --post deputy --from 2026-09-01"));
        let unit = "91330781MA20023B5C";
        for line in [
            format!("record visit {unit} --on 2026-10-20 --note 电话{PHONE} --problem 请打{PHONE} --why 打{PHONE}补的"),
            format!("record visit {unit} --note 电话{PHONE} --problem 请打{PHONE}"),
            format!("record training {GRID} --topic 找{PHONE}报名 --note 电话{PHONE}"),
            format!("record meeting {GRID} --kind study --agenda 找{PHONE}报名 --note 电话{PHONE}"),
            format!("record task 兰江街道 --title 打{PHONE} --kind check --to {GRID} --due +7 --note 电话{PHONE}"),
            format!("record question {GRID} --title 打{PHONE}没人接 --note 电话{PHONE}"),
            format!("record need {GRID} --title 打{PHONE}没人接"),
            format!("record change {GRID} --title 新号码{PHONE}"),
            format!("record finding {GRID} --title 打{PHONE}没人接 --due +7"),
            format!("record ledger --unit {unit} --period 2026-10 --raw --explanation 见{PHONE}"),
            format!("record return --unit {unit} --kind 101 --period 2026-10 --due 2026-11-20 --note 电话{PHONE}"),
            format!("record spending {GRID} --amount 100 --voucher 2026-1 --note 电话{PHONE}"),
            format!(
                "record report {GRID} --kind economy --period 2026-Q3 --title 见{PHONE} --content 打{PHONE} --note 电话{PHONE}"
            ),
            format!("record score {GRID} --clause A2-3长-2 --period 2026 --points 1 --evidence 见{PHONE}"),
            format!("record exempt training {GRID} --period 2026-Q3 --reason 打{PHONE}说好的 --approver 街长"),
        ] {
            office.does(&line);
        }
        let score = office.first("score");
        office.does(&format!("--as 街长 record score-review --of {score} --kind agreed --content 打{PHONE}核实过"));
        let need = office.first("need");
        office.does(&format!("record feedback --of {need} --content 打{PHONE}"));
        office.does("account give li --person 长一");
        office.does(&format!("--as 长一 handover leader --at {GRID} --to 长二 --note 打{PHONE}"));
        let key = crate::grid::fact::key_code(&[7; 32]);
        office.does(&format!("--as 市长 device enroll {key} --person 长一 --name 长一的{PHONE}"));
        fs::write(office.path("signins.csv"), format!("time,login,name\n2026-11-20T09:00:00+08:00,li,机{PHONE}\n"))
            .unwrap();
        fs::copy(office.path("signins.csv"), office.path("store/signins.csv")).unwrap();
        office
    }

    fn path(&self, name: &str) -> std::path::PathBuf {
        self.0.path().join(name)
    }

    /// What a command prints on a day; files are named within the office.
    fn run(&self, day: &str, line: &str) -> Result<String, String> {
        let words: Vec<String> = std::iter::once("wangge")
            .chain(line.split_whitespace())
            .map(|word| match word.rsplit_once('.') {
                Some((_, "csv" | "xlsx" | "html" | "txt")) => self.path(word).display().to_string(),
                _ => word.to_owned(),
            })
            .collect();
        let Args { global, verb } = Args::try_parse_from(words).map_err(|error| format!("{line}: {error}"))?;
        let files = Files::in_folders(vec![self.path("config")], self.path("data"));
        let (config, clock) = (Config::default(), Clock::fixed(&format!("{day}T09:00:00+08:00")).unwrap());
        let store = self.path("store");
        let place = Place { args: global, files, config, clock, store, server: None, warning: None };
        let mut out = Vec::new();
        dispatch(verb, &place, &mut out).map_err(|failure| format!("{line}: {failure}"))?;
        Ok(String::from_utf8(out).unwrap())
    }

    #[track_caller]
    fn does(&self, line: &str) -> String {
        self.run(TODAY, line).unwrap_or_else(|wrong| panic!("{wrong}"))
    }

    /// The first record of a form.
    fn first(&self, form: &str) -> String {
        let log = self.does("log --json");
        let line = log.lines().find(|line| line.contains(&format!("\"form\":\"{form}\""))).unwrap();
        let fact: serde_json::Value = serde_json::from_str(line).unwrap();
        fact["fact"].as_str().unwrap().to_owned()
    }

    /// What a command prints, and what it writes.
    fn shown(&self, line: &str) -> String {
        let mut shown = self.does(line);
        let folder = |entry: fs::DirEntry| entry.path();
        let written = fs::read_dir(self.0.path()).unwrap().map(|entry| folder(entry.unwrap()));
        for path in written.filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("out")) {
            shown += &read(&path);
            fs::remove_file(path).unwrap();
        }
        shown
    }
}

/// The text of a file.
fn read(path: &Path) -> String {
    let bytes = fs::read(path).unwrap();
    if path.extension().is_some_and(|ending| ending == "xlsx") {
        let mut book: Xlsx<_> = calamine::open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
        let cells = book
            .worksheets()
            .into_iter()
            .flat_map(|(_, sheet)| sheet.rows().flatten().map(ToString::to_string).collect::<Vec<_>>());
        return cells.collect::<Vec<_>>().join("\n");
    }
    String::from_utf8(bytes).unwrap_or_else(|error| encoding_rs::GBK.decode(error.as_bytes()).0.into_owned())
}

/// A command line to be tried, and the endings of the files that it writes; none where it writes none.
type Tried = (&'static str, &'static [&'static str]);

const TABLE: &[&str] = &["csv", "xlsx"];
const PACK: &[&str] = &["xlsx", "html", "txt"];
const NONE: &[&str] = &[];

/// How a command is tried; nothing where somebody has still to decide.
fn tried(command: &str) -> Option<Vec<Tried>> {
    Some(match command {
        "list" => vec![("list 看电话", TABLE)],
        "matters" => vec![("matters", TABLE)],
        "due" => vec![("due", TABLE), ("due --as-of 2026-10-31", TABLE)],
        "assess" => vec![("assess --at 兰江街道/工业第1网格 --period 2026", TABLE)],
        "export" => vec![
            ("export month", PACK),
            ("export year", PACK),
            ("export visits --period 2026", TABLE),
            ("export late --period 2026", TABLE),
            ("export problems --period 2026", TABLE),
            ("export sessions --period 2026", TABLE),
            ("export returns --period 2026", TABLE),
            ("export ledgers --period 2026", TABLE),
            ("export people --period 2026", TABLE),
            ("export changes --period 2026", TABLE),
            ("export funds --period 2026", TABLE),
            ("export duties --period 2026", TABLE),
            ("export evidence --period 2026", TABLE),
            ("export assessment --period 2026", TABLE),
        ],
        "burden" => vec![("burden --period 2026", TABLE)],
        "paste" => vec![("paste", NONE), ("paste VISIT", NONE)],
        "plan" => vec![("plan 兰江街道", TABLE)],
        "overview" => vec![("overview", TABLE)],
        "timeline" => vec![("timeline", TABLE)],
        "log" => vec![("log", TABLE), ("log --at 兰江街道/工业第1网格", TABLE)],
        "audit" => vec![
            ("audit --from 2026-09-01", TABLE),
            ("audit people", TABLE),
            ("audit late --from 2026-09-01", TABLE),
            ("audit bursts", TABLE),
            ("audit signins", TABLE),
        ],
        "handover" => vec![("handover", TABLE), ("handover leader --at 兰江街道/工业第1网格", PACK)],
        "held" => vec![("held --all", TABLE)],
        "account" => vec![("account", TABLE)],
        "device" => vec![("device", TABLE)],
        "record question" => vec![("record question 兰江街道/工业第1网格 --title 打13812345678", NONE)],
        // They answer with the facts that they wrote, like `record question`, or in words that hold no text of records.
        _ if command.starts_with("record ") => Vec::new(),
        "account give" | "account close" | "device enroll" | "device revoke" => Vec::new(),
        // They tell names and counts of what they are about to change.
        _ if command.starts_with("grid ") => Vec::new(),
        // They read no records: a desk, a roster that is read in, keys, packs, the program itself.
        "demo" | "setup" | "init" | "import" | "keys" | "completions" | "man" => Vec::new(),
        "pack check" | "pack list" | "pack show" => Vec::new(),
        // They tell of files and hashes, carry the journal as it is, or talk to one who does; what `sync` says of held records is `held`'s.
        "verify" | "doctor" => Vec::new(),
        "sync" | "bundle" | "backup" | "restore" | "rebuild" | "serve" | "attach" => Vec::new(),
        _ => return None,
    })
}

/// Every command that does something, by its words.
fn commands(command: &Command, path: &[&str], out: &mut Vec<(String, Command)>) {
    if !path.is_empty() && !command.is_subcommand_required_set() {
        out.push((path.join(" "), command.clone()));
    }
    for below in command.get_subcommands() {
        commands(below, &[path, &[below.get_name()]].concat(), out);
    }
}

/// A line with every way in which its command prints.
fn ways(command: &Command, (line, endings): Tried) -> Vec<String> {
    let has = |id: &str| command.get_arguments().any(|arg| arg.get_id() == id);
    assert_eq!(has("output"), !endings.is_empty(), "{line}: which files does it write?");
    let needs_file = line.starts_with("export ");
    let mut ways = Vec::new();
    ways.extend((!needs_file).then(|| line.to_owned()));
    ways.extend(
        ["json", "csv"]
            .iter()
            .filter(|id| has(id))
            .filter(|id| !needs_file || (**id == "csv" && endings == TABLE))
            .map(|id| format!("{line} --{id}")),
    );
    ways.extend(endings.iter().map(|ending| format!("{line} -o out.{ending}")));
    ways.extend((has("gbk") && endings == TABLE).then(|| format!("{line} -o out.csv --gbk")));
    ways
}

#[test]
fn no_command_shows_a_phone_number_to_somebody_without_the_right() {
    let office = Office::new();
    let lists = "[[list]]\nname = \"看电话\"\ncolumns = [\"problem\", \"phone\", \"contact\", \"code\"]\n";
    fs::create_dir_all(office.path("config")).unwrap();
    fs::write(office.path("config/lists.toml"), lists).unwrap();
    let visit = office.does("log --json");
    let visit = visit.lines().find(|line| line.contains("\"kind\":\"visit\"")).unwrap();
    let visit = serde_json::from_str::<serde_json::Value>(visit).unwrap()["fact"].as_str().unwrap().to_owned();
    let (mut all, mut showing) = (Vec::new(), Vec::new());
    commands(&Args::command(), &[], &mut all);
    assert!(all.len() > 60, "{}", all.len());
    for (name, command) in &all {
        let lines = tried(name).unwrap_or_else(|| panic!("does `{name}` show what somebody wrote? Say so in `tried`"));
        for way in lines.into_iter().flat_map(|line| ways(command, line)) {
            let way = way.replace("VISIT", &visit);
            let [without, with] = READERS.map(|(who, _)| office.shown(&format!("--as {who} {way}")));
            let line = |shown: &str, what: &str| shown.lines().find(|line| line.contains(what)).map(str::to_owned);
            assert_eq!(line(&without, PHONE), None, "{way}");
            assert_eq!(line(&with, MASKED), None, "{way}");
            assert_eq!(line(&with, PHONE).is_some(), line(&without, MASKED).is_some(), "{way}:\n{with}\n{without}");
            if without.contains(MASKED) {
                showing.push(way.clone());
            }
            // What only looks like a phone number is whole.
            assert!(!without.contains("91330*") && !without.contains("330781*"), "{way}:\n{without}");
        }
    }
    let heads: BTreeSet<&str> = showing.iter().filter_map(|way| way.split(' ').next()).collect();
    let known = ["assess", "audit", "device", "due", "export", "handover", "list", "log", "matters", "paste", "record"];
    assert_eq!(heads.into_iter().collect::<Vec<_>>(), known, "texts of these commands have phone numbers");
}
