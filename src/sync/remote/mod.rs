//! A store that another process has: a thread that takes the same commands as the store's own, and hands them on.
//!
//! A link that is lost is made anew, for as long as it takes; what had no answer is then sent again, which doubles
//! nothing, and what came meanwhile is heard. Where the process that had the store has ended and this one may have it,
//! the thread hands everything on to the store's own thread from then on.
mod ask;
mod hear;

use std::{
    collections::BTreeMap,
    io::{self, Write},
    sync::{
        Arc, Weak,
        mpsc::{Receiver, RecvTimeoutError, Sender, channel},
    },
    thread,
    time::{Duration, Instant},
};

use ask::Question;

use super::{
    link::{Hearing, Link, LinkError, Wire},
    message::{Ask, Message, Tell},
    socket::after,
};
use crate::{
    log::{
        Entry, LogError, Notice, Position, StoreHandle, Subtree,
        command::{Command, Owner},
    },
    words::Language,
};

/// How long the first attempts to connect again are apart; each waits twice as long as the one before.
const FIRST_WAIT: Duration = Duration::from_millis(20);
/// The longest that attempts are apart.
const LONGEST_WAIT: Duration = Duration::from_secs(2);
/// How many entries are read at once.
const PAGE: usize = 512;

/// What became of an attempt to come back.
pub enum Again {
    /// Somebody who has the store has taken us in.
    Link(Box<Link>),
    /// Nobody has the store any more, and this process has opened it.
    Own(StoreHandle),
}

/// Tries once to come back to the store.
pub type Way = Box<dyn FnMut() -> Result<Again, LinkError> + Send>;

/// Makes a handle that leads over `link`, which has not been asked anything yet or has been given the state; `way` leads
/// back when it is lost.
///
/// # Errors
/// The system gives no more threads.
pub fn store_over(link: Link, way: Way) -> io::Result<StoreHandle> {
    let (sender, tasks) = channel();
    let inbox = Arc::new(Inbox(sender));
    let mut remote = Remote {
        inbox: Arc::downgrade(&inbox),
        way,
        line: Line::Cut { next: after(Duration::ZERO), wait: FIRST_WAIT },
        generation: 0,
        questions: BTreeMap::new(),
        last: 1,
        tails: Vec::new(),
        listener: None,
        kept: Vec::new(),
        scope: link.welcome.scope,
        language: link.language,
    };
    remote.hold(link)?;
    thread::Builder::new().name("wangge-remote".to_owned()).spawn(move || remote.run(&tasks))?;
    Ok(StoreHandle::new(inbox))
}

/// What the thread has to do.
enum Task {
    Asked(Command),
    /// The link of this generation told something, or was lost.
    Heard(u64, Result<Tell, LinkError>),
}

struct Inbox(Sender<Task>);

impl Owner for Inbox {
    fn take(&self, command: Command) {
        // If the thread has ended, dropping the command answers it.
        let _closed = self.0.send(Task::Asked(command));
    }
}

/// Where commands go.
enum Line {
    /// Over this link.
    Up { writing: Box<dyn Write + Send>, wire: Box<dyn Wire> },
    /// Nowhere: it is tried again at this moment, and then after a longer wait.
    Cut { next: Instant, wait: Duration },
    /// To the store itself.
    Own(StoreHandle),
    /// The server has sent us away for good, and said why.
    Shut(String),
}

/// Somebody who hears what is new.
struct Tail {
    subtree: Subtree,
    seen: Position,
    sender: Sender<Entry>,
}

struct Remote {
    inbox: Weak<Inbox>,
    way: Way,
    line: Line,
    generation: u64,
    /// What has no answer yet, in the order in which it was asked.
    questions: BTreeMap<u32, Question>,
    last: u32,
    tails: Vec<Tail>,
    listener: Option<Box<dyn FnMut(Notice) + Send>>,
    /// What came up before anybody listened.
    kept: Vec<Notice>,
    /// What may be seen here, as a fingerprint.
    scope: [u8; 16],
    /// The language in which the server answers.
    language: Language,
}

