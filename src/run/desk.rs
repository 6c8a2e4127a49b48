//! The loop: input -> update -> effects -> draw.
mod effects;
mod keys;
mod laptop;
mod prefer;
mod terminal;

use std::{
    io,
    path::PathBuf,
    time::{Duration, Instant},
};

use super::{
    Book, Clock, Files, Keyboard, ListFile, Preferences, Seat,
    drafts::{Drafts, Typed},
    effects::Desktop,
    pace::Pace,
};
use crate::{
    app::{App, Command, Context, Desk, Event, Keys, Message, Route},
    grid::calendar::Calendar,
    log::LogError,
    screen::{self, Shown, View},
    sync::upstream::synced_ms,
    term::{self, Found, Guard, Input, Painter, Pending, Probe, keymap::Way},
    ui::{Look, text::Ambiguous},
    words::{Language, fault, t, word},
};

/// A draft goes to disk after this pause in typing.
const TYPING_PAUSE: Duration = Duration::from_millis(400);
/// After this long without an answer the storage is said to be stuck.
const STUCK_AFTER: Duration = Duration::from_secs(2);

/// How the desk is to look and answer.
pub struct Options {
    /// What the person has set.
    pub prefs: Preferences,
    /// The keys.
    pub keyboard: Keyboard,
    /// The acting person, by id.
    pub person: Option<String>,
    /// The holidays.
    pub calendar: Calendar,
    /// How wide the terminal draws what clients disagree about; none asks the terminal.
    pub ambiguous: Option<Ambiguous>,
    /// Where the person's own files are.
    pub files: Files,
    /// What is to be said first, a sentence each.
    pub say: Vec<String>,
    /// Begin with the tour.
    pub tour: bool,
    /// How a laptop's server is reached: the program that does it, and the host, where that is named.
    pub server: (Vec<String>, Option<String>),
}

/// Why the loop ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Quit,
    Lost,
    /// The terminal does not read UTF-8: `中文` took so many cells.
    NotUtf8(u16),
}

/// Runs the desk over a book until somebody leaves or the link is lost; closes the book.
pub fn run(mut book: Book, clock: Clock, options: Options) -> Result<(), RunError> {
    let input = Input::open()?;
    let Options { prefs, files, keyboard, person, calendar, ambiguous, mut say, tour, server } = options;
    let (look, faults) = prefs.look(prefs.kept());
    say.extend(faults);
    let pack = book.state.pack().clone();
    let actor = book.seat.actor(&book.state, person, clock.today(pack.utc_offset));
    let known = !book.seat.lets("") || book.whose().is_some();
    let state = std::mem::replace(&mut book.state, crate::grid::state::State::new(pack));
    let mut desk = Desk::new(state, calendar, actor);
    desk.fixed_clock = clock.is_fixed();
    desk.known_by_login = known;
    desk.synced_ms = synced_ms(book.seat.dir());
    desk.settings.now = prefs.kept().clone();
    if tour {
        desk.begin_tour();
    }
    let notices: Vec<String> = say.into_iter().chain(std::mem::take(&mut book.notices)).collect();
    if !notices.is_empty() {
        desk.message = Some(Message::error(notices.join(word("word.also"))));
    }
    let mut app = App::new(desk, screen::open, &Route::Desk);
    app.set_keys(keyboard.map().clone());
    let (guard, folder) = (Guard::enter()?, book.folder().to_owned());
    let mut session = Session {
        desktop: Desktop::new(input.waker()),
        input,
        guard,
        app,
        book,
        clock,
        keyboard,
        keys_of: prefs.kept().keymap.clone(),
        look,
        painter: Painter::new(prefs.color()),
        pace: Pace::new(term::is_multiplexed()),
        probe: None,
        prefs,
        shown: Shown::default(),
        pending: Pending::default(),
        ways: Vec::new(),
        drafts: Drafts::open(&folder),
        typed: Typed::of(&folder),
        lists: None,
        reports: files.reports(),
        pause: None,
        sent: None,
        files: files.clone(),
        server,
        syncing: false,
        dirty: true,
    };
    session.measure(ambiguous)?;
    session.offer_draft();
    session.draw()?;
    session.desktop.listen(&session.book);
    session.meet_others(&files);
    session.settle_in()?;
    session.read_names(&files);
    session.draw()?;
    let ended = session.turn_until_end();
    session.finish(ended)
}

