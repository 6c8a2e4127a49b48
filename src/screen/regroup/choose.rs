//! Choosing where units go, or below what a node hangs.
use ratatui::layout::Rect;

use super::{Answer, foot, verb::Verb};
use crate::words::{t, word};
use crate::{
    app::{Command, Context, Desk, Event},
    grid::org::{NodeIx, Org},
    screen::{
        Canvas,
        filter::{Filter, named},
    },
    ui::{
        Role,
        list::{Pointed, Window},
        popup, text,
    },
};

pub(super) struct Choose {
    pub(super) verb: Verb,
    /// None stands for "no grid", where that can be chosen.
    targets: Vec<Option<NodeIx>>,
    /// The places of those that are found.
    found: Vec<usize>,
    window: Window,
    filter: Filter,
}

impl Choose {
    /// Offers the neighbours first, those of the same sector before others.
    pub(super) fn new(desk: &Desk, node: NodeIx, verb: Verb) -> Choose {
        let org = desk.state.org();
        let mut targets = match verb {
            Verb::Move => parents(org, node),
            _ => grids(desk, node),
        };
        if verb == Verb::Close {
            targets.push(None);
        }
        let found = (0..targets.len()).collect();
        Choose { verb, targets, found, window: Window::default(), filter: Filter::default() }
    }

    pub(super) fn has_rows(&self) -> bool {
        !self.found.is_empty()
    }

    /// Why a command can't run while what is looked for is being typed.
    pub(super) fn refuses(&self, command: Command) -> Option<String> {
        self.filter.refuses(command)
    }

    /// Whether what is looked for is being typed.
    pub(super) fn is_typing(&self) -> bool {
        self.filter.is_typing()
    }

    fn pick(&mut self, desk: &Desk) {
        let targets = &self.targets;
        self.found = self.filter.pick(targets.len(), |i| named(told(desk, targets[i]).0));
        self.window = Window::default();
    }

    pub(super) fn on(&mut self, event: &Event, desk: &Desk) -> Answer {
        if let Some(changed) = self.filter.on(event) {
            if changed {
                self.pick(desk);
            }
            return Answer::Stay;
        }
        match event {
            Event::Command(Command::Filter) => self.filter.open(),
            Event::Command(Command::Back) if self.filter.close() => self.pick(desk),
            Event::Command(command) => return self.command(*command),
            Event::Point(pointer) if self.window.point(*pointer, self.found.len()) == Pointed::Again => {
                return self.command(Command::Open);
            }
            _ => {}
        }
        Answer::Stay
    }

    fn command(&mut self, command: Command) -> Answer {
        let len = self.found.len();
        match command {
            Command::Open => {
                let target = self.found.get(self.window.at).map(|i| self.targets[*i]);
                return target.map_or(Answer::Stay, Answer::Target);
            }
            Command::Back => return Answer::Back,
            _ => drop(self.window.walk(command, len)),
        }
        Answer::Stay
    }

    pub(super) fn draw(&mut self, canvas: &mut Canvas<'_>, node: NodeIx) {
        let area = popup::centered(canvas.area, 64, 18);
        let name = &canvas.desk.state.org().node(node).name;
        let title = match self.verb {
            Verb::Merge => t!("regroup.ask.merge", node = name).into_owned(),
            Verb::Close => t!("regroup.ask.close", node = name).into_owned(),
            _ => t!("regroup.ask.move", node = name).into_owned(),
        };
        let inner = popup::draw(canvas.buf, area, canvas.look, &title);
        let body = Rect { height: inner.height.saturating_sub(3), ..inner };
        let body = self.filter.above(canvas, body);
        let (look, desk, targets, found) = (canvas.look, canvas.desk, &self.targets, &self.found);
        self.filter.list(canvas, body, &mut self.window, found.len(), true, |buf, cells, i| {
            let (name, note) = told(desk, targets[found[i]]);
            text::put_fit(buf, cells.x, cells.y, &name, 36, look.theme.style(Role::Text));
            text::put_fit(buf, cells.x + 38, cells.y, &note, 20, look.theme.style(Role::Dim));
            text::width(&name).min(36) as u16
        });
        let context = if self.is_typing() { Context::Prompt } else { Context::List };
        foot(
            canvas,
            inner,
            context,
            &[
                (Command::Open, word("regroup.key.choose")),
                (Command::Filter, word("regroup.key.find")),
                (Command::PageDown, word("regroup.key.page")),
            ],
        );
    }
}

/// A target's name, and a word about it.
fn told(desk: &Desk, target: Option<NodeIx>) -> (String, String) {
    let Some(ix) = target else { return (t!("regroup.to_none").into_owned(), t!("regroup.flagged").into_owned()) };
    let org = desk.state.org();
    let node = org.node(ix);
    if !node.is_grid() {
        return (node.name.clone(), String::new());
    }
    let above = node.parent.map_or("", |ix| org.node(ix).name.as_str());
    (format!("{above} {}", node.name), t!("regroup.of_grid", n = node.member_count_on(desk.today())).into_owned())
}

/// The grids that can take others in: the neighbours first, of these the ones of the same sector.
fn grids(desk: &Desk, node: NodeIx) -> Vec<Option<NodeIx>> {
    let org = desk.state.org();
    let own = org.node(node);
    let open = |ix: &NodeIx| {
        let other = org.node(*ix);
        *ix != node && other.is_grid() && other.to.is_none() && other.exists_on(desk.today())
    };
    let mut grids: Vec<NodeIx> = org.roots().iter().flat_map(|root| org.subtree(*root)).filter(open).collect();
    grids.sort_by_key(|ix| (org.node(*ix).parent != own.parent, org.node(*ix).sector != own.sector));
    grids.into_iter().map(Some).collect()
}

/// The nodes that the node can hang below.
fn parents(org: &Org, node: NodeIx) -> Vec<Option<NodeIx>> {
    let fits = |ix: &NodeIx| {
        let other = org.node(*ix);
        !other.is_grid() && other.to.is_none() && Some(*ix) != org.node(node).parent && !org.is_within(*ix, node)
    };
    let mut nodes: Vec<NodeIx> = org.roots().iter().flat_map(|root| org.subtree(*root)).filter(fits).collect();
    nodes.sort_by_key(|ix| org.node(*ix).level != 2);
    nodes.into_iter().map(Some).collect()
}
