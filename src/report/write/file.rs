//! A file that is there as a whole or not at all.
use std::{
    ffi::OsString,
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

/// Writes a file beside its place and puts it there when it is whole; what was there before stays until then.
///
/// # Errors
/// What `fill` says, or the disk.
pub fn save<T, E: From<io::Error>>(
    path: &Path,
    fill: impl FnOnce(&mut BufWriter<File>) -> Result<T, E>,
) -> Result<T, E> {
    let part = beside(path);
    let filled = write(&part, fill);
    if filled.is_err() {
        // The first error is the one that is told.
        let _ = fs::remove_file(&part);
    }
    let done = filled?;
    fs::rename(&part, path)?;
    Ok(done)
}

fn write<T, E: From<io::Error>>(part: &Path, fill: impl FnOnce(&mut BufWriter<File>) -> Result<T, E>) -> Result<T, E> {
    let mut out = BufWriter::new(File::create(part)?);
    let done = fill(&mut out)?;
    out.flush()?;
    out.get_ref().sync_all()?;
    Ok(done)
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.file_name().map_or_else(OsString::new, OsString::from);
    name.push(".part");
    path.with_file_name(name)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_leaves_what_was_there() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("月报.txt");
        save(&path, |out| out.write_all(b"one")).unwrap();
        let failed: io::Result<()> = save(&path, |out| {
            out.write_all(b"two")?;
            Err(io::Error::other("no"))
        });
        assert!(failed.is_err());
        assert_eq!(fs::read(&path).unwrap(), b"one");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
