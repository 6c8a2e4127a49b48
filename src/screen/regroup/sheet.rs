//! What has to be typed: a name, a day, who leads.
use chrono::NaiveDate;
use ratatui::layout::Rect;

use super::{Answer, foot, verb::Verb};
use crate::words::{t, word};
use crate::{
    app::{Command, Context, Desk, Key, when},
    grid::{
        decide::Regroup,
        org::{Form, NodeIx, Post, Sector, UnitIx},
    },
    screen::{Canvas, form},
    ui::{Role, field::Field, popup, text},
};

/// The columns of the labels.
const LABEL: u16 = 10;

/// A field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Name,
    Sector,
    From,
    Leader,
    Button,
}

pub(super) struct Sheet {
    verb: Verb,
    node: NodeIx,
    target: Option<NodeIx>,
    units: Vec<UnitIx>,
    fields: Vec<At>,
    /// The place in `fields` of the one that has the focus.
    at: usize,
    name: Field,
    sector: usize,
    from: Field,
    leader: Field,
}

impl Sheet {
    pub(super) fn new(desk: &Desk, verb: Verb, node: NodeIx, target: Option<NodeIx>, units: Vec<UnitIx>) -> Sheet {
        let fields = match verb {
            Verb::Found => vec![At::Name, At::Sector, At::From, At::Button],
            Verb::Split => vec![At::Name, At::From, At::Leader, At::Button],
            Verb::Rename => vec![At::Name, At::Button],
            Verb::Merge | Verb::Close | Verb::Move => vec![At::From, At::Button],
        };
        let name = if verb == Verb::Rename { desk.state.org().node(node).name.as_str() } else { "" };
        Sheet {
            verb,
            node,
            target,
            units,
            fields,
            at: 0,
            name: Field::new(name),
            sector: 1,
            from: Field::new(&desk.today().to_string()),
            leader: Field::default(),
        }
    }

    fn field(&mut self) -> Option<&mut Field> {
        match self.fields[self.at] {
            At::Name => Some(&mut self.name),
            At::From => Some(&mut self.from),
            At::Leader => Some(&mut self.leader),
            At::Sector | At::Button => None,
        }
    }

    pub(super) fn takes_text(&self) -> bool {
        !matches!(self.fields[self.at], At::Sector | At::Button)
    }

    /// Whether the field under the cursor has values to go through.
    pub(super) fn turns(&self) -> bool {
        self.fields[self.at] == At::Sector
    }

    pub(super) fn type_key(&mut self, key: Key) -> Answer {
        if let Some(field) = self.field() {
            field.handle(key);
        }
        Answer::Stay
    }

    pub(super) fn paste(&mut self, text: &str) -> Answer {
        if let Some(field) = self.field() {
            field.paste(text);
        }
        Answer::Stay
    }

    pub(super) fn on(&mut self, command: Command, desk: &Desk) -> Answer {
        let here = self.fields[self.at];
        let turns = self.turns();
        match command {
            Command::SaveForm => return self.show(desk),
            Command::Open if here == At::Button => return self.show(desk),
            Command::NextValue | Command::Right if turns => self.turn(1),
            Command::PrevValue | Command::Left if turns => self.turn(-1),
            Command::Open | Command::NextFocus | Command::Down => self.step(1),
            Command::PrevFocus | Command::Up => self.step(-1),
            Command::Back => return Answer::Back,
            _ => {}
        }
        Answer::Stay
    }

    fn step(&mut self, n: isize) {
        self.at = (self.at as isize + n).rem_euclid(self.fields.len() as isize) as usize;
    }

    fn turn(&mut self, n: isize) {
        self.sector = (self.sector as isize + n).rem_euclid(Sector::ALL.len() as isize) as usize;
    }

    fn show(&self, desk: &Desk) -> Answer {
        let Some(from) = when::parse(self.from.value(), desk.today()) else {
            return Answer::Say(t!("regroup.sheet.day").into_owned());
        };
        self.regroup(desk, from).map_or(Answer::Stay, Answer::Show)
    }

