//! A question on the screen: rows to choose from, or a line to type into, or both.
use super::{
    Founding, Person,
    step::{Answer, Step},
};
use crate::{
    app::{Code, Command, Key, find::Finder},
    ui::{field::Field, list::Window},
    words::{Language, t},
};

/// A row that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    /// What it is.
    pub label: String,
    /// What stands beside it.
    pub about: String,
    /// What choosing it answers.
    pub answer: Answer,
}

/// A question on the screen.
pub(super) struct Page {
    step: Step,
    /// All rows.
    all: Vec<Choice>,
    /// Those that fit what is typed.
    pub choices: Vec<Choice>,
    pub window: Window,
    /// The line to type into.
    pub field: Option<Field>,
}

impl Page {
    /// The page of a question.
    pub(super) fn of(step: Step, founding: &dyn Founding) -> Page {
        let all = choices(step, founding);
        let field = match step {
            Step::Folder => Some(Field::new(&founding.store().display().to_string())),
            Step::File | Step::Who => Some(Field::default()),
            _ => None,
        };
        let mut window = Window::default();
        if step == Step::Language {
            window.at = Language::ALL.iter().position(|language| *language == Language::spoken()).unwrap_or(0);
        }
        Page { step, choices: all.clone(), all, window, field }
    }

    /// Takes a key; the answer, where it was one.
    pub(super) fn press(&mut self, key: Key) -> Option<Answer> {
        if key.code == Code::Enter {
            return self.enter();
        }
        if self.field.is_some() && key.edits() {
            self.field.as_mut()?.handle(key);
            self.narrow();
            return None;
        }
        let key = key.folded();
        if let Some(answer) = self.short(key) {
            return Some(answer);
        }
        let command = match key.code {
            Code::Up | Code::Char('k') => Command::Up,
            Code::Down | Code::Char('j') | Code::Tab => Command::Down,
            Code::PageUp => Command::PageUp,
            Code::PageDown => Command::PageDown,
            _ => return None,
        };
        self.window.walk(command, self.choices.len());
        None
    }

    /// Takes pasted text into the line.
    pub(super) fn paste(&mut self, text: &str) {
        if let Some(field) = &mut self.field {
            field.paste(text.trim());
            self.narrow();
        }
    }

    /// The keys that answer at once: the row's number, `y` and `n` for the ruler, `q` to leave.
    fn short(&self, key: Key) -> Option<Answer> {
        match key.typed()? {
            'y' | 'Y' if self.step == Step::Ruler => Some(Answer::Aligned(true)),
            'n' | 'N' if self.step == Step::Ruler => Some(Answer::Aligned(false)),
            'q' | 'Q' => Some(Answer::Leave),
            digit => {
                let n = digit.to_digit(10)? as usize;
                self.choices.get(n.checked_sub(1)?).map(|choice| choice.answer.clone())
            }
        }
    }

    fn enter(&self) -> Option<Answer> {
        let typed = self.field.as_ref().map(|field| field.value().trim().to_owned());
        match (self.step, typed) {
            (Step::Folder, Some(folder)) => (!folder.is_empty()).then_some(Answer::Folder(folder)),
            (Step::File, Some(file)) if file.is_empty() => Some(Answer::Later),
            (Step::File, Some(file)) => Some(Answer::File(file)),
            _ => self.choices.get(self.window.at).map(|choice| choice.answer.clone()),
        }
    }

    /// Keeps the rows that what is typed fits; the last row, which says "nobody", always.
    fn narrow(&mut self) {
        let typed = self.field.as_ref().map_or("", Field::value).trim().to_owned();
        let finder = Finder::new(&typed);
        let fits = |choice: &Choice| {
            choice.answer == Answer::Nobody || finder.finds(&format!("{} {}", choice.label, choice.about))
        };
        self.choices = self.all.iter().filter(|choice| fits(choice)).cloned().collect();
        self.window = Window::default();
    }
}

fn choice(label: impl Into<String>, about: impl Into<String>, answer: Answer) -> Choice {
    Choice { label: label.into(), about: about.into(), answer }
}

/// The rows of a question.
fn choices(step: Step, founding: &dyn Founding) -> Vec<Choice> {
    match step {
        // Both languages are on the ruler itself: nobody has chosen one yet.
        Step::Ruler => vec![
            choice(t!("ruler.aligned"), "y", Answer::Aligned(true)),
            choice(t!("ruler.crooked"), "n", Answer::Aligned(false)),
        ],
        Step::Language => {
            Language::ALL.iter().map(|language| choice(language.label(), "", Answer::Speak(*language))).collect()
        }
        Step::Store => store(founding),
        Step::Pack => {
            founding.packs().into_iter().map(|(id, name)| choice(name, id.clone(), Answer::Create(id))).collect()
        }
        Step::Roster => vec![
            choice(t!("welcome.roster_now"), t!("welcome.roster_now_about"), Answer::Go(Step::File)),
            choice(t!("welcome.roster_later"), t!("welcome.roster_later_about"), Answer::Later),
        ],
        Step::Who => {
            let me = |person: Person| choice(person.name, person.post, Answer::Me(person.written));
            let mut rows: Vec<Choice> = founding.people().unwrap_or_default().into_iter().map(me).collect();
            rows.push(choice(t!("welcome.nobody"), t!("welcome.nobody_about"), Answer::Nobody));
            rows
        }
        Step::Folder | Step::File => Vec::new(),
    }
}

fn store(founding: &dyn Founding) -> Vec<Choice> {
    let place = founding.store().display().to_string();
    let mut rows = Vec::new();
    if founding.has_store() {
        rows.push(choice(t!("welcome.stay"), place, Answer::Later));
    } else {
        rows.push(choice(t!("welcome.create"), place, Answer::Go(Step::Pack)));
    }
    rows.push(choice(t!("welcome.open"), t!("welcome.open_about"), Answer::Go(Step::Folder)));
    rows.push(choice(t!("welcome.demo"), t!("welcome.demo_about"), Answer::Demo));
    rows
}
