//! Where a table goes: `-o FILE.xlsx` or `-o FILE.csv [--gbk]`, the same for every subcommand that prints one.
use std::{
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::Args as ClapArgs;

use super::Failure;
use crate::{
    grid::pack::SheetKind,
    log::{Log, LogError},
    report::{
        Ending, ExportError, Exported, Listing, Scope, Take, Viewer, to_book, to_csv, to_xlsx,
        write::{Charset, save},
    },
    words::{t, word},
};

/// The file that a table is written to; without one it is printed.
#[derive(Debug, ClapArgs)]
pub(crate) struct To {
    #[arg(short, long, value_name = word("cli.value.file"), help = word("cli.help.table_file"), conflicts_with = "json")]
    pub output: Option<PathBuf>,
    #[arg(long, help = word("cli.help.gbk"), requires = "output")]
    pub gbk: bool,
}

impl To {
    /// The file with its format, where one is named.
    pub(super) fn file(&self) -> Result<Option<File<'_>>, Failure> {
        self.output.as_deref().map(|path| File::named(path, self.gbk)).transpose()
    }

    /// The file of a subcommand that prints a table unless it has something else to do, which has none.
    pub(super) fn for_list(&self, does: bool) -> Result<Option<File<'_>>, Failure> {
        match (does, &self.output) {
            (true, Some(_)) => Err(Failure::said(word("cli.export.no_table"))),
            _ => self.file(),
        }
    }
}

/// A file for one table, or for several.
#[derive(Clone, Copy, Debug)]
pub(super) struct File<'a> {
    path: &'a Path,
    ending: Ending,
}

impl<'a> File<'a> {
    /// By its name, which says the format.
    pub(super) fn named(path: &'a Path, gbk: bool) -> Result<File<'a>, Failure> {
        let ends = |ending: &str| path.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending));
        let ending = match gbk {
            true if ends("csv") => Ending::Csv(Charset::Gbk),
            false if ends("csv") => Ending::Csv(Charset::Utf8),
            false if ends("xlsx") => Ending::Xlsx,
            _ => return Err(Failure::said(word("cli.export.table_format"))),
        };
        Ok(File { path, ending })
    }

    /// For csv, whatever its name.
    pub(super) fn csv(path: &'a Path, gbk: bool) -> File<'a> {
        File { path, ending: Ending::Csv(if gbk { Charset::Gbk } else { Charset::Utf8 }) }
    }

    /// Writes tables: one as it is; several as the sheets of a spreadsheet, or each as a csv of its own beside the others.
    /// Says how many rows they have and where they are.
    pub(super) fn write(
        self,
        viewer: &Viewer<'_>,
        log: &dyn Log,
        listings: &[Listing],
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        match (self.ending, listings) {
            (Ending::Xlsx, _) => {
                let written = save(self.path, |file| to_book(listings, viewer, log, file)).map_err(not_exported)?;
                if let [only] = written[..] {
                    return told(only, self.path, out);
                }
                let rows = written.iter().map(|one| one.rows).sum::<u64>();
                writeln!(out, "{}", t!("cli.export.table_done", n = rows, path = self.path.display()))?;
                for (listing, one) in listings.iter().zip(written) {
                    writeln!(out, "  {}", t!("cli.export.sheet", sheet = listing.name, n = one.rows))?;
                }
                Ok(())
            }
            (Ending::Csv(charset), [only]) => csv(self.path, charset, viewer, log, only, out),
            (Ending::Csv(charset), _) => listings
                .iter()
                .try_for_each(|listing| csv(&beside(self.path, &listing.name), charset, viewer, log, listing, out)),
        }
    }

    /// Writes the rows that `each` hands over, under a list's titles.
    pub(super) fn write_rows(
        self,
        viewer: &Viewer<'_>,
        listing: &Listing,
        each: impl FnOnce(Take<'_>) -> Result<u64, LogError>,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let written = save(self.path, |file| match self.ending {
            Ending::Xlsx => listing.rows_to_xlsx(viewer, file, each),
            Ending::Csv(charset) => listing.rows_to_csv(viewer, charset, file, each),
        });
        told(written.map_err(not_exported)?, self.path, out)
    }

    /// Writes a sheet of reports by itself.
    pub(super) fn write_sheet(
        self,
        scope: &Scope<'_>,
        log: &dyn Log,
        kind: &'static SheetKind,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let written = save(self.path, |file| match self.ending {
            Ending::Xlsx => to_xlsx(scope, log, kind, file),
            Ending::Csv(charset) => to_csv(scope, log, kind, charset, file),
        });
        told(written.map_err(not_exported)?, self.path, out)
    }
}

fn csv(
    path: &Path,
    charset: Charset,
    viewer: &Viewer<'_>,
    log: &dyn Log,
    listing: &Listing,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let written = save(path, |file| listing.to_csv(viewer, log, charset, file));
    told(written.map_err(not_exported)?, path, out)
}

/// The csv of one of several tables: `a.csv` becomes `a-TABLE.csv`.
fn beside(path: &Path, table: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let table: String = table.chars().filter(|c| !"/\\:*?\"<>| ".contains(*c) && !c.is_control()).collect();
    path.with_file_name(format!("{stem}-{table}.csv"))
}

/// A table on standard output: csv in UTF-8, nothing else. What a reader has to know goes to standard error.
pub(super) fn print(viewer: &Viewer<'_>, log: &dyn Log, listing: &Listing, out: &mut dyn Write) -> Result<(), Failure> {
    warned(listing.to_csv(viewer, log, Charset::Utf8, &mut *out).map_err(not_exported)?)
}

/// Says on standard error what a table that was printed does not hold.
pub(super) fn warned(exported: Exported) -> Result<(), Failure> {
    Ok(lacks(exported).try_for_each(|said| writeln!(io::stderr(), "{said}"))?)
}

/// Says how many rows were written and where they are.
fn told(exported: Exported, path: &Path, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(out, "{}", t!("cli.export.table_done", n = exported.rows, path = path.display()))?;
    Ok(lacks(exported).try_for_each(|said| writeln!(out, "{said}"))?)
}

/// What GBK could not say, and what this build can't read.
fn lacks(exported: Exported) -> impl Iterator<Item = String> {
    let Exported { lost, unread, .. } = exported;
    let lost = (lost > 0).then(|| t!("cli.export.lost", n = lost).into_owned());
    lost.into_iter().chain((unread > 0).then(|| t!("report.unread", n = unread).into_owned()))
}

/// Why a report was not written.
pub(super) fn not_exported(error: ExportError) -> Failure {
    match error {
        ExportError::Log(error) => error.into(),
        error => Failure::said(t!("cli.export.io", error = error.told())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_says_the_format() {
        let ending = |name: &str, gbk| File::named(Path::new(name), gbk).ok().map(|file| file.ending);
        assert_eq!(ending("a.XLSX", false), Some(Ending::Xlsx));
        assert_eq!(ending("甲.csv", false), Some(Ending::Csv(Charset::Utf8)));
        assert_eq!(ending("甲.csv", true), Some(Ending::Csv(Charset::Gbk)));
        assert_eq!((ending("a.xlsx", true), ending("a.txt", false), ending("csv", false)), (None, None, None));
        assert_eq!(beside(Path::new("x/方案.csv"), "调整/ 企业"), Path::new("x/方案-调整企业.csv"));
    }
}
