//! A small county for the forms: a township with two grids, three units in the first and one in the second.
use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;

use crate::grid::{
    calendar::Period,
    decide::{Actor, Decision, Filled, Intent, Refusal, RosterLine, Setup, decide, decide_roster, decide_setup},
    fact::{Chain, Draft, Fact, FactId, Head, Value, WriterId},
    org::{NodeIx, Post, Sector, UnitIx},
    pack::{Pack, PackFiles},
    standing::standings_at,
    state::{Matter, State},
};

pub(super) const TOWN: &str = "330000001";
pub(super) const GRID: &str = "工业第1网格";
pub(super) const OTHER_GRID: &str = "工业第2网格";

const PACK: &str = r#"
id = "tiny"
name = "小县"
utc_offset = "+08:00"
source = "测试"
[farm_grid]
name = "农业网格"
suffix = "-N1"
[[checklist]]
id = "home"
name = "统计之家验收"
clause = "M-9"
item = [{ id = "room", text = "场地" }, { id = "sign", text = "牌子" }]
[[checklist]]
id = "four"
name = "四大体系"
clause = "A1-4c"
per_unit = true
item = [{ id = "manage", text = "统计管理" }, { id = "work", text = "统计工作" }]
[[node]]
id = "330"
name = "小县"
level = 1
form = "vertical"
[[criterion]]
id = "reports"
name = "汇报"
clauses = ["A2-3长-6"]
on = ["3/vertical"]
points = 20
text = "每月汇报。"
evidence = ["duty:reports"]
[[criterion]]
id = "words"
name = "特色"
clauses = ["A1-4d"]
on = ["3/vertical"]
points = 10
text = "写明情况。"
evidence = ["text"]
[[star]]
stars = 5
percent = 95
required = ["reports"]
[[star]]
stars = 3
percent = 60
"#;

const DIVISIONS: &str = "code,name,parent\n330000001,东乡,330\n330000002,西乡,330\n330000001001,一村,330000001\n";

/// A duty row: id, kind with its keys, where, evidence.
fn duty(id: &str, kind: &str, on: &str, evidence: &str) -> String {
    format!(
        "[[duty]]\nid = \"{id}\"\nname = \"{id}职责\"\nclause = \"X\"\ncite = \"X\"\ntext = \"X\"\non = [\"{on}\"]\n\
         cadence = \"month\"\nkind = {kind}\nevidence = [{evidence}]\nmeasure = \"次\"\nlead_days = 7\n"
    )
}

fn pack(text: &str) -> Arc<Pack> {
    let count = "\"count\"\ncount = 1";
    let complete = "\"complete\"";
    let response = |trigger: &str| format!("\"response\"\nworkdays = 5\ntrigger = \"{trigger}\"");
    let monitor = |rule: &str| format!("\"monitor\"\nrules = [\"{rule}\"]");
    let (grid, town, top) = ("3/vertical/leader", "2/vertical/deputy", "1/vertical/leader");
    let duties = [
        duty("meeting", count, town, "\"meeting/analysis\""),
        duty("hear", "\"each\"\ncount = 1", town, "\"hearing+own\""),
        duty("call", "\"each\"\ncount = 1", town, "\"study+own\", \"visit+own\""),
        duty("tasks", &response("task"), grid, ""),
        duty("town-tasks", &response("task"), town, ""),
        duty("instructions", &response("instruction"), top, ""),
        duty("reports", count, grid, "\"report/economy\""),
        duty("returns", complete, grid, "\"return\""),
        duty("ledgers", complete, grid, "\"ledger\""),
        duty("differences", &response("ledger"), grid, ""),
        duty("reviews", count, grid, "\"review\""),
        duty("findings", &response("finding"), grid, ""),
        duty("problems", &response("problem"), grid, ""),
        duty("changes", &response("change"), grid, ""),
        duty("staffing", &monitor("staffing"), town, ""),
        duty("funds", &monitor("funds"), grid, ""),
        duty("house", &monitor("checklist:home"), grid, ""),
        duty("systems", &monitor("checklist:four"), grid, ""),
        duty("education", "\"complete\"\nleast = 24", grid, "\"education\""),
        duty("promises", complete, grid, "\"promise\""),
        duty("needs", &response("need"), grid, ""),
        duty("questions", &response("question"), grid, ""),
        duty("scores", &response("score"), grid, ""),
        duty("training", "\"count\"\ncount = 1\nbelow = true", town, "\"session/training\""),
        duty("plan", count, town, "\"done\""),
    ];
    let files = PackFiles {
        id: "tiny",
        pack: text,
        duties: &duties.join("\n"),
        divisions: DIVISIONS,
        holidays: crate::grid::pack::HOLIDAYS,
    };
    Arc::new(Pack::parse(&files).unwrap())
}

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

pub(super) fn list(texts: &[&str]) -> Value {
    Value::List(texts.iter().map(|text| (*text).to_owned()).collect())
}

pub(super) struct World {
    pub state: State,
    pub actor: Actor,
    chain: Chain,
    facts: Vec<Fact>,
}

impl World {
    pub(super) fn new() -> World {
        World::with("")
    }