/// What ends the desk with an error.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The terminal.
    #[error("{}", t!("terminal.failed", why = fault::of(.0)))]
    Terminal(#[from] io::Error),
    /// The terminal does not read UTF-8: two hanzi took so many cells.
    #[error("{}", term::Found::NotUtf8(*.0).complaint(Language::En))]
    NotUtf8(u16),
    /// The store.
    #[error("{0}")]
    Log(#[from] LogError),
}

struct Session {
    desktop: Desktop,
    input: Input,
    guard: Guard,
    app: App<dyn View>,
    book: Book,
    clock: Clock,
    prefs: Preferences,
    keyboard: Keyboard,
    /// The keymap's name.
    keys_of: String,
    look: Look,
    painter: Painter,
    pace: Pace,
    /// The question how wide the terminal draws, while it is out.
    probe: Option<Probe>,
    /// What the last frame left beside its cells.
    shown: Shown,
    pending: Pending,
    /// The keys that go on from what is pending.
    ways: Vec<Way>,
    drafts: Drafts,
    typed: Typed,
    /// The file of the working lists, once it was read.
    lists: Option<ListFile>,
    /// The folder for reports.
    reports: PathBuf,
    /// When the draft is due on disk.
    pause: Option<Instant>,
    /// When the record that is under way is overdue.
    sent: Option<Instant>,
    files: Files,
    server: (Vec<String>, Option<String>),
    /// Whether a sync is under way.
    syncing: bool,
    dirty: bool,
}

#[expect(clippy::disallowed_methods, reason = "the loop measures spans")]
fn after(span: Duration) -> Instant {
    Instant::now() + span
}

impl Session {
    fn turn_until_end(&mut self) -> Result<End, RunError> {
        let midnight = || after(Duration::from_millis(self.clock.until_midnight(self.app.desk.pack().utc_offset)));
        let mut next_day = (!self.clock.is_fixed()).then(midnight);
        loop {
            let frame = self.dirty.then(|| self.pace.until(after(Duration::ZERO))).flatten();
            let behind = self.app.is_behind().then(|| after(Duration::ZERO));
            let deadline = [self.pause, self.sent, next_day, behind, frame].into_iter().flatten().min();
            let event = self.input.next(deadline)?;
            if let Some(end) = self.take(event)? {
                return Ok(end);
            }
            if behind.is_some()
                && let Some(effects) = self.app.index()
            {
                self.dirty = true;
                self.carry_out(effects)?;
            }
            if next_day.is_some_and(|at| after(Duration::ZERO) >= at) {
                self.app.desk.turn_to(self.clock.today(self.app.desk.pack().utc_offset));
                self.give(Event::Changed)?;
                let offset = self.app.desk.pack().utc_offset;
                next_day = Some(after(Duration::from_millis(self.clock.until_midnight(offset))));
            }
            self.draw()?;
        }
    }

    fn take(&mut self, event: term::Event) -> Result<Option<End>, RunError> {
        match event {
            term::Event::Key(key) => return self.key(key),
            term::Event::Mouse(pointer) => return self.point(pointer),
            term::Event::Paste(text) => return self.paste(text),
            term::Event::Woken => {
                for reply in self.desktop.replies() {
                    if let Some(end) = self.reply(reply)? {
                        return Ok(Some(end));
                    }
                }
            }
            term::Event::Resized => {
                self.painter.repaint();
                self.dirty = true;
            }
            term::Event::Continued => {
                self.guard.enter_again()?;
                self.painter.repaint();
                self.dirty = true;
            }
            term::Event::Terminate | term::Event::LinkLost => return Ok(Some(End::Lost)),
            term::Event::Deadline => self.deadline(),
            term::Event::Stop => return self.suspend(),
            term::Event::Answer => self.pace.answered(),
            term::Event::Cursor(row, column) => self.probe.iter_mut().for_each(|probe| probe.cursor(row, column)),
            term::Event::Attributes => {
                let found = self.probe.take().map(|probe| probe.stopped(after(Duration::ZERO)));
                return Ok(found.and_then(|found| self.measured(found)));
            }
        }
        Ok(None)
    }

    fn deadline(&mut self) {
        let now = after(Duration::ZERO);
        if self.pause.is_some_and(|at| now >= at) {
            self.drafts.flush();
            self.pause = None;
        }
        if self.sent.is_some_and(|at| now >= at) {
            self.sent = None;
            let what = match self.book.seat {
                Seat::Own { .. } => word("run.slow"),
                Seat::Window { .. } | Seat::Shared { .. } => word("run.slow_there"),
            };
            self.app.desk.message = Some(Message::error(what));
            self.dirty = true;
        }
    }

    fn say(&mut self, message: Message) -> Option<End> {
        self.app.desk.message = Some(message);
        self.dirty = true;
        None
    }

    fn give(&mut self, event: Event) -> Result<Option<End>, RunError> {
        let effects = self.app.event(event);
        self.dirty = true;
        self.carry_out(effects)
    }

    /// Reads the short names, the working lists and what was typed before, which the first frame does not need.
    fn read_names(&mut self, files: &Files) {
        let (aliases, mut faults) = files.aliases();
        let (file, lists, fault) = ListFile::open(files);
        faults.extend(fault);
        self.app.desk.memory = self.typed.memory();
        self.app.desk.names.set_aliases(aliases);
        self.app.desk.lists = lists;
        self.lists = Some(file);
        if !faults.is_empty() {
            self.say(Message::error(faults.join(word("word.also"))));
        }
    }

    /// Offers what was not saved last time; of what was put aside it only says that it is there.
    fn offer_draft(&mut self) {
        self.app.desk.drafts = self.drafts.all().to_vec();
        let left = self.app.desk.drafts.iter().any(|draft| !draft.aside);
        match self.app.desk.drafts.len() {
            0 => {}
            // The list reads nothing from the log, so there are no effects to carry out.
            _ if left => drop(self.app.show(&Route::Drafts)),
            n => {
                let key = self.keyboard.map().label(Context::Desk, Command::Drafts).unwrap_or_default();
                let said = self.app.desk.message.get_or_insert_with(|| Message::note(""));
                if said.text.is_empty() {
                    said.text = t!("drafts.waiting", n = n, key = key).into_owned();
                }
            }
        }
    }

    /// Saves the draft, gives the terminal back and closes the book, whatever happened.
    fn finish(mut self, ended: Result<End, RunError>) -> Result<(), RunError> {
        self.drafts.flush();
        if matches!(ended, Ok(End::Quit | End::NotUtf8(_))) {
            // Whatever comes of it, the desk is on its way out.
            let _ = self.hear_answers();
        }
        drop(self.guard);
        self.book.close_with(&self.app.desk.state)?;
        match ended {
            Ok(End::NotUtf8(cells)) => {
                term::send(&Found::NotUtf8(cells).complaint_in_gbk())?;
                Err(RunError::NotUtf8(cells))
            }
            // A terminal that is gone needs no message.
            Err(RunError::Terminal(_)) | Ok(_) => Ok(()),
            Err(error) => Err(error),
        }
    }
}
