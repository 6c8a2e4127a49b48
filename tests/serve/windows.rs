//! Two windows of one user on a private store.
use super::*;

#[test]
fn what_one_window_records_appears_in_the_other_and_its_cursor_stays() {
    let home = own_store();
    let mut first = desk_in_grid(&home.wangge(&["--store", "store"]));
    let mut second = desk_in_grid(&home.wangge(&["--store", "store"]));
    // Onto the second suggestion; the other window records the first one.
    second.keys("space <Down>");
    let before = second.frame();
    first.keys("space*2");
    first.wait_for("已记");
    let after = second.wait("the other window's visit", |frame| suggestions(frame) != suggestions(&before));
    assert_eq!(suggestions(&after)[..2], suggestions(&before)[1..3], "{after}");
    assert!(chosen(&before).is_some());
    assert_eq!(chosen(&after), chosen(&before), "{after}");
    // And the other way round.
    second.keys("space");
    second.wait_for("已记");
    first.wait("the second window's visit", |frame| suggestions(frame).first() == suggestions(&after).get(1));
    quit(second);
    quit(first);
    assert_eq!(count(&home, "visit"), 2);
}

#[test]
fn the_second_window_goes_on_when_the_first_one_ends_and_lets_others_in() {
    let home = own_store();
    let first = desk_in_grid(&home.wangge(&["--store", "store"]));
    let mut second = desk_in_grid(&home.wangge(&["--store", "store"]));
    quit(first);
    second.wait_for("账本现在由本窗口打开");
    second.keys("space*2");
    second.wait_for("已记");
    let mut third = desk_in_grid(&home.wangge(&["--store", "store"]));
    third.keys("space*2");
    third.wait_for("已记");
    quit(third);
    quit(second);
    assert_eq!(count(&home, "visit"), 2);
    assert!(run(&home, &["verify", "--store", "store"]).contains("日志完好"));
}

#[test]
fn a_window_that_is_killed_leaves_the_store_to_the_other_one() {
    let home = own_store();
    let mut first = desk_in_grid(&home.wangge(&["--store", "store"]));
    let mut second = desk_in_grid(&home.wangge(&["--store", "store"]));
    first.signal(Signal::KILL);
    first.wait_exit();
    second.wait_for("账本现在由本窗口打开");
    second.keys("space*2");
    second.wait_for("已记");
    quit(second);
    assert_eq!(count(&home, "visit"), 1);
}

#[test]
fn a_subcommand_works_beside_an_open_desk() {
    let home = own_store();
    let desk = desk_in_grid(&home.wangge(&["--store", "store"]));
    assert_eq!(count(&home, "visit"), 0);
    assert!(run(&home, &["due", "--store", "store"]).contains("走访企业"));
    quit(desk);
}

#[test]
fn a_subcommand_counts_what_the_desk_beside_it_has_just_recorded() {
    let home = own_store();
    let mut desk = desk_in_grid(&home.wangge(&["--store", "store"]));
    let due = || run(&home, &["due", "--json", "--store", "store"]);
    // The desk makes the state that it gives to others once for all who come at about the same time.
    let before = due();
    desk.keys("space*2");
    desk.wait_for("已记");
    assert!(due() != before, "the visit does not count");
    quit(desk);
}
