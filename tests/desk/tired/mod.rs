//! What tired hands press: any keys in any order, the mouse, pastes, windows of any size, while saving fails or stalls now
//! and then and others record. Nothing panics, no frame is broken, what was recorded is all there, and Esc leads home.
//! `WANGGE_TIRED=n` says how many sittings.
mod county;
mod hands;
mod press;
mod store;

use hands::Hands;
use press::press;
use proptest::{prelude::*, sample::select, test_runner::Config};

fn config() -> Config {
    let cases = std::env::var("WANGGE_TIRED").ok().and_then(|n| n.parse().ok()).unwrap_or(24);
    Config { cases, max_shrink_iters: 4000, ..Config::default() }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn whatever_is_pressed_nothing_breaks_nothing_is_lost_and_esc_leads_home(
        home in select(vec!["330781001-G01", "330781001-G01", "330781001", "330781"]),
        presses in prop::collection::vec(press(), 1..400)
    ) {
        let mut hands = Hands::new(home);
        hands.look();
        for press in &presses {
            hands.press(press);
            hands.look();
        }
        prop_assert!(hands.knows_all(), "something was lost or doubled");
        hands.size = (80, 24);
        prop_assert!(hands.go_home(), "no way home from\n{}", hands.look());
    }
}
