//! The menu of forms (记一笔): those that make sense at a node, or those that answer a matter; narrowed by typing.
use ratatui::layout::Rect;

use crate::{
    app::{Action, Command, Context, Desk, Event, Fill, Route, Screen},
    grid::{
        fact::FactId,
        org::NodeIx,
        record::{About, FORMS, Form, answering, matter_name},
    },
    screen::{
        Canvas, View,
        find::Finder,
        frame,
        narrow::{Narrowed, narrow},
        refuse::{unless_known, unless_row},
    },
    ui::{
        Role,
        field::Field,
        list,
        list::{Pointed, Window},
        message, popup, text,
    },
    words::{t, word},
};

pub(super) struct Choose {
    at: NodeIx,
    of: Option<FactId>,
    forms: Vec<&'static Form>,
    /// The places of those that are found.
    found: Vec<usize>,
    filter: Field,
    window: Window,
}

impl Choose {
    pub(super) fn new(desk: &Desk, at: NodeIx, of: Option<FactId>) -> Choose {
        let matter = of.and_then(|of| desk.state.matter_of(of));
        let forms: Vec<&'static Form> = match matter {
            Some(matter) => answering(matter.kind).collect(),
            None => FORMS.iter().copied().filter(|form| makes_sense(desk, at, form)).collect(),
        };
        let found = (0..forms.len()).collect();
        Choose { at, of, forms, found, filter: Field::default(), window: Window::default() }
    }

    fn refilter(&mut self) {
        let kinds = |form: &Form| form.kinds().iter().map(|kind| kind.label()).collect::<Vec<_>>().join(" ");
        let words = |form: &&'static Form| format!("{} {} {}", form.name(), form.help(), kinds(form));
        let names: Vec<String> = self.forms.iter().map(words).collect();
        // The name comes before what it is for and which kinds it has.
        let by_name = Finder::new(self.filter.value()).filter(self.forms.iter().map(|form| form.name()));
        let by_help = Finder::new(self.filter.value()).filter(names.iter().map(String::as_str));
        let more = by_help.into_iter().filter(|i| !by_name.contains(i)).collect::<Vec<_>>();
        self.found = by_name.into_iter().chain(more).collect();
        self.window = Window::default();
    }

    fn open(&self) -> Vec<Action> {
        let Some(form) = self.found.get(self.window.at).map(|i| self.forms[*i]) else { return Vec::new() };
        let fill = Fill {
            form: form.id,
            at: self.at,
            unit: None,
            of: self.of,
            amends: None,
            kind: None,
            values: Default::default(),
        };
        vec![Action::Close, Action::Open(Route::Fill(fill))]
    }
}

/// Whether a form makes sense at a node. What answers something is reached from what it answers.
fn makes_sense(desk: &Desk, at: NodeIx, form: &Form) -> bool {
    let node = desk.state.org().node(at);
    match (form.id, form.about) {
        (_, About::Matter) => false,
        (_, About::Unit) => node.is_grid(),
        ("hearing" | "study", _) => node.parent.is_some(),
        ("staffing", _) => node.level == 2,
        _ => true,
    }
}

impl Screen for Choose {
    fn context(&self) -> Context {
        Context::Prompt
    }

    fn takes_text(&self) -> bool {
        true
    }

    fn refuses(&self, command: Command, _: &Desk) -> Option<String> {
        match command {
            Command::Open => unless_row(!self.found.is_empty()),
            _ => unless_known(command, &[]),
        }
    }

    fn on(&mut self, event: Event, _: &Desk) -> Vec<Action> {
        match narrow(&mut self.filter, &event, false) {
            Narrowed::Left => return vec![Action::Close],
            Narrowed::Changed => self.refilter(),
            Narrowed::Elsewhere => {}
        }
        let len = self.found.len();
        match event {
            Event::Command(Command::Open) => return self.open(),
            Event::Command(Command::Back) => return vec![Action::Close],
            Event::Point(pointer) if self.window.point(pointer, len) == Pointed::Again => return self.open(),
            Event::Command(command) => drop(self.window.walk(command, len)),
            _ => {}
        }
        Vec::new()
    }
}

impl View for Choose {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let rows = (self.forms.len() as u16 + 5).min(canvas.area.height.saturating_sub(2));
        let area = popup::centered(canvas.area, 76, rows);
        let inner = popup::draw(canvas.buf, area, canvas.look, &self.title(canvas.desk));
        let x = canvas.put(inner, inner.x, inner.y, word("list.filter"), Role::Label);
        let cells = Rect { x, width: inner.right().saturating_sub(x), height: 1, ..inner };
        canvas.cursor = self.filter.draw(canvas.buf, cells, canvas.look, true);
        let body = Rect { y: inner.y + 1, height: inner.height.saturating_sub(3), ..inner };
        if self.found.is_empty() {
            canvas.put(body, body.x, body.y, word("choose.none"), Role::Text);
        }
        let (look, forms, found) = (canvas.look, &self.forms, &self.found);
        list::draw(canvas.buf, body, look, &mut self.window, found.len(), true, |buf, cells, i| {
            let form = forms[found[i]];
            text::put_fit(buf, cells.x, cells.y, form.name(), 12, look.theme.style(Role::Text));
            let room = usize::from(cells.width.saturating_sub(14));
            text::put_fit(buf, cells.x + 14, cells.y, form.help(), room, look.theme.style(Role::Dim));
            text::width(form.name()).min(12) as u16
        });
        let line = |up: u16| Rect { y: inner.bottom().saturating_sub(up), height: 1, ..inner };
        if let Some(said) = &canvas.desk.message {
            message::draw(canvas.buf, line(2), look, said);
        }
        frame::keys(canvas, line(1), Context::Prompt, &[Command::Open, Command::Back]);
    }

    fn is_popup(&self) -> bool {
        true
    }
}

impl Choose {
    fn title(&self, desk: &Desk) -> String {
        match self.of.and_then(|of| desk.state.matter_of(of)) {
            Some(matter) => {
                t!("choose.answer", kind = matter_name(matter.kind), what = desk.state.told(matter)).into_owned()
            }
            None => t!("choose.title", name = desk.state.org().node(self.at).name).into_owned(),
        }
    }
}
