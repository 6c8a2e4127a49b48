//! A report that somebody asks for at the desk: what it is, what its file is called, and how it gets there.
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::NaiveDate;

use super::{
    ExportError, Listing, Scope, Then, Viewer, gather, period_pack, seal, sheet, title_kind, to_csv, to_xlsx,
    write::{Charset, Format, save, write},
};
use crate::{
    grid::{calendar::Period, decide::Actor, org::NodeIx, pack::SheetKind, state::State},
    log::Log,
    words::t,
};

/// A report, of which node and period, in which format.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// The node.
    pub node: NodeIx,
    /// The period.
    pub period: Period,
    /// What is told.
    pub what: What,
}

/// What a report tells, with the formats that it can have.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// The whole pack.
    Pack(Format),
    /// One table.
    Table(&'static SheetKind, Ending),
    /// What a screen lists.
    Listing(Arc<Listing>, Ending),
}

/// The formats of one table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// A spreadsheet.
    Xlsx,
    /// csv.
    Csv(Charset),
}

impl Ending {
    /// All of them.
    pub const ALL: [Ending; 3] = [Ending::Xlsx, Ending::Csv(Charset::Utf8), Ending::Csv(Charset::Gbk)];
}

/// A report that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Where.
    pub path: PathBuf,
    /// How many rows it has.
    pub rows: u64,
    /// How many characters GBK does not have.
    pub lost: u64,
}

impl What {
    /// The ending of its file.
    fn ending(&self) -> &'static str {
        match self {
            What::Pack(Format::Xlsx) | What::Table(_, Ending::Xlsx) | What::Listing(_, Ending::Xlsx) => "xlsx",
            What::Pack(Format::Html) => "html",
            What::Pack(Format::Text) => "txt",
            What::Table(..) | What::Listing(..) => "csv",
        }
    }
}

impl Job {
    /// What people call it, for example 月报 or 走访记录.
    pub fn name(&self, state: &State) -> String {
        match &self.what {
            What::Pack(_) => title_kind(self.period.cadence).unwrap_or_default(),
            What::Table(kind, _) => sheet::title(&state.pack().report.sheet(kind)),
            What::Listing(listing, _) => listing.name.clone(),
        }
    }

    /// The name of its file, without the ending.
    fn stem(&self, state: &State, today: NaiveDate) -> String {
        let (node, what) = (state.org().full_name(self.node), self.name(state));
        let stem = match &self.what {
            What::Listing(..) => t!("report.file_listed", node = node, what = what, day = today),
            _ => t!("report.file", node = node, period = self.period.label(), what = what),
        };
        plain(&stem)
    }

    /// Writes it into a folder, under a name that no file there has; `store` is where the ledger lies.
    ///
    /// # Errors
    /// Those of the log and the disk.
    pub fn write(
        &self,
        (state, actor): (&State, &Actor),
        log: &dyn Log,
        (store, now_ms): (&Path, i64),
        folder: &Path,
    ) -> Result<Written, ExportError> {
        let path = free(folder, &self.stem(state, actor.today), self.what.ending());
        let then = match &self.what {
            What::Listing(..) => None,
            _ => Some(Then::at_end(state, log, (self.node, self.period), actor.today)?),
        };
        let scope = || match &then {
            Some(then) => then.scope(self.period, actor),
            None => Scope::new(state, self.node, self.period, actor),
        };
        let exported = match &self.what {
            What::Pack(format) => {
                let scope = scope();
                let lines = seal(&scope, store, now_ms);
                let scene = gather(scope, log)?;
                let document = period_pack(&scene).sealed(lines);
                let rows = save(&path, |out| write(&document, *format, actor.today, out))?;
                let tables = document.sheets.iter().zip(rows).filter(|(sheet, _)| sheet.is_table());
                let rows = tables.map(|(_, rows)| rows).sum();
                super::Exported { rows, lost: 0, unread: 0 }
            }
            What::Table(kind, ending) => save(&path, |out| match ending {
                Ending::Xlsx => to_xlsx(&scope(), log, kind, out),
                Ending::Csv(charset) => to_csv(&scope(), log, kind, *charset, out),
            })?,
            What::Listing(listing, ending) => {
                let viewer = Viewer::new(state, listing.node, actor);
                save(&path, |out| match ending {
                    Ending::Xlsx => listing.to_xlsx(&viewer, log, out),
                    Ending::Csv(charset) => listing.to_csv(&viewer, log, *charset, out),
                })?
            }
        };
        Ok(Written { path, rows: exported.rows, lost: exported.lost })
    }
}

/// A name without what files can't be called.
fn plain(name: &str) -> String {
    let is_bad = |c: char| "/\\:*?\"<>|".contains(c) || c.is_control();
    name.chars().map(|c| if is_bad(c) { '-' } else { c }).filter(|c| *c != ' ').collect()
}

/// A file that is not there yet.
fn free(folder: &Path, stem: &str, ending: &str) -> PathBuf {
    let named = |n: u32| match n {
        1 => folder.join(format!("{stem}.{ending}")),
        n => folder.join(format!("{stem}-{n}.{ending}")),
    };
    (1..).map(named).find(|path| !path.exists()).unwrap_or_else(|| named(1))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_there_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let stem = plain("兰江街道 工业/第1网格 月报");
        assert_eq!(stem, "兰江街道工业-第1网格月报");
        let first = free(dir.path(), &stem, "xlsx");
        std::fs::write(&first, "x").unwrap();
        let second = free(dir.path(), &stem, "xlsx");
        assert_eq!(second.file_name().unwrap().to_str().unwrap(), "兰江街道工业-第1网格月报-2.xlsx");
    }
}
