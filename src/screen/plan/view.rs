//! How the grid designer looks.
use ratatui::{buffer::Buffer, layout::Rect};

use super::{MemberRow, PlanScreen, Shown};
use crate::{
    app::{Command, Context, Desk, Screen},
    grid::{
        code::industry,
        org::{NodeIx, Org},
        plan::partition::Proposal,
    },
    report::{Cell, Listing},
    screen::{Canvas, View, frame},
    ui::{
        Look, Role, list, popup,
        table::{self, Align, Column},
        text,
    },
    words::{t, word},
};

const ON_GRIDS: &[Command] = &[
    Command::Open,
    Command::ApplyPlan,
    Command::NextMonth,
    Command::Today,
    Command::Filter,
    Command::Back,
    Command::Quit,
];
const ON_MEMBERS: &[Command] = &[Command::ApplyPlan, Command::PageDown, Command::Filter, Command::Back, Command::Quit];

const GRIDS: [Column; 5] = [
    Column { title: "planned.column.grid", min: 14, max: 22, align: Align::Left },
    Column { title: "planned.column.units", min: 4, max: 4, align: Align::Right },
    Column { title: "planned.column.sector", min: 6, max: 8, align: Align::Left },
    Column { title: "planned.column.sectors", min: 20, max: 44, align: Align::Left },
    Column { title: "planned.column.change", min: 18, max: 18, align: Align::Left },
];
const MEMBERS: [Column; 4] = [
    Column { title: "planned.column.unit", min: 28, max: 44, align: Align::Left },
    Column { title: "planned.column.change", min: 18, max: 22, align: Align::Left },
    Column { title: "planned.column.class", min: 16, max: 30, align: Align::Left },
    Column { title: "planned.column.village", min: 12, max: 20, align: Align::Left },
];

/// The most rows that reasons take below the list.
const REASONS: usize = 6;

impl View for PlanScreen {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let hints = if matches!(self.shown, Shown::Members(_)) { ON_MEMBERS } else { ON_GRIDS };
        let body = frame::draw(canvas, self.town, self.context(), hints, "");
        let Ok(proposal) = &self.outcome else {
            return self.draw_refusal(canvas, body);
        };
        let proposal = proposal.clone();
        match &self.shown {
            Shown::Members(_) => self.draw_members(canvas, body, &proposal),
            Shown::Grids => self.draw_grids(canvas, body, &proposal, true),
            Shown::Question => {
                self.draw_grids(canvas, body, &proposal, false);
                self.draw_question(canvas, &proposal);
            }
        }
    }
}

impl PlanScreen {
    fn draw_refusal(&self, canvas: &mut Canvas<'_>, body: Rect) {
        let Err(sentence) = &self.outcome else { return };
        let title = t!("planned.title", day = self.from);
        canvas.put(body, body.x + 1, body.y, &title, Role::Title);
        lines(canvas, Rect { x: body.x + 2, y: body.y + 2, ..body }, sentence, Role::Text);
    }

    fn draw_grids(&mut self, canvas: &mut Canvas<'_>, body: Rect, proposal: &Proposal, focused: bool) {
        let line = Rect { x: body.x + 1, width: body.width.saturating_sub(1), height: 1, ..body };
        if !self.filter.draw(canvas, line) {
            let x = canvas.put(line, line.x, line.y, &(t!("planned.title", day = self.from) + "  "), Role::Title);
            canvas.put(line, x, line.y, &proposal.summary(), Role::Text);
        }
        let reasons = self.reasons(proposal, usize::from(body.width).saturating_sub(4));
        let below = reasons.len().min(REASONS).min(usize::from(body.height) / 3) as u16 + 1;
        let head = Rect { x: body.x + list::GUTTER, y: body.y + 1, width: body.width - list::GUTTER, height: 1 };
        let widths = table::widths(&GRIDS, head.width);
        table::heading(canvas.buf, head, canvas.look, &GRIDS, &widths);
        let rows = Rect { y: body.y + 2, height: body.height.saturating_sub(2 + below), ..body };
        let (look, org, found) = (canvas.look, canvas.desk.state.org(), &self.found);
        self.filter.list(canvas, rows, &mut self.window, found.len(), focused, |buf, cells, i| {
            grid_row(buf, cells, look, org, proposal, found[i], &widths)
        });
        for (y, line) in (rows.bottom() + 1..body.bottom()).zip(&reasons) {
            canvas.put(body, body.x + 2, y, line, Role::Dim);
        }
    }