impl Remote {
    fn run(mut self, tasks: &Receiver<Task>) {
        loop {
            let next = match &self.line {
                Line::Cut { next, .. } => {
                    let left = next.saturating_duration_since(after(Duration::ZERO));
                    tasks.recv_timeout(left)
                }
                _ => tasks.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            match next {
                Ok(Task::Asked(Command::Close(reply))) => {
                    self.close(reply);
                    return;
                }
                Ok(Task::Asked(command)) => self.take(command),
                Ok(Task::Heard(generation, tell)) if generation == self.generation => self.hear(tell),
                // Of a link that was given up.
                Ok(Task::Heard(..)) => {}
                Err(RecvTimeoutError::Timeout) => self.come_back(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        self.part();
    }

    /// Uses this link from now on.
    fn hold(&mut self, link: Link) -> io::Result<()> {
        let Link { hearing, writing, wire, language, .. } = link;
        self.generation += 1;
        self.language = language;
        let (generation, inbox) = (self.generation, self.inbox.clone());
        thread::Builder::new().name("wangge-link".to_owned()).spawn(move || listen(hearing, generation, &inbox))?;
        self.line = Line::Up { writing, wire };
        Ok(())
    }

    /// Asks; first, where the person reads another language by now, to be answered in that.
    fn send(&mut self, ask: &Ask) {
        let spoken = Language::spoken();
        if std::mem::replace(&mut self.language, spoken) != spoken {
            self.say(&Ask::Speak(spoken.id().to_owned()));
        }
        self.say(ask);
    }

    /// Sends a message; a link that takes none is lost.
    fn say(&mut self, ask: &Ask) {
        let Line::Up { writing, .. } = &mut self.line else { return };
        let sent = ask.to_frame().map_err(io::Error::other);
        if sent.and_then(|frame| writing.write_all(&frame).and_then(|()| writing.flush())).is_err() {
            self.lose();
        }
    }

    /// The link is lost: says so and tries to come back.
    fn lose(&mut self) {
        if let Line::Up { wire, .. } = &self.line {
            wire.end();
            // What it still says does not count.
            self.generation += 1;
            self.line = Line::Cut { next: after(FIRST_WAIT), wait: FIRST_WAIT };
            self.tell(Notice::Reconnecting);
        }
    }

    fn come_back(&mut self) {
        match (self.way)() {
            Ok(Again::Link(link)) => {
                let scope = link.welcome.scope;
                if self.hold(*link).is_err() {
                    return self.wait_longer();
                }
                self.ask_again();
                self.tell(Notice::Reconnected);
                if std::mem::replace(&mut self.scope, scope) != scope {
                    self.tell(Notice::Anew);
                }
            }
            Ok(Again::Own(store)) => self.own(store),
            Err(LinkError::Refused(why, text)) if !is_passing(&why) => self.shut(&text),
            Err(_) => self.wait_longer(),
        }
    }

    fn wait_longer(&mut self) {
        if let Line::Cut { wait, .. } = &self.line {
            let wait = (*wait * 2).min(LONGEST_WAIT);
            self.line = Line::Cut { next: after(wait), wait };
        }
    }

    /// From now on this process has the store.
    fn own(&mut self, store: StoreHandle) {
        for (_, question) in std::mem::take(&mut self.questions) {
            if let Some(command) = question.into_command() {
                store.send(command);
            }
        }
        for Tail { subtree, seen, sender } in std::mem::take(&mut self.tails) {
            store.send(Command::Tail { subtree, after: seen, sender });
        }
        self.tell(Notice::TookOver);
        if let Some(listener) = self.listener.take() {
            store.send(Command::OnNotice(listener));
        }
        self.line = Line::Own(store);
    }

    /// The server does not take us in any more: nothing that is asked is done.
    fn shut(&mut self, text: &str) {
        self.generation += 1;
        if let Line::Up { wire, .. } = &self.line {
            wire.end();
        }
        self.line = Line::Shut(text.to_owned());
        for (_, question) in std::mem::take(&mut self.questions) {
            question.fail(LogError::Unavailable(text.to_owned()));
        }
        self.tell(Notice::Said(text.to_owned()));
    }

    fn tell(&mut self, notice: Notice) {
        match &mut self.listener {
            Some(listener) => listener(notice),
            None => self.kept.push(notice),
        }
    }

    fn part(&mut self) {
        self.send(&Ask::Bye);
        if let Line::Up { wire, .. } = &self.line {
            wire.end();
        }
    }
}

/// Whether a refusal may be another one at the next attempt.
fn is_passing(why: &super::message::Why) -> bool {
    use super::message::Why;
    matches!(why, Why::Closing | Why::TooMuch | Why::Said)
}

/// Hands on what the server tells, until the link is lost or nobody wants to know any more.
fn listen(mut hearing: Hearing, generation: u64, inbox: &Weak<Inbox>) {
    loop {
        let heard = hearing.hear();
        let over = heard.is_err();
        let Some(inbox) = inbox.upgrade() else { return };
        if inbox.0.send(Task::Heard(generation, heard)).is_err() || over {
            return;
        }
    }
}
