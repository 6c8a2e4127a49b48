//! The rows of every part.
use crate::{
    grid::{
        fact::SessionKind,
        handover::{Fund, Item, Part, Work},
        org::UnitIx,
        record::{FORMS, matter_name},
        standing::{DutyState, Standing},
    },
    report::{Cell, Column, Scope},
    words::{said, t, word},
};

/// So many units are named in one cell.
const FEW: usize = 5;

/// Columns and rows.
pub(super) fn of(scope: &Scope<'_>, part: Part, items: &[Item]) -> (Vec<Column>, Vec<Vec<Cell>>) {
    let columns: Vec<Column> = columns(part).iter().map(|(id, width)| column(id, *width)).collect();
    let viewer = scope.viewer();
    let seen =
        |cells: Vec<Cell>| cells.into_iter().zip(&columns).map(|(cell, column)| viewer.cell(column.id, cell)).collect();
    let rows = items.iter().map(|item| seen(row(scope, item))).collect();
    (columns, rows)
}

fn columns(part: Part) -> &'static [(&'static str, u16)] {
    match part {
        Part::Duties => &[
            ("duty", 28),
            ("cite", 22),
            ("period", 14),
            ("have", 9),
            ("need", 9),
            ("missing", 9),
            ("due", 12),
            ("state", 10),
        ],
        Part::Problems | Part::Clocks | Part::Findings => {
            &[("kind", 14), ("text", 40), ("unit", 28), ("day", 12), ("due", 12), ("steps", 26), ("state", 10)]
        }
        Part::Returns => {
            &[("duty", 28), ("period", 14), ("have", 9), ("need", 9), ("due", 12), ("state", 10), ("unit", 50)]
        }
        Part::Sessions => &[("kind", 14), ("topic", 36), ("day", 12), ("present", 8), ("invited", 8), ("state", 16)],
        Part::Funds => &[("kind", 14), ("amount", 14), ("day", 12), ("gap", 36)],
        Part::Unvisited => &[("unit", 36), ("last_visit", 12), ("person", 12), ("phone", 16)],
        Part::Units => &[("unit", 36), ("person", 12), ("phone", 16), ("note", 24)],
        Part::Access => &[("kind", 14), ("text", 40), ("note", 40)],
    }
}

fn column(id: &'static str, width: u16) -> Column {
    Column { id, title: said(&format!("report.column.{id}")).into_owned(), width }
}

fn row(scope: &Scope<'_>, item: &Item) -> Vec<Cell> {
    let org = scope.state.org();
    match item {
        Item::Duty(row) => {
            let duty = &scope.state.pack().duties[row.duty];
            vec![
                Cell::text(&*duty.name),
                Cell::text(&*duty.cite),
                Cell::text(row.period.label()),
                Cell::number(row.have),
                Cell::number(row.need),
                Cell::number(row.missing()),
                Cell::Day(row.due_on),
                Cell::text(row.state.label()),
            ]
        }
        Item::Matter(work) => matter(scope, work),
        Item::Returns(row, missing) => vec![
            Cell::text(&*scope.state.pack().duties[row.duty].name),
            Cell::text(row.period.label()),
            Cell::number(row.have),
            Cell::number(row.need),
            Cell::Day(row.due_on),
            Cell::text(row.state.label()),
            Cell::text(few(scope, missing)),
        ],
        Item::Owed(row) => {
            let owed = t!("handover.owed", n = row.missing()).into_owned();
            let name = &*scope.state.pack().duties[row.duty].name;
            vec![
                Cell::text(name),
                Cell::text(row.period.label()),
                Cell::Day(row.due_on),
                Cell::Empty,
                Cell::Empty,
                Cell::text(owed),
            ]
        }
        Item::Held { kind, day, topic, present, invited, .. } => vec![
            Cell::text(word(match kind {
                SessionKind::Training => "kind.training",
                SessionKind::Activity => "kind.activity",
            })),
            Cell::text(scope.prose(topic)),
            Cell::Day(*day),
            Cell::number(*present),
            Cell::number(*invited),
            Cell::text(t!("handover.was_held").into_owned()),
        ],
        Item::Fund(fund) => funds(*fund),
        Item::Unvisited(unit, last) => {
            let record = &org.unit(*unit).record;
            vec![Cell::text(&*record.name), Cell::day(*last), Cell::text(&*record.contact), Cell::text(&*record.phone)]
        }
        Item::Unit(unit) => {
            let record = &org.unit(*unit).record;
            vec![
                Cell::text(&*record.name),
                Cell::text(&*record.contact),
                Cell::text(&*record.phone),
                Cell::text(&*record.form),
            ]
        }
        Item::Node(node, leader) => {
            let leader = leader.map(|leader| &org.person(leader).record);
            let (name, phone) = leader.map_or(("", ""), |record| (record.name.as_str(), record.phone.as_str()));
            let units = org.node(*node).member_count_on(scope.today);
            let units = if units == 0 { String::new() } else { t!("handover.units", n = units).into_owned() };
            vec![Cell::text(&*org.node(*node).name), Cell::text(name), Cell::text(phone), Cell::text(units)]
        }
        Item::Login(login) => access("handover.login", login.clone(), "handover.login_note"),
        Item::Device(_, name) => access("handover.device", name.clone(), "handover.device_note"),
        Item::Post(node, post) => {
            let name = scope.state.pack().names.post_at(org.node(*node), *post);
            access("handover.post", format!("{} {name}", org.full_name(*node)), "handover.post_note")
        }
    }
}

