//! The question before many are recorded at once: how many, where, what.
use std::collections::BTreeMap;

use crate::{
    app::{Action, Batch, Command, Context, Desk, Event, Screen, useless},
    grid::{decide::Intent, org::NodeIx},
    screen::{Canvas, View, batch::MANY, frame},
    ui::{Role, popup},
    words::t,
};

/// How many grids are named.
const NAMED: usize = 6;

pub(super) struct Many {
    batch: Batch,
    /// How many of the units belong where today, the most first; none is no grid.
    grids: Vec<(Option<NodeIx>, usize)>,
}

impl Many {
    pub(super) fn new(desk: &Desk, batch: Batch) -> Many {
        let mut counts: BTreeMap<Option<NodeIx>, usize> = BTreeMap::new();
        for unit in &batch.units {
            *counts.entry(desk.state.org().grid_of(*unit, desk.today())).or_default() += 1;
        }
        let mut grids: Vec<_> = counts.into_iter().collect();
        grids.sort_by_key(|(grid, n)| (std::cmp::Reverse(*n), *grid));
        Many { batch, grids }
    }

    /// What is recorded, in words.
    fn what(&self, desk: &Desk) -> String {
        let day = desk.today().format("%m-%d").to_string();
        match self.batch.intents.first() {
            Some(Intent::Visit { on, .. }) => t!("many.visits", day = on.format("%m-%d")).into_owned(),
            Some(Intent::CloseProblem { .. }) => t!("many.problems", n = self.batch.intents.len()).into_owned(),
            Some(Intent::Done { duty, .. }) if self.batch.intents.len() == 1 => {
                let name = desk.pack().duty(duty).map_or(duty.as_str(), |(_, duty)| duty.name.as_str());
                t!("many.done", duty = name, day = day).into_owned()
            }
            _ => t!("many.several", n = self.batch.intents.len(), day = day).into_owned(),
        }
    }

    /// What is to be borne in mind.
    fn warnings(&self) -> Vec<String> {
        let mut out = Vec::new();
        if self.batch.hidden > 0 {
            out.push(t!("many.hidden", n = self.batch.hidden).into_owned());
        }
        let visits = matches!(self.batch.intents.first(), Some(Intent::Visit { .. }));
        if visits && self.batch.units.len() >= MANY {
            out.push(t!("many.padded", n = self.batch.units.len()).into_owned());
        }
        out
    }
}

impl Screen for Many {
    fn context(&self) -> Context {
        Context::List
    }

    fn refuses(&self, command: Command, _: &Desk) -> Option<String> {
        match command {
            Command::Open | Command::Back | Command::Quit => None,
            _ => Some(useless(command)),
        }
    }

    fn on(&mut self, event: Event, _: &Desk) -> Vec<Action> {
        match event {
            Event::Command(Command::Open) => {
                vec![Action::RecordMany(std::mem::take(&mut self.batch.intents)), Action::Close]
            }
            Event::Command(Command::Back) => vec![Action::Close],
            _ => Vec::new(),
        }
    }
}

impl View for Many {
    fn draw(&mut self, canvas: &mut Canvas<'_>) {
        let warnings = self.warnings();
        let named = self.grids.len().min(NAMED);
        let more = usize::from(self.grids.len() > NAMED);
        let rows = 2 + 1 + 1 + named + more + 1 + warnings.len() + 1;
        let area = popup::centered(canvas.area, 60, rows as u16 + 1);
        let title = t!("many.title", n = self.batch.units.len());
        let inner = popup::draw(canvas.buf, area, canvas.look, &title);
        let what = self.what(canvas.desk);
        canvas.put(inner, inner.x, inner.y, &what, Role::Title);
        let mut y = inner.y + 2;
        for (grid, n) in self.grids.iter().take(NAMED) {
            let name = match grid {
                Some(grid) => canvas.desk.state.org().full_name(*grid),
                None => t!("many.no_grid").into_owned(),
            };
            canvas.put(inner, inner.x, y, &t!("many.grid", name = name, n = n), Role::Text);
            y += 1;
        }
        if more > 0 {
            let n = self.grids.len() - NAMED;
            canvas.put(inner, inner.x, y, &t!("many.more_grids", n = n), Role::Dim);
            y += 1;
        }
        y += 1;
        for warning in warnings {
            canvas.put(inner, inner.x, y, &warning, Role::Late);
            y += 1;
        }
        let line = ratatui::layout::Rect { y: inner.bottom().saturating_sub(1), height: 1, ..inner };
        let words = [(Command::Open, t!("many.enter")), (Command::Back, t!("many.back"))];
        frame::keys_named(canvas, line, Context::List, &words);
    }

    fn is_popup(&self) -> bool {
        true
    }
}
