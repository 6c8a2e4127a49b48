//! Pack files to a [`Pack`], or everything that is wrong with them.
use super::{
    Pack, PackError, PackFiles,
    assessment::{Named, assessment},
    checklist::checklists,
    division::divisions,
    duties::duties,
    error::{Fault, Faults},
    grids::grids,
    keys,
    names::names,
    node::nodes,
    option::options,
    refer,
    report::report,
    row::Row,
    rule::rules,
    syntax::tables,
    warn::warn,
};
use crate::grid::{
    calendar::Calendar,
    duty::{Entry, KINDS},
    record,
};
use crate::words::t;

impl Pack {
    /// Reads and checks a pack's files.
    ///
    /// # Errors
    /// Everything that is wrong, each with file, line, key and what would be right.
    pub fn parse(files: &PackFiles<'_>) -> Result<Pack, PackError> {
        Pack::parse_with(files, KINDS)
    }

    /// [`Pack::parse`] with the kinds of duties that there are.
    ///
    /// # Errors
    /// As [`Pack::parse`].
    pub fn parse_with(files: &PackFiles<'_>, kinds: &[Entry]) -> Result<Pack, PackError> {
        let mut all: Vec<Fault> = Vec::new();
        let in_pack = Faults::new("pack.toml", files.pack);
        let head =
            tables(files.pack, &in_pack).map(|file| head(&Row::top(file.get_ref(), &keys::PACK, &in_pack), files.id));
        let (head, assessed) = head.unzip();

        let faults = Faults::new("duties.toml", files.duties);
        let choices = head.as_ref().map(|head| head.options.clone());
        let rows = tables(files.duties, &faults).map(|file| {
            let top = Row::top(file.get_ref(), &keys::DUTIES, &faults);
            top.no_others(&[]);
            duties(&top, &choices, kinds)
        });
        if let Some(rows) = &rows {
            refer::assessed(rows, assessed.as_deref().unwrap_or_default(), &in_pack);
            refer::check(rows, head.as_ref().map(|head| head.checklists.as_slice()), &faults);
        }
        all.extend(in_pack.into_list());
        all.extend(faults.into_list());

        let faults = Faults::new("divisions.csv", files.divisions);
        let places = divisions(files.divisions, head.as_ref().map(|head| head.nodes.as_slice()), &faults);
        all.extend(faults.into_list());

        let calendar = Calendar::parse(files.holidays).map_err(|error| Fault {
            file: "holidays/cn.csv",
            line: error.line,
            key: t!("pack.line").into_owned(),
            what: t!("pack.holidays", text = error.text).into_owned(),
        });
        match (head, rows, calendar) {
            (Some(head), Some(rows), Ok(calendar)) if all.is_empty() => {
                Ok(Pack { duties: rows.duties, divisions: places, calendar, fingerprint: fingerprint(files), ..head })
            }
            (_, _, calendar) => {
                all.extend(calendar.err());
                Err(PackError { pack: files.id.to_owned(), faults: all })
            }
        }
    }
}

/// Reads `pack.toml`: a pack that has no duties and no places yet. What is wrong is noted, and something else stands there.
/// With it comes what its criteria name.
fn head(top: &Row<'_>, folder: &str) -> (Pack, Vec<Named>) {
    top.no_others(&[]);
    let [id, name, source] = ["id", "name", "source"].map(|key| top.text(key).unwrap_or_default());
    if !id.is_empty() && id != folder {
        top.fault("id", t!("pack.folder", id = id, folder = folder).into_owned());
    }
    let offset = top.text("utc_offset").and_then(|text| {
        let offset = offset(text);
        if offset.is_none() {
            top.fault("utc_offset", t!("pack.offset", text = text).into_owned());
        }
        offset
    });
    let options = options(top);
    let choices = Some(options.clone());
    let (grids, farm_grid) = grids(top);
    let (names, rules, report) = (names(top), rules(top), report(top));
    let (nodes, checklists) = (nodes(top, &choices), checklists(top, &choices));
    let (assessment, assessed) = assessment(top, &choices);
    let pack = Pack {
        id: id.to_owned(),
        name: name.to_owned(),
        source: source.to_owned(),
        utc_offset: offset.unwrap_or_default(),
        duties: Vec::new(),
        nodes,
        divisions: Vec::new(),
        checklists,
        calendar: Calendar::default(),
        grids,
        administer: administer(top),
        farm_grid,
        names,
        options,
        rules,
        assessment,
        report,
        warn: warn(top),
        fingerprint: [0; 32],
    };
    (pack, assessed)
}

/// Reads `[rights]`.
fn administer(top: &Row<'_>) -> u8 {
    let table = top.table("rights", &keys::RIGHTS);
    table.as_ref().inspect(|row| row.no_others(&[])).and_then(|row| row.whole("administer", 1..4)).unwrap_or(2) as u8
}

/// Reads `+08:00` as seconds east of UTC.
fn offset(text: &str) -> Option<i32> {
    let (sign, rest) = match text.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, text.strip_prefix('-')?),
    };
    let (hours, minutes) = rest.split_once(':').filter(|(h, m)| h.len() == 2 && m.len() == 2)?;
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let sane = (0..=14).contains(&hours) && (0..60).contains(&minutes);
    sane.then_some(sign * (hours * 3600 + minutes * 60))
}

/// Names the exact text. The state is also computed with the holidays and the forms.
fn fingerprint(files: &PackFiles<'_>) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    let forms: Vec<_> = record::FORMS.iter().map(|form| form.id).collect();
    for text in [files.pack, files.duties, files.divisions, files.holidays, &forms.join(" ")] {
        hasher.update(text.as_bytes()).update(&[0]);
    }
    *hasher.finalize().as_bytes()
}