    fn regroup(&self, desk: &Desk, from: NaiveDate) -> Option<Regroup> {
        let (node, name) = (self.node, self.name.value().trim().to_owned());
        let leader = Some(self.leader.value().trim().to_owned()).filter(|leader| !leader.is_empty());
        Some(match self.verb {
            Verb::Found => {
                let is_office = desk.state.org().node(node).form == Form::Office;
                let form = if is_office { Form::Flat } else { Form::Vertical };
                Regroup::Found { parent: node, name, sector: Some(Sector::ALL[self.sector]), form, from }
            }
            Verb::Split => Regroup::Split { grid: node, name, units: self.units.clone(), from, leader },
            Verb::Merge => Regroup::Merge { grids: vec![node], into: self.target?, from },
            // That nobody takes the units in was chosen from the list.
            Verb::Close => Regroup::Close { grid: node, into: self.target, unplaced: self.target.is_none(), from },
            Verb::Rename => Regroup::Rename { node, name },
            Verb::Move => Regroup::Rehang { node, parent: self.target?, from },
        })
    }

    pub(super) fn draw(&self, canvas: &mut Canvas<'_>) {
        let area = popup::centered(canvas.area, 64, self.fields.len() as u16 * 2 + 6);
        let inner = popup::draw(canvas.buf, area, canvas.look, self.verb.label());
        let about = self.about(canvas.desk);
        canvas.put(inner, inner.x, inner.y, &about, Role::Title);
        for (y, at) in (inner.y + 2..).step_by(2).zip(&self.fields) {
            self.draw_field(canvas, inner, y, *at);
        }
        foot(
            canvas,
            inner,
            Context::Form,
            &[(Command::SaveForm, word("regroup.key.preview")), (Command::NextFocus, word("regroup.key.next"))],
        );
    }

    /// What it is about, in one line.
    fn about(&self, desk: &Desk) -> String {
        let org = desk.state.org();
        let name = |ix: NodeIx| org.node(ix).name.clone();
        let node = name(self.node);
        match (self.verb, self.target) {
            (Verb::Found, _) => t!("regroup.sheet.found", node = node).into_owned(),
            (Verb::Split, _) => t!("regroup.sheet.split", node = node, n = self.units.len()).into_owned(),
            (Verb::Rename, _) => t!("regroup.sheet.rename", node = node).into_owned(),
            (Verb::Close, None) => t!("regroup.sheet.close", node = node).into_owned(),
            (Verb::Close, Some(into)) => t!("regroup.sheet.close_into", node = node, into = name(into)).into_owned(),
            (_, Some(into)) => t!("regroup.sheet.merge", node = node, into = name(into)).into_owned(),
            (_, None) => node,
        }
    }

    fn draw_field(&self, canvas: &mut Canvas<'_>, inner: Rect, y: u16, at: At) {
        let here = self.fields[self.at] == at;
        // Who leads the new grid; a split makes one of the same form.
        let form = canvas.desk.state.org().node(self.node).form;
        let form = if form == Form::Flat { form } else { Form::Vertical };
        let leader = canvas.desk.pack().names.post(3, form, Post::Leader);
        let (name, field, hint) = match at {
            At::Name => (word("regroup.sheet.name"), Some(&self.name), word("regroup.sheet.name_hint")),
            At::From => (word("regroup.sheet.from"), Some(&self.from), ""),
            At::Leader => (leader, Some(&self.leader), word("regroup.sheet.leader_hint")),
            At::Sector => (word("regroup.sheet.sector"), None, ""),
            At::Button => {
                let role = if here { Role::Selection } else { Role::Title };
                let button = word("regroup.sheet.button");
                canvas.put(inner, inner.right().saturating_sub(text::width(button) as u16), y, button, role);
                return;
            }
        };
        let cells = form::label(canvas, inner, y, name, LABEL, here);
        match field {
            Some(field) => {
                let cursor = field.draw(canvas.buf, cells, canvas.look, here);
                if here {
                    canvas.cursor = cursor;
                } else if field.value().is_empty() {
                    canvas.put(cells, cells.x, y, hint, Role::Dim);
                }
            }
            None => {
                let role = if here { Role::Selection } else { Role::Text };
                let x = canvas.put(cells, cells.x, y, Sector::ALL[self.sector].label(), role);
                if here {
                    canvas.put(cells, x + 2, y, word("regroup.sheet.turn"), Role::Dim);
                }
            }
        }
    }
}