    /// The reasons of the row under the cursor, in lines.
    fn reasons(&self, proposal: &Proposal, cols: usize) -> Vec<String> {
        match proposal.grids.get(self.under()) {
            Some(grid) => wrapped(&grid.why.concat(), cols),
            None => wrapped(word("planned.dissolved"), cols),
        }
    }

    fn draw_members(&mut self, canvas: &mut Canvas<'_>, body: Rect, proposal: &Proposal) {
        let org = canvas.desk.state.org();
        let (name, about) = match proposal.grids.get(self.under()) {
            Some(grid) => (
                &grid.name,
                t!("planned.grid", n = grid.units.len(), sector = grid.sector.label(), change = grid.change())
                    .into_owned(),
            ),
            None => (
                &org.node(proposal.dissolved[self.under() - proposal.grids.len()]).name,
                word("planned.closed").to_owned(),
            ),
        };
        let line = Rect { x: body.x + 1, width: body.width.saturating_sub(1), height: 1, ..body };
        if !self.filter.draw(canvas, line) {
            let x = canvas.put(line, line.x, line.y, &format!("{name}  "), Role::Title);
            canvas.put(line, x, line.y, &about, Role::Text);
        }
        let reasons = self.reasons(proposal, usize::from(body.width).saturating_sub(4));
        let mut y = body.y + 1;
        for line in reasons.iter().take(usize::from(body.height) / 2) {
            canvas.put(body, body.x + 2, y, line, Role::Text);
            y += 1;
        }
        let head = Rect { x: body.x + list::GUTTER, y: y + 1, width: body.width - list::GUTTER, height: 1 };
        let widths = table::widths(&MEMBERS, head.width);
        table::heading(canvas.buf, head, canvas.look, &MEMBERS, &widths);
        let cells = Rect { y: y + 2, height: body.bottom().saturating_sub(y + 2), ..body };
        let (look, desk) = (canvas.look, canvas.desk);
        let Shown::Members(window) = &mut self.shown else { return };
        let rows = &self.members;
        self.filter.list(canvas, cells, window, rows.len(), true, |buf, cells, i| {
            member_row(buf, cells, look, desk, &rows[i], &widths)
        });
    }

    fn draw_question(&self, canvas: &mut Canvas<'_>, proposal: &Proposal) {
        let town = &canvas.desk.state.org().node(self.town).name;
        let area = popup::centered(canvas.area, 64, 9);
        let inner = popup::draw(canvas.buf, area, canvas.look, word("planned.adopt"));
        canvas.put(inner, inner.x, inner.y, &t!("planned.town", town = town, day = self.from), Role::Text);
        canvas.put(inner, inner.x, inner.y + 1, &proposal.summary(), Role::Title);
        canvas.put(inner, inner.x, inner.y + 2, word("planned.final"), Role::Text);
        let key = |command| canvas.keys.label(Context::List, command).unwrap_or_default();
        let lines = [(key(Command::Open), word("planned.yes")), (key(Command::Back), word("planned.no"))];
        for (y, (key, word)) in (inner.y + 4..).zip(lines) {
            let x = canvas.put(inner, inner.x, y, &key, Role::Key);
            canvas.put(inner, x + 1, y, word, Role::Text);
        }
    }
}

/// A text in lines, none of which begins with a full stop or a comma: those hang over by one character.
fn wrapped(what: &str, cols: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for mut line in text::wrap(what, cols.saturating_sub(2)) {
        if let (Some(last), Some(mark)) = (out.last_mut(), line.chars().next().filter(|c| "。，；：」".contains(*c)))
        {
            last.push(mark);
            line.drain(..mark.len_utf8());
        }
        out.push(line);
    }
    out.retain(|line| !line.is_empty());
    out
}

/// Puts a sentence in as many lines as it takes.
fn lines(canvas: &mut Canvas<'_>, area: Rect, sentence: &str, role: Role) {
    for (y, line) in (area.y..area.bottom()).zip(wrapped(sentence, usize::from(area.width).saturating_sub(4))) {
        canvas.put(area, area.x, y, &line, role);
    }
}

