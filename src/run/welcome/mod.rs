//! The first run (初次使用): a few questions before there is a store, one key or two each, and never asked twice.
//!
//! It is a desk of its own, smaller than the other: there is no state yet that screens could show.
mod page;
mod ruler;
mod step;
mod view;

use std::path::{Path, PathBuf};

use ratatui::{buffer::Buffer, layout::Rect};

use self::{
    page::Page,
    step::{Answer, Step},
};
use super::{Preferences, RunError};
use crate::{
    app::{Code, GlyphSet, Keep, Key, Prefs},
    term::{self, Guard, Input, Painter},
    ui::{Look, small},
};

/// What the first run does to stores; whoever starts it knows how.
pub trait Founding {
    /// The packs that a store can be made of: the id, and what the pack calls itself.
    fn packs(&self) -> Vec<(String, String)>;
    /// The folder of the store that is used unless another is chosen.
    fn store(&self) -> &Path;
    /// Whether there is a store in that folder.
    fn has_store(&self) -> bool;
    /// Makes a store there, of that pack.
    ///
    /// # Errors
    /// A sentence for a person, here and below.
    fn create(&mut self, pack: &str) -> Result<(), String>;
    /// From now on the store of this folder is used.
    fn take(&mut self, folder: &Path) -> Result<(), String>;
    /// Takes a roster into the store; what was done, in a sentence or more.
    fn import(&mut self, file: &Path) -> Result<Vec<String>, String>;
    /// Those who can say "that is me".
    fn people(&self) -> Result<Vec<Person>, String>;
}

/// Somebody of the store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// What the configuration says: the name, or the id where several have the name.
    pub written: String,
    /// The name.
    pub name: String,
    /// The post and where it is held; empty without one.
    pub post: String,
}

/// Where the first run leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// To the desk, on the store that was made or chosen.
    Desk,
    /// To the demo.
    Demo,
    /// Nowhere: the person left.
    Left,
}

/// Which questions were answered before, and are not asked again.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known {
    /// Which marks.
    pub glyphs: bool,
    /// Which language.
    pub lang: bool,
}

/// Asks, and does what is answered; every answer is kept at once, so that nothing is asked twice.
pub fn welcome(founding: &mut dyn Founding, prefs: Preferences, known: Known) -> Result<Outcome, RunError> {
    let input = Input::open()?;
    let guard = Guard::enter()?;
    let painter = Painter::new(prefs.color());
    let now = prefs.kept().clone();
    let look = prefs.look(&now).0;
    let steps = vec![Step::first(known)];
    let page = Page::of(steps[0], founding);
    let mut welcome = Welcome { founding, prefs, now, known, look, steps, page, said: None };
    let ended = welcome.turn(input, &guard, painter);
    drop(guard);
    ended
}

/// The first run under way.
struct Welcome<'a> {
    founding: &'a mut dyn Founding,
    prefs: Preferences,
    now: Prefs,
    known: Known,
    look: Look,
    /// The steps so far, so that Esc leads back.
    steps: Vec<Step>,
    page: Page,
    /// What became of the last answer.
    said: Option<String>,
}

