//! Choosing the grid that units are put into (划入网格).
use crate::{
    app::{Action, Command, Context, Desk, Event, Screen},
    grid::{
        decide::Intent,
        org::{NodeIx, UnitIx},
    },
    screen::{
        Canvas, View,
        filter::{Filter, named},
        frame,
        refuse::{unless_known, unless_row},
    },
    ui::{
        Role,
        list::{Pointed, Window},
        message, popup, text,
    },
    words::{t, word},
};

pub(super) struct Place {
    units: Vec<UnitIx>,
    grids: Vec<NodeIx>,
    /// The places of those that are found.
    found: Vec<usize>,
    window: Window,
    filter: Filter,
    sent: bool,
}

impl Place {
    /// Offers the grids of the first unit's township, those of its sector first, then the flat ones.
    pub(super) fn new(desk: &Desk, units: Vec<UnitIx>) -> Place {
        let org = desk.state.org();
        let area = units.first().and_then(|unit| org.area_of(*unit)).unwrap_or(desk.home);
        let sector = units.first().and_then(|unit| org.unit(*unit).record.sector);
        let open = |ix: &NodeIx| org.node(*ix).is_grid() && org.node(*ix).exists_on(desk.today());
        let mut grids: Vec<NodeIx> = org.subtree(area).into_iter().filter(open).collect();
        let elsewhere: Vec<NodeIx> = org.nodes().map(|(ix, _)| ix).filter(open).collect();
        let flat = |ix: &NodeIx| org.node(*ix).form == crate::grid::org::Form::Flat;
        grids.extend(elsewhere.into_iter().filter(flat));
        grids.dedup();
        grids.sort_by_key(|ix| org.node(*ix).sector != sector);
        let found = (0..grids.len()).collect();
        Place { units, grids, found, window: Window::default(), filter: Filter::default(), sent: false }
    }

    fn pick(&mut self, desk: &Desk) {
        let grids = &self.grids;
        self.found = self.filter.pick(grids.len(), |i| named(desk.state.org().full_name(grids[i])));
        self.window = Window::default();
    }
}

impl Screen for Place {
    fn context(&self) -> Context {
        if self.filter.is_typing() { Context::Prompt } else { Context::List }
    }

    fn takes_text(&self) -> bool {
        self.filter.is_typing()
    }

    fn refuses(&self, command: Command, _: &Desk) -> Option<String> {
        match command {
            _ if self.filter.is_typing() => self.filter.refuses(command),
            Command::Open if self.sent => Some(t!("refusal.saving").into_owned()),
            Command::Open => unless_row(!self.found.is_empty()),
            _ => unless_known(command, &[Command::Filter]),
        }
    }

    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action> {
        if let Some(changed) = self.filter.on(&event) {
            if changed {
                self.pick(desk);
            }
            return Vec::new();
        }
        let len = self.found.len();
        match event {
            Event::Command(Command::Open) => {
                let Some(grid) = self.found.get(self.window.at).map(|i| self.grids[*i]) else { return Vec::new() };
                self.sent = true;
                let intent = Intent::Place { units: self.units.clone(), grid, from: desk.today() };
                return vec![Action::Record(intent)];
            }
            Event::Command(Command::Filter) => self.filter.open(),
            Event::Command(Command::Back) if self.filter.close() => self.pick(desk),
            Event::Command(Command::Back) => return vec![Action::Close],
            Event::Saved if self.sent => return vec![Action::Close],
            Event::Refused => self.sent = false,
            Event::Point(pointer) if self.window.point(pointer, len) == Pointed::Again => {
                return self.on(Event::Command(Command::Open), desk);
            }
            Event::Command(command) => drop(self.window.walk(command, len)),
            _ => {}
        }
        Vec::new()
    }
}

impl View for Place {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let area = popup::centered(canvas.area, 60, 18);
        let org = canvas.desk.state.org();
        let title = match self.units[..] {
            [unit] => t!("place.one", name = org.unit(unit).record.name).into_owned(),
            _ => t!("place.many", n = self.units.len()).into_owned(),
        };
        let inner = popup::draw(canvas.buf, area, canvas.look, &title);
        let body = ratatui::layout::Rect { height: inner.height.saturating_sub(2), ..inner };
        if self.grids.is_empty() {
            canvas.put(body, body.x, body.y, word("place.none"), Role::Text);
        }
        let body = self.filter.above(canvas, body);
        let (look, desk, grids, found) = (canvas.look, canvas.desk, &self.grids, &self.found);
        self.filter.list(canvas, body, &mut self.window, found.len(), true, |buf, cells, i| {
            let org = desk.state.org();
            let node = org.node(grids[found[i]]);
            let parent = node.parent.map_or("", |ix| org.node(ix).name.as_str());
            let name = format!("{parent} {}", node.name);
            text::put_fit(buf, cells.x, cells.y, &name, 34, look.theme.style(Role::Text));
            let count = t!("place.count", n = node.member_count_on(desk.today()));
            text::put_fit(buf, cells.x + 36, cells.y, &count, 10, look.theme.style(Role::Dim));
            text::width(&name).min(34) as u16
        });
        let line = |up: u16| ratatui::layout::Rect { y: inner.bottom().saturating_sub(up), height: 1, ..inner };
        if let Some(said) = &canvas.desk.message {
            message::draw(canvas.buf, line(2), look, said);
        }
        frame::keys(canvas, line(1), self.context(), &[Command::Open, Command::Filter, Command::Back]);
    }

    fn is_popup(&self) -> bool {
        true
    }
}
