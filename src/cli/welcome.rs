//! The first run (`wangge` where there is no store yet, and `wangge setup`): what the questions do.
use std::{
    io::IsTerminal,
    path::{Path, PathBuf},
};

use indicatif::ProgressBar;

use super::{Failure, Place, demo, desk, import, init};
use crate::{
    app::who::{candidates, written},
    run::{
        Book, Preferences,
        welcome::{Founding, Known, Outcome, Person, welcome},
    },
    words::t,
};

/// How many enterprises the demo has.
const DEMO_UNITS: usize = 2000;

/// Whether there is a store where it is looked for.
pub(super) fn has_store(place: &Place) -> bool {
    place.server.is_some() || place.store.join("journal").is_dir()
}

/// Asks what has not been answered yet.
pub(super) fn offer(place: &Place) -> Result<(), Failure> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        let dir = place.store.display();
        return Err(Failure::said(t!("cli.no_store", dir = dir).into_owned()));
    }
    let config = &place.config;
    let glyphs = config.glyphs.is_some() || config.ascii.is_some() || place.args.ascii;
    let lang = config.lang.is_some() || place.args.lang.is_some();
    ask(place, Known { glyphs, lang })
}

/// `wangge setup`: asks everything again.
pub(super) fn run(place: &Place) -> Result<(), Failure> {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        return Err(Failure::said(t!("welcome.no_terminal")));
    }
    ask(place, Known::default())
}

fn ask(place: &Place, known: Known) -> Result<(), Failure> {
    let mut setup = Setup { place: place.clone() };
    // Who acts is asked here; what the configuration says may be of another store.
    setup.place.config.person = None;
    let prefs = Preferences::new(place.files.clone(), place.prefs());
    let outcome = welcome(&mut setup, prefs, known)?;
    // What was answered is in the configuration now; the store is the one that was chosen.
    let store = Some(setup.place.store).filter(|store| *store != place.store || place.args.store.is_some());
    let mut args = place.args.clone();
    args.store = store;
    let place = Place::new(args)?;
    let tour = !place.config.toured.unwrap_or(false);
    match outcome {
        Outcome::Desk => desk::show(&place, tour),
        Outcome::Demo => demo::show(&place, DEMO_UNITS, tour),
        Outcome::Left => Ok(()),
    }
}

/// What the questions do to stores.
struct Setup {
    place: Place,
}

impl Founding for Setup {
    fn packs(&self) -> Vec<(String, String)> {
        let files = &self.place.files;
        let named = |id: String| {
            let pack = files.pack(&id)?.ok()?;
            Some((id, pack.name))
        };
        files.packs().into_iter().filter_map(|(id, _)| named(id)).collect()
    }

    fn store(&self) -> &Path {
        &self.place.store
    }

    fn has_store(&self) -> bool {
        has_store(&self.place)
    }

    fn create(&mut self, pack: &str) -> Result<(), String> {
        // Only a store that is closed can be opened.
        let made = init::create(&self.place, pack, None).and_then(|book| Ok(book.close()?));
        made.map_err(|failure| failure.to_string())
    }

    fn take(&mut self, folder: &Path) -> Result<(), String> {
        let before = std::mem::replace(&mut self.place.store, PathBuf::from(folder));
        if has_store(&self.place) {
            return Ok(());
        }
        self.place.store = before;
        Err(t!("welcome.no_store_there", folder = folder.display()).into_owned())
    }

    fn import(&mut self, file: &Path) -> Result<Vec<String>, String> {
        let args = import::Args { file: file.to_owned(), dry_run: false };
        let mut said = Vec::new();
        let book = Book::open(&self.place.store, &self.place.files, self.place.clock).map_err(|e| e.to_string())?;
        let done = import::import(&self.place, book, &args, &ProgressBar::hidden(), &mut said);
        done.map_err(|failure| failure.to_string())?;
        Ok(String::from_utf8_lossy(&said).lines().map(str::to_owned).collect())
    }

    fn people(&self) -> Result<Vec<Person>, String> {
        let state = Book::glimpse(&self.place.store, &self.place.files).map_err(|error| error.to_string())?;
        let today = self.place.clock.today(state.pack().utc_offset);
        let person = |one: crate::app::who::Candidate| {
            let [name, post, node] = one.words(&state);
            Person { written: written(&state, one.person), name, post: format!("{post} {node}").trim().to_owned() }
        };
        Ok(candidates(&state, today).into_iter().map(person).collect())
    }
}
