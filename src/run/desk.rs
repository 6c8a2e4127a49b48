//! The loop: input -> update -> effects -> draw.
mod terminal;

use std::{
    io,
    path::Path,
    time::{Duration, Instant},
};

use super::{
    Book, Clock, Files, Keyboard, ListFile, Preferences,
    drafts::{Drafts, Typed},
    effects::{Desktop, Reply},
    pace::Pace,
};
use crate::{
    app::{Act, App, Command, Context, Desk, Effect, Event, Keep, Keys, Message, Pointer, Prefs, Route},
    grid::{calendar::Calendar, decide::Actor},
    log::LogError,
    screen::{self, Shown, View},
    term::{self, Found, Guard, Input, Painter, Pending, Pressed, Probe, keymap::Way},
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
pub fn run(mut book: Book, dir: &Path, clock: Clock, options: Options) -> Result<(), RunError> {
    let input = Input::open()?;
    let Options { prefs, files, keyboard, person, calendar, ambiguous, mut say, tour } = options;
    let (look, faults) = prefs.look(prefs.kept());
    say.extend(faults);
    let pack = book.state.pack().clone();
    let actor = Actor { person, today: clock.today(pack.utc_offset) };
    let state = std::mem::replace(&mut book.state, crate::grid::state::State::new(pack));
    let mut desk = Desk::new(state, calendar, actor);
    desk.fixed_clock = clock.is_fixed();
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
    let guard = Guard::enter()?;
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
        drafts: Drafts::open(dir),
        typed: Typed::of(dir),
        lists: None,
        pause: None,
        sent: None,
        dirty: true,
    };
    session.measure(ambiguous)?;
    session.offer_draft();
    session.draw()?;
    session.desktop.listen(&session.book);
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
    /// When the draft is due on disk.
    pause: Option<Instant>,
    /// When the record that is under way is overdue.
    sent: Option<Instant>,
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
            term::Event::Paste(text) => return self.give(Event::Paste(text)),
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
            let what = word("run.slow");
            self.app.desk.message = Some(Message::error(what));
            self.dirty = true;
        }
    }

    fn key(&mut self, key: crate::app::Key) -> Result<Option<End>, RunError> {
        self.pace.pressed(after(Duration::ZERO));
        let said = self.look_at_keys();
        let end = self.press(key)?;
        if let Some(said) = said {
            self.say(Message::note(said));
        }
        Ok(end)
    }

    fn press(&mut self, key: crate::app::Key) -> Result<Option<End>, RunError> {
        let (context, typing) = (self.app.context(), self.app.takes_text());
        let keymap = self.keyboard.map();
        let pressed = match self.app.asks_keys() {
            true => keymap.ask(context, key),
            false => keymap.press(&mut self.pending, context, typing, key),
        };
        // The popup of the keys that go on has been answered, whatever by.
        self.dirty |= !std::mem::take(&mut self.ways).is_empty();
        match pressed {
            Pressed::Run(command) => self.give(Event::Command(command)),
            Pressed::Pending(ways) => {
                self.ways = ways;
                self.app.desk.message = None;
                self.dirty = true;
                Ok(None)
            }
            Pressed::Broken(keys) => Ok(self.say(Message::note(t!("which.unknown", keys = keys)))),
            Pressed::InputMethod => Ok(self.say(Message::note(t!("which.input_method")))),
            Pressed::None if typing => self.give(Event::Text(key)),
            Pressed::None => Ok(None),
        }
    }

    /// What can wait until the first frame is on the screen.
    fn settle_in(&mut self) -> Result<(), RunError> {
        self.app.desk.settings = self.prefs.settings();
        self.guard.listen_to_mouse(self.prefs.kept().mouse)?;
        Ok(())
    }

    /// Runs the command of the hint or tab that was clicked; everything else is the screen's.
    fn point(&mut self, pointer: Pointer) -> Result<Option<End>, RunError> {
        match self.shown.command_at(pointer.x, pointer.y).filter(|_| pointer.act == Act::Click) {
            Some(command) => self.give(Event::Command(command)),
            None => self.give(Event::Point(pointer)),
        }
    }

    /// Looks, answers and speaks from now on as these settings say.
    fn prefer(&mut self, prefs: &Prefs) -> Result<(), RunError> {
        prefs.lang.speak();
        let (look, faults) = self.prefs.look(prefs);
        self.look = look;
        let mut faults = faults;
        if *prefs.keymap != self.keys_of {
            let (keyboard, more) = self.prefs.keyboard(prefs);
            faults.extend(more);
            self.keys_of.clone_from(&prefs.keymap);
            self.keyboard = keyboard;
            self.app.set_keys(self.keyboard.map().clone());
            self.pending = Pending::default();
        }
        if !faults.is_empty() {
            self.app.desk.message = Some(Message::error(faults.join(word("word.also"))));
        }
        self.guard.listen_to_mouse(prefs.mouse)?;
        Ok(())
    }

    fn keep(&mut self, what: &Keep) {
        let kept = self.prefs.keep(what);
        let said = match (kept, what) {
            (Err(error), _) => Message::error(error.to_string()),
            (Ok(_), Keep::Toured) => return,
            (Ok(file), _) => Message::done(t!("settings.kept", file = file)),
        };
        self.app.desk.message = Some(said);
    }

    fn say(&mut self, message: Message) -> Option<End> {
        self.app.desk.message = Some(message);
        self.dirty = true;
        None
    }

    /// Takes over the person's own keys where their file has changed; returns what is to be said of it.
    fn look_at_keys(&mut self) -> Option<String> {
        let said = self.keyboard.look(after(Duration::ZERO))?;
        self.app.set_keys(self.keyboard.map().clone());
        self.pending = Pending::default();
        Some(said)
    }

    fn give(&mut self, event: Event) -> Result<Option<End>, RunError> {
        let effects = self.app.event(event);
        self.dirty = true;
        self.carry_out(effects)
    }

    fn reply(&mut self, reply: Reply) -> Result<Option<End>, RunError> {
        self.dirty = true;
        let effects = match reply {
            Reply::Saved(facts, position) => {
                self.sent = None;
                self.book.grown_to(position);
                let effects = self.app.saved(Ok(facts));
                self.book.checkpoint(&self.app.desk.state);
                effects
            }
            Reply::Failed(sentence, head) => {
                self.sent = None;
                self.book.unseal(head);
                self.app.saved(Err(sentence))
            }
            Reply::Rows(rows) => self.app.rows(rows),
            Reply::Notice(sentence) => {
                self.app.desk.message = Some(Message::note(sentence));
                Vec::new()
            }
        };
        self.carry_out(effects)
    }

    fn carry_out(&mut self, effects: Vec<Effect>) -> Result<Option<End>, RunError> {
        for effect in effects {
            match effect {
                Effect::Append(drafts) => {
                    self.desktop.append(&mut self.book, &drafts, self.clock);
                    self.sent = Some(after(STUCK_AFTER));
                }
                Effect::Find(id) => self.desktop.find(&self.book, id),
                Effect::Read(query) => self.desktop.read(&self.book, &self.app.desk, &query),
                Effect::KeepDraft(draft) => {
                    self.drafts.keep(*draft);
                    self.pause = Some(after(TYPING_PAUSE));
                }
                Effect::DropDraft(number) => {
                    self.drafts.drop(number);
                    self.pause = None;
                }
                Effect::KeepMemory(memory) => self.typed.keep(&memory),
                Effect::KeepLists(lists) => {
                    if let Some(Err(sentence)) = self.lists.as_ref().map(|file| file.write(&lists)) {
                        self.say(Message::error(sentence));
                    }
                }
                Effect::Prefer(prefs) => self.prefer(&prefs)?,
                Effect::Keep(what) => self.keep(&what),
                Effect::Reload => {
                    self.keyboard.forget();
                    if let Some(said) = self.look_at_keys() {
                        self.say(Message::note(said));
                    }
                }
                Effect::Repaint => {
                    self.painter.repaint();
                    self.pace.repaint();
                }
                Effect::Suspend => {
                    if let Some(end) = self.suspend()? {
                        return Ok(Some(end));
                    }
                }
                Effect::Quit => return Ok(Some(End::Quit)),
            }
        }
        Ok(None)
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
