//! The floor of the benchmarks: the smallest program on stock ratatui and crossterm that draws one list of N rows.
//!
//! `cargo run --release --example floor -- 2000`; `j` and `k` move, `q` quits.
use ratatui::crossterm::event::{Event, KeyCode, read};
use ratatui::style::{Modifier, Style};
use ratatui::widgets::{List, ListState};

fn main() -> std::io::Result<()> {
    let n = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(2_000);
    let rows: Vec<String> = (1..=n).map(|i| format!("{i:>7} 兰溪市某某纺织有限公司  走访 3/8")).collect();
    let list = List::new(rows).highlight_style(Style::new().add_modifier(Modifier::REVERSED));
    let mut state = ListState::default().with_selected(Some(0));
    let mut terminal = ratatui::try_init()?;
    loop {
        terminal.draw(|frame| frame.render_stateful_widget(&list, frame.area(), &mut state))?;
        if let Event::Key(key) = read()? {
            match key.code {
                KeyCode::Char('j') | KeyCode::Down => state.select_next(),
                KeyCode::Char('k') | KeyCode::Up => state.select_previous(),
                KeyCode::Char('q') => break,
                _ => {}
            }
        }
    }
    ratatui::try_restore()
}
