//! What the operating system reports, in the reader's words: its own are English, whatever language is spoken.
use std::{
    borrow::Cow,
    fmt,
    io::{self, ErrorKind},
};

use crate::words::t;

/// The line or the device failed, under every Unix.
const EIO: i32 = 5;
/// Too many files are open, in the process and in the system.
const EMFILE: i32 = 24;
const ENFILE: i32 = 23;

/// What went wrong, as a part of a sentence: `没有这个文件或文件夹`. What is not known by name is told by its number; an
/// error that brought words of its own keeps them.
pub fn of(error: &io::Error) -> Cow<'static, str> {
    Fault::from(error).words()
}

/// What the operating system reported, to be told later and elsewhere: whoever reads it may read another language than is
/// spoken where it happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    kind: ErrorKind,
    code: Option<i32>,
    own: Option<String>,
}

impl From<&io::Error> for Fault {
    fn from(error: &io::Error) -> Fault {
        Fault { kind: error.kind(), code: error.raw_os_error(), own: error.get_ref().map(ToString::to_string) }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words())
    }
}

impl Fault {
    /// See [`of`].
    fn words(&self) -> Cow<'static, str> {
        match &self.own {
            Some(own) => Cow::Owned(own.clone()),
            None => named(self.kind, self.code),
        }
    }
}

fn named(kind: ErrorKind, code: Option<i32>) -> Cow<'static, str> {
    match kind {
        ErrorKind::NotFound => t!("fault.not_found"),
        ErrorKind::PermissionDenied => t!("fault.no_permission"),
        ErrorKind::AlreadyExists => t!("fault.exists"),
        ErrorKind::IsADirectory => t!("fault.is_folder"),
        ErrorKind::NotADirectory => t!("fault.no_folder"),
        ErrorKind::DirectoryNotEmpty => t!("fault.folder_not_empty"),
        ErrorKind::ReadOnlyFilesystem => t!("fault.read_only"),
        ErrorKind::StorageFull => t!("fault.full"),
        ErrorKind::QuotaExceeded => t!("fault.quota"),
        ErrorKind::FileTooLarge => t!("fault.too_large"),
        ErrorKind::InvalidFilename => t!("fault.bad_name"),
        ErrorKind::InvalidData => t!("fault.unreadable"),
        ErrorKind::UnexpectedEof => t!("fault.cut_short"),
        ErrorKind::ResourceBusy | ErrorKind::WouldBlock | ErrorKind::ExecutableFileBusy => t!("fault.busy"),
        ErrorKind::BrokenPipe => t!("fault.nobody_reads"),
        ErrorKind::TimedOut => t!("fault.too_slow"),
        ErrorKind::StaleNetworkFileHandle => t!("fault.stale"),
        ErrorKind::OutOfMemory => t!("fault.memory"),
        _ => match code {
            Some(EIO) => t!("fault.device"),
            Some(EMFILE | ENFILE) => t!("fault.too_many_files"),
            Some(code) => t!("fault.number", code = code),
            None => Cow::Owned(kind.to_string()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_system_reports_is_told_without_a_word_of_its_english() {
        for (code, words) in [
            (2, "没有这个文件或文件夹"),
            (13, "没有权限"),
            (28, "磁盘满了"),
            (30, "只能读，不能写"),
            (5, "硬件或线路出了故障"),
            (24, "打开的文件太多"),
            (999, "系统错误 999"),
        ] {
            assert_eq!(of(&io::Error::from_raw_os_error(code)), words, "{code}");
        }
        assert_eq!(of(&ErrorKind::UnexpectedEof.into()), "内容不全");
        assert_eq!(of(&io::Error::other("日志不连续")), "日志不连续");
    }
}
