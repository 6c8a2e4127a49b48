//! What screens answer when they are asked whether a command can run.
use crate::{
    app::{Command, useless},
    words::t,
};

/// Nothing for a command that every list answers, or one of `own`; the sentence for any other.
pub(super) fn unless_known(command: Command, own: &[Command]) -> Option<String> {
    use Command::{Back, Down, End, Home, PageDown, PageUp, Quit, Up};
    let is_known =
        matches!(command, Up | Down | PageUp | PageDown | Home | End | Back | Quit) || own.contains(&command);
    (!is_known).then(|| useless(command))
}

/// Nothing where there is a row to open.
pub(super) fn unless_row(is_there: bool) -> Option<String> {
    (!is_there).then(|| t!("refusal.nothing_to_open").into_owned())
}

/// Nothing where something can be done.
pub(super) fn unless(is_so: bool, why: impl FnOnce() -> std::borrow::Cow<'static, str>) -> Option<String> {
    (!is_so).then(|| why().into_owned())
}
