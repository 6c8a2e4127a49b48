//! Plays sessions.
use std::{fs, path::Path, time::Duration};

use super::{
    script::{Script, Size, Step},
    stores,
};
use crate::pty::{Frame, Home, Launch, Terminal};

/// A frame is taken when the screen has been at rest for this long.
const REST: Duration = Duration::from_millis(400);
/// A frame that was waited for must still stand after this long without a byte.
const STANDS: Duration = Duration::from_millis(30);

/// What to do with frames.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The screen must become what the file says.
    Check,
    /// The file will say what the screen shows.
    Update,
}

/// The frames that a session showed, by the line of their step.
pub type Shown = Vec<(usize, Vec<String>)>;

/// Plays `script` at one size in an empty home; `launch` makes a start of the arguments of a `$` step.
pub fn play(
    script: &Script,
    size: Size,
    mode: Mode,
    launch: impl Fn(&Home, &[&str]) -> Launch,
) -> Result<Shown, String> {
    let home = home(script)?;
    let mut running: Option<Terminal> = None;
    let mut shown = Shown::new();
    for (line, step) in script.steps() {
        let at = |what: String| format!("{}.txt:{line} at {size}: {what}", script.name);
        if let Step::Start(args) = step {
            let args: Vec<&str> = args.iter().map(String::as_str).collect();
            running = Some(with_env(script, launch(&home, &args)).size(size.0, size.1).start());
            continue;
        }
        if let Step::Beside(args) = step {
            beside(script, launch(&home, &args.iter().map(String::as_str).collect::<Vec<_>>())).map_err(at)?;
            continue;
        }
        let terminal = running.as_mut().ok_or_else(|| at("nothing runs: a `$` step comes first".into()))?;
        match step {
            Step::Frame(_, _) if mode == Mode::Update => {
                terminal.settle(REST);
                shown.push((line, terminal.frame().lines()));
            }
            Step::Frame(name, frames) => {
                let wanted = frames.get(&size).ok_or_else(|| at(format!("`{name}` has no frame of this size")))?;
                await_frame(terminal, wanted).map_err(at)?;
                shown.push((line, wanted.clone()));
            }
            step => take(terminal, step).map_err(at)?,
        }
    }
    Ok(shown)
}

/// Does something beside what runs in the terminal: what somebody else records.
fn beside(script: &Script, start: Launch) -> Result<(), String> {
    let output = with_env(script, start).command().output().map_err(|e| e.to_string())?;
    let said = || String::from_utf8_lossy(&output.stderr).into_owned();
    if output.status.success() { Ok(()) } else { Err(format!("it was not done: {}", said())) }
}

/// A home with the session's files, and its store.
pub fn home(script: &Script) -> Result<Home, String> {
    let home = Home::new();
    for file in &script.files {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        let name = path.file_name().ok_or_else(|| format!("{}.txt: `{file}` has no name", script.name))?;
        fs::copy(&path, home.path().join(name)).map_err(|e| format!("{}.txt: `{file}`: {e}", script.name))?;
    }
    if let Some(store) = &script.store {
        stores::make(store, home.path()).map_err(|why| format!("{}.txt: {why}", script.name))?;
    }
    Ok(home)
}

/// The start with the session's variables.
pub fn with_env(script: &Script, start: Launch) -> Launch {
    script.env.iter().fold(start, |start, (key, value)| start.env(key, value))
}

/// Takes any step but a start and a frame.
pub fn take(terminal: &mut Terminal, step: &Step) -> Result<(), String> {
    match step {
        Step::Keys(keys) => terminal.keys(keys),
        Step::Text(text) => terminal.keys(&format!("text:{text}")),
        Step::Shows(text) => {
            let shown = terminal.try_wait(|frame| frame.shows(text));
            shown.map_err(|frame| format!("the screen never showed `{text}`; on it:\n{frame}"))?;
        }
        Step::Hides(text) => {
            let hidden = terminal.try_wait(|frame| !frame.shows(text));
            hidden.map_err(|frame| format!("`{text}` stays on the screen:\n{frame}"))?;
        }
        Step::End(code) => {
            let exit = terminal.wait_exit();
            let left = terminal.left_behind();
            if exit.code != *code || exit.signal.is_some() || !left.is_empty() {
                return Err(format!("ended with {exit:?}, wanted status {code}; left behind: {left:?}"));
            }
        }
        Step::Start(_) | Step::Beside(_) | Step::Frame(..) | Step::Count(_) => {}
    }
    Ok(())
}

/// Waits until exactly these rows stand on the screen, and stay.
fn await_frame(terminal: &mut Terminal, wanted: &[String]) -> Result<(), String> {
    let is_wanted = |frame: &Frame| frame.lines() == wanted;
    let found = terminal.try_wait(is_wanted).map_err(|frame| difference(wanted, &frame));
    found?;
    terminal.settle(STANDS);
    let after = terminal.frame();
    if is_wanted(&after) { Ok(()) } else { Err(difference(wanted, &after)) }
}

/// The rows of which one is wanted (`-`) and another one stands there (`+`).
fn difference(wanted: &[String], frame: &Frame) -> String {
    let found = frame.lines();
    let mut text = String::from("the screen is another one (UPDATE_SESSIONS=1 takes it over):\n");
    for row in 0..wanted.len().max(found.len()) {
        match (wanted.get(row), found.get(row)) {
            (Some(a), Some(b)) if a == b => text += &format!("  {a}\n"),
            (a, b) => {
                text += &a.map_or(String::new(), |a| format!("- {a}\n"));
                text += &b.map_or(String::new(), |b| format!("+ {b}\n"));
            }
        }
    }
    text
}