fn grid_row(
    buf: &mut Buffer,
    cells: Rect,
    look: Look,
    org: &Org,
    proposal: &Proposal,
    at: usize,
    widths: &[u16],
) -> u16 {
    let style = |role| look.theme.style(role);
    let Some(grid) = proposal.grids.get(at) else {
        let node = org.node(proposal.dissolved[at - proposal.grids.len()]);
        let sector = node.sector.map_or("", |sector| sector.label());
        let dim = style(Role::Dim);
        let cells_of = [
            (node.name.as_str(), dim),
            ("0", dim),
            (sector, dim),
            ("", dim),
            (word("planned.closed"), style(Role::DueSoon)),
        ];
        return table::row(buf, cells, &GRIDS, widths, &cells_of);
    };
    let objected = proposal.objects_to(grid);
    let size = if objected { format!("!{}", grid.units.len()) } else { grid.units.len().to_string() };
    let main = grid.shares(org).first().map_or(String::new(), |share| format!("{} {}", share.name, share.units));
    let change = grid.change();
    let changed = match grid.keeps {
        None => Role::Met,
        Some(_) if grid.came + grid.left == 0 => Role::Dim,
        Some(_) => Role::Text,
    };
    let cells_of = [
        (grid.name.as_str(), style(Role::Text)),
        (size.as_str(), style(if objected { Role::DueSoon } else { Role::Text })),
        (grid.sector.label(), style(Role::Text)),
        (main.as_str(), style(Role::Text)),
        (change.as_str(), style(changed)),
    ];
    table::row(buf, cells, &GRIDS, widths, &cells_of)
}

fn member_row(buf: &mut Buffer, cells: Rect, look: Look, desk: &Desk, row: &MemberRow, widths: &[u16]) -> u16 {
    let record = &desk.state.org().unit(row.unit).record;
    let style = |role| look.theme.style(role);
    let village = desk.pack().division_name(&record.division).unwrap_or_default();
    let cells_of = [
        (record.name.as_str(), style(if row.leaves { Role::Dim } else { Role::Text })),
        (row.note.as_str(), style(if row.leaves { Role::Dim } else { Role::DueSoon })),
        (industry::name(&record.industry).unwrap_or_default(), style(Role::Dim)),
        (village, style(Role::Dim)),
    ];
    table::row(buf, cells, &MEMBERS, widths, &cells_of)
}

/// The grids that are found, as a table for a file.
pub(crate) fn grids(org: &Org, town: NodeIx, proposal: &Proposal, found: &[usize]) -> Listing {
    let row = |at: &usize| match proposal.grids.get(*at) {
        Some(grid) => {
            let shares = grid.shares(org);
            let shares: Vec<String> = shares.iter().map(|share| format!("{} {}", share.name, share.units)).collect();
            vec![
                Cell::text(&grid.name),
                Cell::number(grid.units.len() as i64),
                Cell::text(grid.sector.label()),
                Cell::text(shares.join(word("word.list"))),
                Cell::text(grid.change()),
                Cell::text(grid.why.concat()),
            ]
        }
        None => {
            let node = org.node(proposal.dissolved[*at - proposal.grids.len()]);
            vec![
                Cell::text(&node.name),
                Cell::Number(0),
                Cell::text(node.sector.map_or("", |sector| sector.label())),
                Cell::Empty,
                Cell::text(word("planned.closed")),
                Cell::text(word("planned.dissolved")),
            ]
        }
    };
    let columns = ["node", "units", "sector", "industry", "change", "reason"];
    Listing::new(t!("listing.plan"), town, &columns).of(found.iter().map(row))
}

/// The members that are found, as a table for a file.
pub(super) fn members(desk: &Desk, town: NodeIx, name: String, rows: &[MemberRow]) -> Listing {
    let row = |row: &MemberRow| {
        let record = &desk.state.org().unit(row.unit).record;
        vec![
            Cell::text(&record.name),
            Cell::text(&row.note),
            Cell::text(if row.leaves { t!("listing.leaves") } else { "".into() }),
            Cell::text(industry::name(&record.industry).unwrap_or_default()),
            Cell::text(desk.pack().division_name(&record.division).unwrap_or_default()),
        ]
    };
    Listing::new(name, town, &["unit", "change", "state", "industry", "town"]).of(rows.iter().map(row))
}