    /// A county with more in its `pack.toml`.
    pub(super) fn with(more: &str) -> World {
        let pack = pack(&format!("{PACK}{more}"));
        let chain = Chain::new(WriterId([1; 16]), Head::default());
        let actor = Actor::owner(None, day("2026-11-20"));
        let mut world = World { state: State::new(pack.clone()), actor, chain, facts: Vec::new() };
        for draft in decide_setup(&pack, Setup { from: day("2026-10-01"), sample: false }) {
            world.write(&draft);
        }
        world.actor.today = day("2026-10-01");
        let line = |n: u32, grid: &str| RosterLine {
            place: format!("第{n}行"),
            code: format!("E{n:04}"),
            name: format!("企业{n}"),
            industry: "1711".to_owned(),
            division: TOWN.to_owned(),
            form: "B".to_owned(),
            contact: format!("人员{n}"),
            phone: String::new(),
            grid: Some(grid.to_owned()),
            sector: Some(Sector::Industry),
        };
        let lines = [line(1, GRID), line(2, GRID), line(3, GRID), line(4, OTHER_GRID)];
        for draft in decide_roster(&world.state, &world.actor, &lines).unwrap().drafts {
            world.write(&draft);
        }
        for (node, post, name) in
            [("小县", Post::Leader, "县长"), ("东乡", Post::Deputy, "乡副"), (GRID, Post::Leader, "格长")]
        {
            let (node, phone, from) = (world.node(node), String::new(), world.actor.today);
            world.run(&Intent::Appoint { node, post, name: name.to_owned(), phone, from, until: None });
        }
        world.actor.today = day("2026-11-20");
        world
    }

    pub(super) fn write(&mut self, draft: &Draft) -> Fact {
        let noon = self.actor.today.and_hms_opt(4, 0, 0).unwrap().and_utc().timestamp_millis();
        let fact = self.chain.seal(draft, noon).open(noon).unwrap();
        self.state.apply(&fact);
        self.facts.push(fact.clone());
        assert_eq!(self.state.tallies(), &self.state.recounted());
        fact
    }

    /// What was written by this name.
    pub(super) fn fact(&self, id: FactId) -> Fact {
        self.facts.iter().find(|fact| fact.id == id).unwrap().clone()
    }

    pub(super) fn decide(&self, intent: &Intent) -> Result<Decision, Refusal> {
        decide(&self.state, &self.actor, intent)
    }

    pub(super) fn run(&mut self, intent: &Intent) -> Vec<Fact> {
        let decision = self.decide(intent).unwrap();
        decision.drafts.iter().map(|draft| self.write(draft)).collect()
    }

    pub(super) fn node(&self, name: &str) -> NodeIx {
        self.state.org().node_named(name).unwrap()
    }

    pub(super) fn unit(&self, n: u32) -> UnitIx {
        self.state.org().unit_ix(&format!("E{n:04}")).unwrap()
    }

    /// The id of the person of this name.
    pub(super) fn person(&self, name: &str) -> String {
        self.state.org().people().find(|(_, person)| person.record.name == name).unwrap().1.id.clone()
    }

    /// A form as it is filled in today at a node.
    pub(super) fn fill(&self, form: &str, node: &str, values: &[(&str, Value)]) -> Filled {
        Filled {
            form: form.to_owned(),
            at: self.node(node),
            unit: None,
            of: None,
            on: self.actor.today,
            values: values.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect::<BTreeMap<_, _>>(),
            attendance: Vec::new(),
            amends: None,
        }
    }

    /// The same about a unit of the first grid.
    pub(super) fn about(&self, form: &str, n: u32, values: &[(&str, Value)]) -> Filled {
        Filled { unit: Some(self.unit(n)), ..self.fill(form, GRID, values) }
    }

    /// The same as an answer.
    pub(super) fn answer(&self, form: &str, of: FactId, values: &[(&str, Value)]) -> Filled {
        Filled { of: Some(of), ..self.fill(form, GRID, values) }
    }

    pub(super) fn try_record(&self, filled: &Filled) -> Result<Decision, Refusal> {
        self.decide(&Intent::Record(Box::new(filled.clone())))
    }

    pub(super) fn record(&mut self, filled: &Filled) -> Vec<Fact> {
        self.run(&Intent::Record(Box::new(filled.clone())))
    }

    /// The names of the duties that a record counts for.
    pub(super) fn counts(&self, filled: &Filled) -> Vec<String> {
        let decision = self.try_record(filled).unwrap();
        decision.counts_for.iter().map(|own| self.state.pack().duties[*own].id.clone()).collect()
    }

    pub(super) fn refused(&self, filled: &Filled) -> String {
        self.try_record(filled).unwrap_err().to_string()
    }

    /// How a duty stands at a node today: state and have/need, one for each running or open instance.
    pub(super) fn says(&self, duty: &str, node: &str) -> String {
        let own = self.state.pack().duty(duty).unwrap().0;
        let rows = standings_at(&self.state, self.node(node), self.actor.today);
        let rows = rows.iter().filter(|row| row.duty == own);
        rows.map(|row| format!("{} {} {}/{}", row.period, row.state.key(), row.have, row.need))
            .collect::<Vec<_>>()
            .join("; ")
    }

    pub(super) fn tally(&self, duty: &str, node: &str, period: &str) -> (u32, u32) {
        let own = self.state.pack().duty(duty).unwrap().0;
        let tally = self.state.tally(own, self.node(node), Period::parse(period).unwrap());
        (tally.have, tally.on_time)
    }

    pub(super) fn matter(&self, id: FactId) -> &Matter {
        self.state.matter_of(id).unwrap()
    }
}
