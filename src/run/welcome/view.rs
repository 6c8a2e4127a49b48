//! How the first run looks.
use ratatui::{buffer::Buffer, layout::Rect};

use super::{page::Page, ruler, step::Step};
use crate::{
    ui::{
        Look, Role,
        hint::{self, Hint},
        list, text,
    },
    words::t,
};

/// Draws a page; returns where the hardware cursor stands.
pub(super) fn draw(
    buf: &mut Buffer,
    look: Look,
    step: Step,
    page: &mut Page,
    said: Option<&str>,
) -> Option<(u16, u16)> {
    let area = buf.area;
    let room = Rect { x: area.x + 2, y: area.y + 1, width: area.width - 4, height: area.height - 2 };
    let put = |buf: &mut Buffer, y: u16, words: &str, role: Role| {
        text::put_fit(buf, room.x, y, words, room.width.into(), look.theme.style(role));
    };
    put(buf, room.y, &title(step), Role::Title);
    let mut y = room.y + 2;
    for line in intro(step, room.width.into()) {
        put(buf, y, &line, Role::Text);
        y += 1;
    }
    y += u16::from(y > room.y + 2);
    let mut cursor = None;
    if let Some(field) = &page.field {
        let label = t!("welcome.field");
        put(buf, y, &label, Role::Label);
        let x = room.x + text::width(&label) as u16 + 1;
        cursor = field.draw(buf, Rect { x, y, width: room.right().saturating_sub(x), height: 1 }, look, true);
        y += 2;
    }
    let said = said.map_or(Vec::new(), |said| told(said, room.width.into()));
    let below = said.len().min(6) as u16;
    let rows = Rect { y, height: room.bottom().saturating_sub(y + below + 2), ..room };
    rows_of(buf, look, page, rows);
    let first =
        (rows.y + (page.choices.len() as u16).min(rows.height) + 1).min(room.bottom().saturating_sub(below + 1));
    for (line, y) in said.iter().zip(first..first + below) {
        put(buf, y, line, Role::Title);
    }
    let line = Rect { y: room.bottom(), height: 1, ..room };
    hint::draw(buf, line, look, &hints(step, page));
    cursor
}

/// What is told, in lines: a sentence is wrapped; of several, each has a line.
fn told(said: &str, cols: usize) -> Vec<String> {
    match said.contains('\n') {
        true => said.lines().map(|line| text::truncate(line, cols)).collect(),
        false => text::wrap(said, cols),
    }
}

/// The rows to choose from, each with its number.
fn rows_of(buf: &mut Buffer, look: Look, page: &mut Page, area: Rect) {
    let numbered = page.field.is_none();
    let names = page.choices.iter().map(|choice| text::width(&choice.label)).max().unwrap_or(0).min(40) as u16;
    let choices = &page.choices;
    list::draw(buf, area, look, &mut page.window, choices.len(), true, |buf, cells, i| {
        let mut x = cells.x;
        if numbered {
            x = text::put(buf, x, cells.y, &(i + 1).to_string(), 2, look.theme.style(Role::Key)) + 2;
        }
        let left = |x: u16| usize::from(cells.right().saturating_sub(x));
        let end = text::put_fit(buf, x, cells.y, &choices[i].label, left(x), look.theme.style(Role::Text));
        let beside = x + names + 2;
        text::put_fit(buf, beside, cells.y, &choices[i].about, left(beside), look.theme.style(Role::Dim));
        end - cells.x
    });
}

fn title(step: Step) -> String {
    match step {
        Step::Ruler => t!("ruler.title").into_owned(),
        Step::Language => t!("ruler.language").into_owned(),
        Step::Store => t!("welcome.store").into_owned(),
        Step::Pack => t!("welcome.pack").into_owned(),
        Step::Folder => t!("welcome.folder").into_owned(),
        Step::Roster => t!("welcome.roster").into_owned(),
        Step::File => t!("welcome.file").into_owned(),
        Step::Who => t!("welcome.who").into_owned(),
    }
}

fn intro(step: Step, cols: usize) -> Vec<String> {
    let words = match step {
        Step::Ruler => return ruler::lines(),
        Step::Language => return Vec::new(),
        Step::Store => t!("welcome.store_intro"),
        Step::Pack => t!("welcome.pack_intro"),
        Step::Folder => t!("welcome.folder_intro"),
        Step::Roster => t!("welcome.roster_intro"),
        Step::File => t!("welcome.file_intro"),
        Step::Who => t!("welcome.who_intro"),
    };
    text::wrap(&words, cols)
}

fn hints(step: Step, page: &Page) -> Vec<Hint> {
    let hint = |key: &str, word: std::borrow::Cow<'static, str>| Hint { key: key.to_owned(), word };
    let mut out = vec![hint(&t!("welcome.enter"), t!("welcome.choose"))];
    if page.field.is_none() {
        let keys = if step == Step::Ruler { "y n".to_owned() } else { format!("1-{}", page.choices.len()) };
        out.push(hint(&keys, t!("welcome.at_once")));
        out.push(hint("q", t!("welcome.leave")));
    }
    out.push(hint("Esc", t!("welcome.back")));
    out
}
