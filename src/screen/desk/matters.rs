//! The tasks tab: what was started here and waits for its answer; and the ways from the desk into forms.
use super::{DeskScreen, PaneRow, pane::Pane, work::say};
use crate::{
    app::{Action, Desk, Fill, Route},
    grid::{
        fact::FactId,
        org::{NodeIx, UnitIx},
        pack::{Duty, Recorded},
        record::{FORMS, answering, matter_name},
        state::{Matter, MatterKind},
    },
    ui::{Role, text},
    words::t,
};

/// What waits at the node, the most urgent first; then what waits below it.
pub(super) fn matters(desk: &Desk, node: NodeIx) -> Vec<PaneRow> {
    let (state, today) = (&desk.state, desk.today());
    let org = state.org();
    let open: Vec<(&Matter, NodeIx)> =
        state.matters().filter(|m| m.is_open()).map(|m| (m, state.answered_at(m, today))).collect();
    let (here, below): (Vec<_>, Vec<_>) =
        open.into_iter().filter(|(_, at)| org.is_within(*at, node)).partition(|(_, at)| *at == node);
    let mut out = Vec::new();
    for (title, rows) in [(t!("desk.in_hand"), here), (t!("desk.in_hand_below"), below)] {
        if rows.is_empty() {
            continue;
        }
        let mut rows: Vec<_> =
            rows.into_iter().map(|(matter, at)| (due_on(desk, matter, at), matter.opened, matter.id)).collect();
        rows.sort_by_key(|(due, opened, id)| (due.is_none(), *due, *opened, *id));
        let late = rows.iter().filter(|(due, ..)| due.is_some_and(|due| due < today)).count();
        let note = match late {
            0 => t!("desk.matters", n = rows.len()),
            late => t!("desk.matters_late", n = rows.len(), late = late),
        };
        out.push(PaneRow::Heading(title.into_owned(), note.into_owned()));
        out.extend(rows.into_iter().map(|(.., id)| PaneRow::Matter(id)));
    }
    if out.is_empty() {
        out.push(PaneRow::Text(t!("desk.nothing_in_hand").into_owned()));
    }
    out
}

/// The deadline: the record's own, or the earliest that a duty sets.
pub(super) fn due_on(desk: &Desk, matter: &Matter, at: NodeIx) -> Option<chrono::NaiveDate> {
    let rows = desk.overview.rows(at).iter().filter(|row| row.about == Some(matter.id));
    matter.due.or(rows.map(|row| row.due_on).min())
}

/// What it is, whose, how far it is.
pub(super) fn words(desk: &Desk, matter: &Matter) -> String {
    let org = desk.state.org();
    let unit = matter.unit.map(|unit| org.unit(unit).record.name.clone());
    let parts = desk.state.matters().filter(|part| part.part_of == Some(matter.id));
    let (closed, open): (Vec<_>, Vec<_>) = parts.partition(|part| !part.is_open());
    let split = match closed.len() + open.len() {
        0 => None,
        all => Some(t!("desk.split", done = closed.len(), all = all).into_owned()),
    };
    let step = matter.steps.last().and_then(|step| {
        let form = FORMS.get(usize::from(step.form?))?;
        let step = form.kinds().get(usize::from(step.kind)).map_or(form.name(), |kind| kind.label());
        // Some of the words say themselves that it is done.
        let did = t!("desk.did", step = "");
        let says_so = !did.is_empty() && step.starts_with(&*did);
        Some(if says_so { step.to_owned() } else { t!("desk.did", step = step).into_owned() })
    });
    let text = Some(desk.state.told(matter).into_owned());
    text.into_iter().chain(unit).chain(split).chain(step).collect::<Vec<_>>().join("  ")
}

