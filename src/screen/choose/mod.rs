//! The menu of forms (记一笔): those that make sense at a node, or those that answer a matter; narrowed by typing.
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
        menu::{Menu, Picked},
    },
    ui::{Role, text},
    words::{t, word},
};

pub(super) struct Choose {
    at: NodeIx,
    of: Option<FactId>,
    forms: Vec<&'static Form>,
    menu: Menu,
}

impl Choose {
    pub(super) fn new(desk: &Desk, at: NodeIx, of: Option<FactId>) -> Choose {
        let matter = of.and_then(|of| desk.state.matter_of(of));
        let forms: Vec<&'static Form> = match matter {
            Some(matter) => answering(matter.kind).collect(),
            None => FORMS.iter().copied().filter(|form| makes_sense(desk, at, form)).collect(),
        };
        Choose { at, of, menu: Menu::new(forms.len()), forms }
    }

    fn refilter(&mut self) {
        let kinds = |form: &Form| form.kinds().iter().map(|kind| kind.label()).collect::<Vec<_>>().join(" ");
        let words = |form: &&'static Form| format!("{} {} {}", form.name(), form.help(), kinds(form));
        let names: Vec<String> = self.forms.iter().map(words).collect();
        // The name comes before what it is for and which kinds it has.
        let by_name = Finder::new(self.menu.text()).filter(self.forms.iter().map(|form| form.name()));
        let by_help = Finder::new(self.menu.text()).filter(names.iter().map(String::as_str));
        let more = by_help.into_iter().filter(|i| !by_name.contains(i)).collect::<Vec<_>>();
        self.menu.find(by_name.into_iter().chain(more).collect());
    }

    fn open(&self, form: &Form) -> Vec<Action> {
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
        self.menu.refuses(command)
    }

    fn on(&mut self, event: Event, _: &Desk) -> Vec<Action> {
        match self.menu.on(&event) {
            Picked::Row(row) => return self.open(self.forms[row]),
            Picked::Left => return vec![Action::Close],
            Picked::Changed => self.refilter(),
            Picked::Nothing => {}
        }
        Vec::new()
    }
}

impl View for Choose {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let title = self.title(canvas.desk);
        let (look, forms) = (canvas.look, &self.forms);
        self.menu.draw(canvas, 76, (&title, word("choose.none")), |buf, cells, i| {
            let form = forms[i];
            text::put_fit(buf, cells.x, cells.y, form.name(), 12, look.theme.style(Role::Text));
            let room = usize::from(cells.width.saturating_sub(14));
            text::put_fit(buf, cells.x + 14, cells.y, form.help(), room, look.theme.style(Role::Dim));
            text::width(form.name()).min(12) as u16
        });
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
