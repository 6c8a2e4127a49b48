//! The period pack (月报、季报、年报): every sheet that the pack's `[report]` wants, from one [`Scene`].
use super::{Block, Document, Scene, Scope, Sheet, Table, columns, rows, sheet, summary};
use crate::{
    grid::{
        calendar::{Cadence, Period},
        pack::SheetForm,
    },
    words::{said, t, word},
};

/// What a pack of this length is called: 月报, 季报, 年报; none where there is none of that length.
pub fn title_kind(cadence: Cadence) -> Option<String> {
    matches!(cadence, Cadence::Month | Cadence::Quarter | Cadence::Year)
        .then(|| said(&format!("report.kind.{}", cadence.key())).into_owned())
}

/// The whole pack of a scene.
pub fn period_pack(scene: &Scene<'_>) -> Document {
    let (title, subtitle, font) = heading(&scene.scope);
    let sheets = scene
        .scope
        .state
        .pack()
        .report
        .chosen(scene.scope.period.cadence)
        .iter()
        .map(|form| one(scene, form))
        .collect();
    Document { title, subtitle, font, sheets }
}

/// Title, subtitle and font of what is told of a scope.
pub(super) fn heading(scope: &Scope<'_>) -> (String, String, String) {
    let form = &scope.state.pack().report;
    let node = &scope.state.org().node(scope.root).name;
    let kind = title_kind(scope.period.cadence).unwrap_or_default();
    let fill =
        |text: &str| text.replace("{node}", node).replace("{period}", &scope.period.label()).replace("{kind}", &kind);
    let title = fill(form.title.as_deref().unwrap_or(word("report.title")));
    let unit = form.unit.as_deref().map_or_else(|| node.clone(), fill);
    let subtitle = t!("report.subtitle", unit = unit, days = days(scope.period), day = scope.today).into_owned();
    let font = form.font.clone().unwrap_or_else(|| word("report.font").to_owned());
    (title, subtitle, font)
}

/// One sheet of a scene by itself, for example 走访记录.
fn one(scene: &Scene<'_>, form: &SheetForm) -> Sheet {
    let blocks = match form.kind.id {
        "summary" => summary::blocks(scene),
        // Who scored, who reviewed and who confirmed signs it.
        "assessment" => vec![Block::Table(table(scene, form)), summary::signatures(scene)],
        _ => vec![Block::Table(table(scene, form))],
    };
    Sheet { id: form.kind.id, title: sheet::title(form), blocks }
}

fn table(scene: &Scene<'_>, form: &SheetForm) -> Table {
    let columns = columns(form);
    let mut out = Vec::new();
    rows(scene, form.kind, &mut 0, &mut |row| out.push(picked(row, &columns)));
    let notes = vec![t!("report.rows", n = out.len()).into_owned()];
    Table { title: String::new(), columns: columns.into_iter().map(|(_, column)| column).collect(), rows: out, notes }
}

/// The cells of a row that its columns want.
pub(super) fn picked(mut row: sheet::Row, columns: &[(usize, super::Column)]) -> Vec<super::Cell> {
    columns.iter().map(|(at, _)| row.get_mut(*at).map(std::mem::take).unwrap_or_default()).collect()
}

/// From when to when.
fn days(period: Period) -> String {
    t!("report.days", from = period.first(), to = period.last()).into_owned()
}