impl Welcome<'_> {
    fn turn(&mut self, mut input: Input, guard: &Guard, mut painter: Painter) -> Result<Outcome, RunError> {
        loop {
            let (cols, rows) = term::size();
            let mut buf = Buffer::empty(Rect::new(0, 0, cols, rows));
            let cursor = self.draw(&mut buf);
            let bytes = painter.paint(&buf, cursor);
            if !bytes.is_empty() {
                term::send(&bytes)?;
            }
            match input.next(None)? {
                term::Event::Key(key) if is_ctrl(key, 'z') => {
                    guard.suspend(&mut input)?;
                    painter.repaint();
                }
                term::Event::Stop => {
                    guard.suspend(&mut input)?;
                    painter.repaint();
                }
                term::Event::Key(key) if is_ctrl(key, 'l') => painter.repaint(),
                term::Event::Key(key) => {
                    if let Some(outcome) = self.key(key) {
                        return Ok(outcome);
                    }
                }
                term::Event::Paste(text) => self.page.paste(&text),
                term::Event::Resized => painter.repaint(),
                term::Event::Continued => {
                    guard.enter_again()?;
                    painter.repaint();
                }
                term::Event::Terminate | term::Event::LinkLost => return Ok(Outcome::Left),
                _ => {}
            }
        }
    }

    fn draw(&mut self, buf: &mut Buffer) -> Option<(u16, u16)> {
        if !small::fits(buf.area) {
            small::draw(buf);
            return None;
        }
        view::draw(buf, self.look, self.step(), &mut self.page, self.said.as_deref())
    }

    fn step(&self) -> Step {
        self.steps.last().copied().unwrap_or(Step::Store)
    }

    fn key(&mut self, key: Key) -> Option<Outcome> {
        if key.code == Code::Esc || is_ctrl(key, 'c') {
            return self.back();
        }
        let answer = self.page.press(key)?;
        self.said = None;
        self.answer(answer)
    }

    /// One step back; before the first one, out.
    fn back(&mut self) -> Option<Outcome> {
        self.steps.pop();
        self.said = None;
        match self.steps.last() {
            Some(step) => {
                self.page = Page::of(*step, self.founding);
                None
            }
            None => Some(Outcome::Left),
        }
    }

    fn go(&mut self, step: Step) -> Option<Outcome> {
        self.steps.push(step);
        self.page = Page::of(step, self.founding);
        None
    }

    fn answer(&mut self, answer: Answer) -> Option<Outcome> {
        match answer {
            Answer::Aligned(is_aligned) => {
                let glyphs = if is_aligned { GlyphSet::Unicode } else { GlyphSet::Ascii };
                self.prefer(Prefs { glyphs, ..self.now.clone() }, "glyphs");
                self.go(if self.known.lang { Step::Store } else { Step::Language })
            }
            Answer::Speak(lang) => {
                self.prefer(Prefs { lang, ..self.now.clone() }, "lang");
                self.go(Step::Store)
            }
            Answer::Go(step) => self.go(step),
            Answer::Demo => Some(Outcome::Demo),
            Answer::Leave => Some(Outcome::Left),
            Answer::Create(pack) => match self.founding.create(&pack) {
                Ok(()) => {
                    // What is made is not made again by going back.
                    self.steps.clear();
                    self.go(Step::Roster)
                }
                Err(why) => self.complain(why),
            },
            Answer::Folder(folder) => match self.take(&spread(&folder)) {
                Ok(()) => self.ask_who(),
                Err(why) => self.complain(why),
            },
            Answer::File(file) => match self.founding.import(&spread(&file)) {
                Ok(lines) => {
                    self.steps.clear();
                    let outcome = self.ask_who();
                    self.said = Some(lines.join("\n"));
                    outcome
                }
                Err(why) => self.complain(why),
            },
            Answer::Later => self.ask_who(),
            Answer::Me(person) => {
                if let Err(error) = self.prefs.keep(&Keep::Person(person)) {
                    return self.complain(error.to_string());
                }
                Some(Outcome::Desk)
            }
            Answer::Nobody => Some(Outcome::Desk),
        }
    }

    /// Asks who this is, where there is anybody to choose from.
    fn ask_who(&mut self) -> Option<Outcome> {
        match self.founding.people() {
            Ok(people) if people.is_empty() => Some(Outcome::Desk),
            Ok(_) => self.go(Step::Who),
            Err(why) => self.complain(why),
        }
    }

    /// Uses the store of another folder from now on.
    fn take(&mut self, folder: &Path) -> Result<(), String> {
        let folder = std::path::absolute(folder).map_err(|error| error.to_string())?;
        self.founding.take(&folder)?;
        self.prefs.keep_store(&folder).map(drop).map_err(|error| error.to_string())
    }

    fn complain(&mut self, why: String) -> Option<Outcome> {
        self.said = Some(why);
        None
    }

    /// From now on these settings hold; what was answered is kept under its key.
    fn prefer(&mut self, now: Prefs, key: &str) {
        now.lang.speak();
        self.look = self.prefs.look(&now).0;
        if let Err(error) = self.prefs.keep_answer(&now, key) {
            self.said = Some(error.to_string());
        }
        self.now = now;
    }
}

fn is_ctrl(key: Key, letter: char) -> bool {
    key.ctrl && key.code == Code::Char(letter)
}

/// A path as typed, with `~` for the home folder and without the quotes that dragging a file into a window adds.
fn spread(typed: &str) -> PathBuf {
    let typed = typed.trim().trim_matches(['\'', '"']);
    let home = std::env::var_os("HOME").map(PathBuf::from);
    match (typed.strip_prefix("~/"), home) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(typed),
    }
}

#[cfg(test)]
mod tests;