/// Draws a row; returns how many of its columns are its name.
pub(super) fn draw(pane: &mut Pane<'_>, id: FactId) -> u16 {
    let desk = pane.desk;
    let Some(matter) = desk.state.matter_of(id) else { return 0 };
    let at = desk.state.answered_at(matter, desk.today());
    let due = due_on(desk, matter, at);
    let left = due.map(|due| (due - desk.today()).num_days());
    let (mark, role) = match left {
        Some(days) if days < 0 => (pane.look.glyphs.overdue, Role::Overdue),
        Some(days) if days <= 7 => (pane.look.glyphs.due, Role::DueSoon),
        _ => (" ", Role::Text),
    };
    let when = match (left, due) {
        (Some(days), _) if days < 0 => t!("desk.days_over", n = -days).into_owned(),
        (_, Some(due)) => due.format("%m-%d").to_string(),
        _ => String::new(),
    };
    let x = pane.column(pane.area.x, 1, mark, role);
    let x = pane.column(x, 8, matter_name(matter.kind), Role::Label);
    let right = pane.put_right(&when, role);
    let org = desk.state.org();
    // Further below, grids of several townships bear the same name.
    let place = match org.node(at).parent {
        _ if at == pane.node => String::new(),
        parent if parent == Some(pane.node) => format!("{}  ", org.node(at).name),
        _ => format!("{}  ", org.full_name(at)),
    };
    let words = format!("{place}{}", words(desk, matter));
    let room = right.saturating_sub(x + 1);
    pane.column(x, room, &words, Role::Text);
    x - pane.area.x + text::width(&words).min(usize::from(room)) as u16
}

/// What a matter is called where rows are looked for.
pub(super) fn name(desk: &Desk, id: FactId) -> String {
    desk.state.matter_of(id).map_or(String::new(), |m| format!("{} {}", matter_name(m.kind), words(desk, m)))
}

/// The whole of it, for the line below the lists.
pub(super) fn told(desk: &Desk, id: FactId) -> String {
    let Some(matter) = desk.state.matter_of(id) else { return String::new() };
    t!("desk.since", day = matter.opened, what = words(desk, matter)).into_owned()
}

/// Opens the form that answers a matter, or the menu of those that do.
pub(super) fn answer(desk: &Desk, id: FactId) -> Vec<Action> {
    let Some(matter) = desk.state.matter_of(id) else { return Vec::new() };
    let at = desk.state.answered_at(matter, desk.today());
    let mut forms = answering(matter.kind);
    match (forms.next(), forms.next()) {
        (Some(form), None) => {
            let fill = Fill {
                form: form.id,
                at,
                unit: None,
                of: Some(id),
                amends: None,
                kind: None,
                values: Default::default(),
            };
            vec![Action::Open(Route::Fill(fill))]
        }
        (Some(_), Some(_)) => vec![Action::Open(Route::Choose { at, of: Some(id) })],
        (None, _) => say(&t!("desk.no_answer")),
    }
}

/// Opens the form that feeds a duty, at the node or about a unit; none where no form does.
pub(super) fn form_for(duty: &Duty, at: NodeIx, unit: Option<UnitIx>) -> Option<Vec<Action>> {
    let (number, kind) = duty.evidence.iter().find_map(|evidence| match evidence.record {
        Recorded::Form(number, kind) => Some((number, kind)),
        _ => None,
    })?;
    if duty.kind.adds_up() {
        return Some(say(&t!("desk.adds_up")));
    }
    let form = FORMS.get(usize::from(number))?;
    let kind = kind.and_then(|kind| form.kinds().get(usize::from(kind))).map(|kind| kind.id);
    Some(vec![Action::Open(Route::Fill(Fill {
        form: form.id,
        at,
        unit,
        of: None,
        amends: None,
        kind,
        values: Default::default(),
    }))])
}

impl DeskScreen {
    /// The menu of forms at the node; on a matter, those that answer it.
    pub(super) fn choose(&self, desk: &Desk) -> Vec<Action> {
        match self.pointed() {
            Some(PaneRow::Matter(id)) => answer(desk, *id),
            _ => vec![Action::Open(Route::Choose { at: self.node(), of: None })],
        }
    }

    /// The problem under the cursor that a visit found, where it stands as a matter.
    pub(super) fn problem_here(&self, desk: &Desk) -> Option<FactId> {
        let Some(PaneRow::Matter(id)) = self.pointed() else { return None };
        let matter = desk.state.matter_of(*id)?;
        (matter.kind == MatterKind::Problem).then_some(*id)
    }
}
