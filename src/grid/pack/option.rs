//! Options: where the policy's text contradicts itself, the pack says so and lets the county choose.
use super::{keys, row::Row};
use crate::words::{t, word};

/// An option of the pack (`[[option]]`); rows with `when = "id=value"` are there only while it has that value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackOption {
    /// The id that rows use.
    pub id: String,
    /// What is chosen.
    pub value: String,
    /// What can be chosen.
    pub values: Vec<String>,
    /// Why there is a choice, and what each value means.
    pub note: String,
}

/// The condition of a row: an option has this value.
pub(super) type When<'a> = Option<(&'a str, &'a str)>;

/// The options as rows ask for them; none where they could not be read.
pub(super) type Options = Option<Vec<PackOption>>;

/// Reads `[[option]]`.
pub(super) fn options(top: &Row<'_>) -> Vec<PackOption> {
    let mut seen = Seen::default();
    let rows = top.rows("option", &keys::OPTION);
    rows.iter().map(|row| option(row, &mut seen)).collect()
}

/// Reads one option; what is wrong with it is noted, and something else stands there.
fn option<'a>(row: &Row<'a>, seen: &mut Seen<'a>) -> PackOption {
    row.no_others(&[]);
    let id = seen.id(row, None);
    let (value, note) = (row.text("value"), row.text("note"));
    let values: Vec<String> = row.texts("values").into_iter().map(|(text, _)| text.to_owned()).collect();
    if row.has("values") && values.len() < 2 {
        row.fault("values", word("pack.option.two_values"));
    } else if let Some(value) = value.filter(|value| row.has("values") && !values.iter().any(|one| one == value)) {
        row.fault(
            "value",
            t!("pack.option.no_such_value", value = value, known = values.join(word("word.list"))).into_owned(),
        );
    }
    let [id, value, note] = [id, value, note].map(|text| text.unwrap_or_default().to_owned());
    PackOption { id, value, values, note }
}

/// Reads a row's `when`; says what it asks for, and whether the row is there.
pub(super) fn when<'a>(row: &Row<'a>, options: &Options) -> (When<'a>, bool) {
    let Some(text) = row.text("when") else { return (None, !row.has("when")) };
    let wrong = |what: String| {
        row.fault("when", what);
        // Who knows what was meant: it excludes every other row, so that nothing is said to be there twice.
        (Some(("", text)), false)
    };
    let Some((id, value)) = text.split_once('=') else {
        return wrong(t!("pack.option.when", text = text).into_owned());
    };
    let Some(options) = options else { return (Some((id, value)), true) };
    match options.iter().find(|option| option.id == id) {
        None => {
            let known: Vec<_> = options.iter().map(|option| option.id.as_str()).collect();
            let known =
                if known.is_empty() { t!("pack.option.none").into_owned() } else { known.join(word("word.list")) };
            wrong(t!("pack.option.unknown", id = id, known = known).into_owned())
        }
        Some(option) if !option.values.iter().any(|one| one == value) => wrong(
            t!("pack.option.no_value", id = id, value = value, known = option.values.join(word("word.list")))
                .into_owned(),
        ),
        Some(option) => (Some((id, value)), option.value == value),
    }
}

/// Whether two rows are never there together.
fn exclude(one: When<'_>, other: When<'_>) -> bool {
    let (Some((a, x)), Some((b, y))) = (one, other) else {
        return [one, other].iter().any(|when| when.is_some_and(|(option, _)| option.is_empty()));
    };
    a.is_empty() || b.is_empty() || (a == b && x != y)
}

/// The ids of the rows so far, each with what its row asks for.
#[derive(Debug, Default)]
pub(super) struct Seen<'a>(Vec<(&'a str, When<'a>)>);

impl<'a> Seen<'a> {
    /// Reads a row's `id`; notes one that another row has that can be there at the same time.
    pub(super) fn id(&mut self, row: &Row<'a>, asked: When<'a>) -> Option<&'a str> {
        let id = row.text("id")?;
        if self.0.iter().any(|(one, when)| *one == id && !exclude(asked, *when)) {
            row.fault("id", t!("pack.option.same_id", id = id).into_owned());
        }
        self.0.push((id, asked));
        Some(id)
    }

    /// Whether a row so far has this id.
    pub(super) fn has(&self, id: &str) -> bool {
        self.0.iter().any(|(one, _)| *one == id)
    }
}
