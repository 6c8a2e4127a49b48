//! What is read from the log while others record: its answer finds whoever asked, and nothing stands there twice.
use wangge::{
    app::{Command, Effect, Record, Ticket},
    grid::decide::Intent,
};

use super::{Seat, at_a_suggestion};

/// The number of the question to the log among these effects.
pub(super) fn read_in(effects: &[Effect]) -> Ticket {
    let ticket = effects.iter().find_map(|effect| match effect {
        Effect::Read(ticket, _) => Some(*ticket),
        _ => None,
    });
    ticket.expect("the log is asked")
}

/// What the log holds, the newest first, as the loop reads it.
pub(super) fn log(seat: &Seat) -> Vec<Record> {
    let rows = seat.world.facts.iter().enumerate();
    rows.map(|(i, fact)| Record { position: i as u64 + 1, fact: fact.clone() }).rev().take(200).collect()
}

/// Somebody else visits the enterprise of this number.
fn other(seat: &mut Seat, number: u32) -> Vec<Effect> {
    let units = vec![seat.world.unit(number)];
    let (on, topics, with) = (seat.world.today, Vec::new(), Vec::new());
    let intent = Intent::Visit { units, on, topics, note: String::new(), problem: None, with, amends: None };
    let facts = seat.world.run(&intent);
    seat.app.came(&facts)
}

/// How many records of a visit are shown.
fn shown(seat: &mut Seat) -> usize {
    seat.screen(120, 200).matches("2026-11-20 走 访").count()
}

#[test]
fn a_unit_s_year_is_drawn_while_it_is_read_anew_and_shows_nothing_twice() {
    let mut seat = at_a_suggestion();
    let first = read_in(&seat.press(Command::UnitYear));
    let rows = log(&seat);
    seat.app.rows(first, rows);
    seat.screen(80, 24);
    let once = read_in(&other(&mut seat, 9));
    seat.screen(80, 24);
    let again = read_in(&other(&mut seat, 10));
    seat.screen(80, 24);
    for ticket in [once, again] {
        let rows = log(&seat);
        seat.app.rows(ticket, rows);
    }
    assert_eq!(shown(&mut seat), 2, "{}", seat.screen(120, 200));
}

#[test]
fn a_history_shows_nothing_twice_however_often_others_record_meanwhile() {
    let mut seat = at_a_suggestion();
    seat.press(Command::History);
    let asked = [9, 10].map(|number| read_in(&other(&mut seat, number)));
    for ticket in asked {
        let rows = log(&seat);
        seat.app.rows(ticket, rows);
    }
    assert_eq!(shown(&mut seat), 2, "{}", seat.screen(120, 200));
}

#[test]
fn an_answer_for_a_screen_that_is_gone_is_nobody_s() {
    let mut seat = at_a_suggestion();
    let gone = read_in(&seat.press(Command::History));
    seat.press(Command::Back);
    let before = seat.screen(120, 40);
    let rows = log(&seat);
    assert!(seat.app.rows(gone, rows).is_empty());
    assert_eq!(seat.screen(120, 40), before);
    // Nor is it that of another screen at its place.
    let year = read_in(&seat.press(Command::UnitYear));
    let before = seat.screen(120, 40);
    let rows = log(&seat);
    seat.app.rows(gone, rows.clone());
    assert_eq!(seat.screen(120, 40), before);
    seat.app.rows(year, rows);
    assert_ne!(seat.screen(120, 40), before);
}
