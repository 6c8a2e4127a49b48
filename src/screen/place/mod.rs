//! Choosing the grid that units are put into (划入网格).
use crate::{
    app::{Action, Command, Context, Desk, Event, Screen},
    grid::{
        decide::Intent,
        org::{NodeIx, UnitIx},
    },
    screen::{
        Canvas, View, frame,
        refuse::{unless_known, unless_row},
    },
    ui::{
        Role, list,
        list::{Pointed, Window},
        message, popup, text,
    },
    words::{t, word},
};

pub(super) struct Place {
    units: Vec<UnitIx>,
    grids: Vec<NodeIx>,
    window: Window,
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
        Place { units, grids, window: Window::default(), sent: false }
    }
}

impl Screen for Place {
    fn context(&self) -> Context {
        Context::List
    }

    fn refuses(&self, command: Command, _: &Desk) -> Option<String> {
        match command {
            Command::Open if self.sent => Some(t!("refusal.saving").into_owned()),
            Command::Open => unless_row(!self.grids.is_empty()),
            _ => unless_known(command, &[]),
        }
    }

    fn on(&mut self, event: Event, desk: &Desk) -> Vec<Action> {
        let len = self.grids.len();
        match event {
            Event::Command(Command::Open) => {
                let Some(grid) = self.grids.get(self.window.at) else { return Vec::new() };
                self.sent = true;
                let intent = Intent::Place { units: self.units.clone(), grid: *grid, from: desk.today() };
                return vec![Action::Record(intent)];
            }
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
        let (look, desk, grids) = (canvas.look, canvas.desk, &self.grids);
        list::draw(canvas.buf, body, look, &mut self.window, grids.len(), true, |buf, cells, i| {
            let org = desk.state.org();
            let node = org.node(grids[i]);
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
        frame::keys(canvas, line(1), Context::List, &[Command::Open, Command::Back]);
    }

    fn is_popup(&self) -> bool {
        true
    }
}
