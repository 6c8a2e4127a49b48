//! The period pack (月报、季报、年报): every sheet that the pack's `[report]` wants, from one [`Scene`].
use super::{Block, Cell, Column, Document, Note, Rows, Scene, Scope, Sheet, Table, columns, rows, sheet, summary};
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

/// The whole pack of a scene. Its long tables are reckoned only when they are written.
pub fn period_pack<'s>(scene: &'s Scene<'_>) -> Document<'s> {
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
fn one<'s>(scene: &'s Scene<'_>, form: &SheetForm) -> Sheet<'s> {
    let blocks = match form.kind.id {
        "summary" => summary::blocks(scene),
        "assessment" => {
            // What has several parts must know how high each is. Who scored, who reviewed and who confirmed signs it.
            let table = table(scene, form);
            vec![Block::Table(Table { rows: table.rows.at_hand(), ..table }), summary::signatures(scene)]
        }
        _ => vec![Block::Table(table(scene, form))],
    };
    Sheet { id: form.kind.id, title: sheet::title(form), blocks }
}

fn table<'s>(scene: &'s Scene<'_>, form: &SheetForm) -> Table<'s> {
    let (kind, picks) = (form.kind, columns(form));
    let columns = picks.iter().map(|(_, column)| column.clone()).collect();
    let each = move |take: &mut dyn FnMut(&[Cell])| rows(scene, kind, &mut 0, &mut |row| take(&picked(row, &picks)));
    Table { title: String::new(), columns, rows: Rows::reckoned(each), notes: vec![Note::Rows] }
}

/// The cells of a row that its columns want.
pub(super) fn picked(mut row: sheet::Row, columns: &[(usize, Column)]) -> Vec<Cell> {
    columns.iter().map(|(at, _)| row.get_mut(*at).map(std::mem::take).unwrap_or_default()).collect()
}

/// From when to when.
fn days(period: Period) -> String {
    t!("report.days", from = period.first(), to = period.last()).into_owned()
}
