//! Spreadsheet rows to a roster (名单导入): xlsx and csv as they come out of Excel and WPS.
//!
//! Pure over bytes: whoever calls has read the file and shows the progress. [`read`] gives a [`Roster`] in which every
//! row has passed every check that needs no store, or all errors at once and no rows. What is new against a store, what
//! is a correction and which grid fits is decided above.
//!
//! The way of a row: `xlsx` or `delimited` hand over rows of cells, `intake` finds the header
//! (`header`), fills what merged cells span (`merge`) and checks each row (`check`).
mod cell;
mod check;
mod clean;
mod decode;
mod delimited;
mod error;
mod header;
mod intake;
mod kind;
mod merge;
mod roster;
mod split;
mod write;
mod xlsx;

pub use error::{Place, RowError};
pub use roster::{Roster, RosterRow};
pub use write::{COLUMNS, to_csv};

use crate::grid::code::division::Divisions;
use intake::Intake;
use kind::Kind;

/// The longest file that is read, in bytes; a roster of 100,000 units has about 10 MB.
pub const LONGEST_FILE: usize = 32 * 1024 * 1024;

/// The most units one file may hold.
pub const MOST_ROWS: usize = 200_000;

/// Reads a roster from the bytes of an xlsx or csv file; `file_name` names a csv's only sheet in the messages.
///
/// `divisions` are the codes a unit may lie in. `progress(done, total)` counts rows, is called every few hundred of them
/// and at the end; the total is an estimate until then. On any error the result holds all of them, in the order of the
/// file, and nothing else.
pub fn read(
    bytes: &[u8],
    file_name: &str,
    divisions: &Divisions,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Roster, Vec<RowError>> {
    let mut intake = Intake::new(divisions, progress);
    let fed = match kind::of(bytes) {
        Ok(Kind::Xlsx) => xlsx::feed(bytes, &mut intake),
        Ok(Kind::Delimited(text)) => delimited::feed(&text, sheet_name(file_name), &mut intake),
        Err(error) => Err(error),
    };
    if let Err(error) = fed {
        intake.refuse(error);
    }
    intake.finish()
}

/// The rows of a csv that this program wrote, the heading first; a row whose quotes don't pair up ends them.
pub fn rows(text: &str) -> Vec<Vec<String>> {
    let mut rows = split::Rows::new(text.trim_start_matches('\u{feff}'), ',');
    let (mut out, mut fields) = (Vec::new(), Vec::new());
    while let Ok(Some(_)) = rows.next(&mut fields) {
        out.push(std::mem::take(&mut fields));
    }
    out
}

/// What Excel calls the only sheet of a csv: the file's name without folders and ending.
fn sheet_name(file_name: &str) -> &str {
    let base = file_name.rsplit(['/', '\\']).next().unwrap_or(file_name);
    base.rsplit_once('.').map_or(base, |(stem, _)| stem)
}
