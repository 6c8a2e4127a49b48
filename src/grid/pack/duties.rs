//! `duties.toml`: the rows, each read by what all duties have and by its kind.
use super::{
    Duty, Evidence, Recorded, Seat,
    evidence::{evidence, seats},
    keys,
    option::{Options, Seen, when},
    row::Row,
    words::SECTORS,
};
use crate::grid::{
    calendar::Cadence,
    duty::{Entry, Objection, Params, Reference},
    org::Sector,
};
use crate::words::{t, word};

/// What `duties.toml` holds.
#[derive(Default)]
pub(super) struct Rows {
    /// The duties that are there.
    pub duties: Vec<Duty>,
    /// The ids of the rows that are there, sound or not, each with its kind.
    pub ids: Vec<(String, String)>,
    /// What else of the pack the duties name, each with the place and the key where they do.
    pub refers: Vec<(Reference, usize, &'static str)>,
}

/// Most days of grace; working days count double, for weekends and holidays. Standings look back a little further
/// ([`crate::grid::standing`]).
const MOST_GRACE: i64 = 366;

/// Reads `[[duty]]`.
pub(super) fn duties(top: &Row<'_>, options: &Options, kinds: &[Entry]) -> Rows {
    let mut seen = Seen::default();
    let mut out = Rows::default();
    for row in top.rows("duty", &keys::DUTY) {
        let (asked, there) = when(&row, options);
        let id = seen.id(&row, asked);
        let mut refers = Vec::new();
        let duty = duty(&row, id, kinds, &mut refers);
        if there {
            let kind = row.peek("kind").unwrap_or_default();
            out.ids.extend(id.map(|id| (id.to_owned(), kind.to_owned())));
            out.duties.extend(duty);
            out.refers.extend(refers);
        }
    }
    out
}

/// Reads one row; none where something is wrong with it, which is noted.
fn duty(
    row: &Row<'_>,
    id: Option<&str>,
    kinds: &[Entry],
    refers: &mut Vec<(Reference, usize, &'static str)>,
) -> Option<Duty> {
    let [name, clause, cite, text, measure] =
        ["name", "clause", "cite", "text", "measure"].map(|key| row.text(key).map(str::to_owned));
    let (seats, except) = (seats(row), except(row));
    let cadence = row.word("cadence", &Cadence::ALL.map(|cadence| (cadence.key(), cadence)));
    let days = row.whole("grace_days", 0..MOST_GRACE + 1).unwrap_or(0);
    let workdays = row.whole("grace_workdays", 0..MOST_GRACE / 2 + 1).unwrap_or(0);
    if days + 2 * workdays > MOST_GRACE {
        let what = t!("pack.duty.grace", days = days + 2 * workdays, most = MOST_GRACE).into_owned();
        row.fault("grace_workdays", what);
    }
    let lead = lead(row, cadence);
    let (below, assumed) = (row.flag("below"), row.flag("assumed"));
    let names: Vec<_> = kinds.iter().map(|entry| (entry.name, entry)).collect();
    let Some(entry) = row.word("kind", &names) else {
        // Which keys are right depends on the kind.
        return None;
    };
    row.no_others(entry.params);
    let own = row.part(entry.params);
    let kind = match (entry.read)(&Params::new(&own)) {
        Ok(kind) => kind,
        Err(Objection { key, what }) => {
            let said = what.strip_prefix(&format!("{key} = ")).unwrap_or(&what);
            row.fault(key, said);
            return None;
        }
    };
    let evidence = evidence(row, kind.per_unit());
    refers.extend(kind.refers().into_iter().map(|to| place_of(row, entry, to)));
    let duty = Duty {
        id: id?.to_owned(),
        name: name?,
        clause: clause?,
        cite: cite?,
        text: text?,
        seats,
        except,
        cadence: cadence?,
        kind,
        evidence,
        below,
        measure: measure?,
        lead_days: lead?,
        grace_days: days as u64,
        grace_workdays: workdays as u32,
        assumed,
    };
    check_seats(row, entry, &duty);
    check_evidence(row, entry, &duty);
    Some(duty)
}

/// Reads `except`.
fn except(row: &Row<'_>) -> Vec<Sector> {
    let mut out = Vec::new();
    for (text, at) in row.texts("except") {
        match SECTORS.iter().find(|(word, _)| *word == text) {
            Some((_, sector)) => out.push(*sector),
            None => {
                let known: Vec<_> = SECTORS.iter().map(|(word, _)| *word).collect();
                row.fault_at(
                    at,
                    "except",
                    t!("pack.no_word", text = text, known = known.join(word("word.list"))).into_owned(),
                );
            }
        }
    }
    out
}

/// Reads `lead_days`: no longer than the cadence, or a duty would be due soon before its period begins.
fn lead(row: &Row<'_>, cadence: Option<Cadence>) -> Option<i64> {
    let most = cadence.map_or(366, |cadence| match cadence {
        Cadence::Month => 31,
        Cadence::TwoMonths => 62,
        Cadence::Quarter => 92,
        Cadence::HalfYear => 184,
        Cadence::Year => 366,
    });
    row.whole("lead_days", 0..most + 1)
}

/// Where a row names something else of the pack: the first of its kind's keys whose value holds the name.
fn place_of(row: &Row<'_>, entry: &Entry, to: Reference) -> (Reference, usize, &'static str) {
    let name = match &to {
        Reference::Duty(id) | Reference::Checklist(id) => id.as_str(),
    };
    let found = entry.params.iter().find_map(|param| Some((row.holds(param.key, name)?, param.key)));
    let (at, key) = found.unwrap_or((row.start(), "kind"));
    (to, at, key)
}

/// Whether the duty asks for anything where it hangs: units belong to 三级网格, and below those there are none.
fn check_seats(row: &Row<'_>, entry: &Entry, duty: &Duty) {
    let (per_unit, of_grids_below) = (duty.kind.per_unit(), duty.kind.adds_up());
    if per_unit && duty.seats.iter().any(|seat| seat.level != 3) {
        row.fault("on", t!("pack.duty.per_unit", kind = entry.name).into_owned());
    }
    if of_grids_below && duty.seats.iter().any(|seat| seat.level == 3) {
        row.fault("on", t!("pack.duty.below_grids", kind = entry.name).into_owned());
    }
}

/// Whether anything can close the duty: kinds that records feed need evidence, and it must be of a kind that is
/// recorded where the duty looks.
fn check_evidence(row: &Row<'_>, entry: &Entry, duty: &Duty) {
    if !entry.fed {
        if !duty.evidence.is_empty() {
            row.fault("evidence", t!("pack.duty.not_fed", kind = entry.name).into_owned());
        }
        return;
    }
    if duty.evidence.is_empty() {
        if !row.has("evidence") || row.is_empty_list("evidence") {
            row.fault("evidence", word("pack.duty.no_evidence"));
        }
        return;
    }
    let in_grids = |one: &Evidence| matches!(one.record, Recorded::Visit(_));
    let above = |seat: &Seat| seat.level != 3;
    if !duty.adds_up() && duty.evidence.iter().all(in_grids) && duty.seats.iter().any(above) {
        row.fault("below", word("pack.duty.visits_below"));
    }
}