fn access(kind: &str, text: String, note: &str) -> Vec<Cell> {
    vec![Cell::text(said(kind)), Cell::text(text), Cell::text(said(note))]
}

fn matter(scope: &Scope<'_>, work: &Work) -> Vec<Cell> {
    let Some(matter) = scope.state.matter_of(work.matter) else { return vec![Cell::Empty; 7] };
    let about = match matter.unit {
        Some(unit) => scope.unit_name(unit).to_owned(),
        None => scope.node_name(matter.at),
    };
    let last = matter.steps.last().map(|step| {
        let form = step.form.and_then(|form| FORMS.get(usize::from(form)));
        t!("report.step", day = step.day, name = form.map_or("", |form| form.name())).into_owned()
    });
    let state = work.rows.iter().map(|row: &Standing| row.state).min();
    let late = matter.due.is_some_and(|due| due < scope.today);
    let state =
        state.map_or_else(|| if late { DutyState::Overdue.label() } else { word("handover.open") }, DutyState::label);
    vec![
        Cell::text(matter_name(matter.kind)),
        Cell::text(scope.prose(&scope.state.told(matter))),
        Cell::text(about),
        Cell::Day(matter.opened),
        Cell::day(work.due),
        Cell::text(last.unwrap_or_default()),
        Cell::text(state),
    ]
}

fn few(scope: &Scope<'_>, units: &[UnitIx]) -> String {
    let names: Vec<&str> = units.iter().take(FEW).map(|unit| scope.unit_name(*unit)).collect();
    let names = names.join(word("word.list"));
    if units.len() > FEW { t!("handover.and_more", names = names, n = units.len()).into_owned() } else { names }
}

fn funds(fund: Fund) -> Vec<Cell> {
    let sum = |kind: &str, amount: i64| vec![Cell::text(said(kind)), Cell::Money(amount), Cell::Empty, Cell::Empty];
    match fund {
        Fund::Budget(amount) => sum("handover.budget", amount),
        Fund::Spent(amount) => sum("handover.spent", amount),
        Fund::Left(amount) => sum("handover.left", amount),
        Fund::Improper { day, amount, activity, attended, voucher } => {
            let lacks =
                [(activity, "report.no_activity"), (attended, "report.no_attended"), (voucher, "report.no_voucher")];
            let lacks: Vec<&str> = lacks.iter().filter(|(lacks, _)| *lacks).map(|(_, key)| word(key)).collect();
            vec![
                Cell::text(word("report.spent")),
                Cell::Money(amount),
                Cell::Day(day),
                Cell::text(lacks.join(word("word.list"))),
            ]
        }
    }
}
