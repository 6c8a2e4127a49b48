//! Every screen gives what it lists to a file, or says why not.
use std::collections::BTreeMap;

use wangge::{
    app::{About, Batch, Behind, Draft, Fill, Here, lists::WorkingList, refusal_on},
    grid::{
        fact::SessionKind,
        glance::{Measure, Whose},
    },
    report::{Listed, Listing},
};

use super::*;

/// Whether a screen lists something. A new screen does not compile until somebody has decided.
fn lists(route: &Route) -> bool {
    match route {
        Route::Desk
        | Route::Board { .. }
        | Route::Lists { .. }
        | Route::History(_)
        | Route::Plan(_)
        | Route::Overview { .. }
        | Route::Behind(_)
        | Route::Timeline
        | Route::Burden(_)
        | Route::Assessment { .. }
        | Route::Milestone { .. }
        | Route::Calendar { pick: None, .. }
        | Route::Recent
        | Route::Year(_)
        | Route::Held
        | Route::Handover { .. } => true,
        // Menus and questions choose among what is listed elsewhere; forms hold one record.
        Route::Jump(_)
        | Route::Export { .. }
        | Route::Choose { .. }
        | Route::Place(_)
        | Route::Regroup { .. }
        | Route::Many(_)
        | Route::Help(_)
        | Route::Palette(_)
        | Route::Settings
        | Route::Who
        | Route::Calendar { pick: Some(_), .. }
        | Route::ListForm { .. }
        | Route::Visit { .. }
        | Route::Session { .. }
        | Route::Fill(_)
        | Route::Resume(_)
        | Route::Drafts
        | Route::Copied { .. }
        | Route::Discard(_) => false,
    }
}

/// One of each.
fn routes(desk: &Desk) -> Vec<Route> {
    let (grid, org) = (desk.home, desk.state.org());
    let town = org.node(grid).parent.unwrap_or(grid);
    let unit = org.members_on(grid, desk.today()).next().expect("a unit");
    let here = Here::new(Context::Desk, &NoKeys, |_| None);
    let fill =
        Fill { form: "meeting", at: grid, unit: None, of: None, amends: None, kind: None, values: BTreeMap::new() };
    let stop = wangge::grid::standing::timeline(&desk.state, desk.today()).into_iter().next();
    let milestone = stop.map(|stop| Route::Milestone { duty: stop.duty, period: stop.period });
    let resumed = Draft { form: "visit".to_owned(), values: BTreeMap::new(), ..Draft::default() };
    let led = org.node(grid).holdings.first().map(|held| (held.post, held.person)).expect("a post");
    let mut routes = vec![
        Route::Desk,
        Route::Board { grid, unit: None },
        Route::Jump(here.clone()),
        Route::Lists { node: grid, text: String::new() },
        Route::Export { node: grid, listed: Vec::new() },
        Route::ListForm { node: grid, list: Box::new(WorkingList::new("甲")), before: None },
        Route::Visit { units: vec![unit], amends: None },
        Route::Session { grid, kind: SessionKind::Training, amends: None },
        Route::Choose { at: grid, of: None },
        Route::Fill(fill),
        Route::History(About::Node(grid)),
        Route::History(About::Unit(unit)),
        Route::Place(vec![unit]),
        Route::Plan(town),
        Route::Regroup { node: grid, units: Vec::new() },
        Route::Overview { node: town },
        Route::Overview { node: grid },
        Route::Behind(Behind::Number { whose: Whose::Tree(town), measure: Measure::Coverage, month: desk.month }),
        Route::Timeline,
        Route::Burden(grid),
        Route::Assessment { node: grid, period: None },
        Route::Calendar { node: grid, pick: None },
        Route::Calendar { node: grid, pick: Some(desk.today()) },
        Route::Many(Batch { intents: Vec::new(), units: vec![unit], hidden: 0 }),
        Route::Recent,
        Route::Year(unit),
        Route::Help(here.clone()),
        Route::Palette(here),
        Route::Settings,
        Route::Who,
        Route::Resume(Box::new(resumed)),
        Route::Held,
        Route::Handover { node: grid, post: led.0, from: led.1 },
        Route::Drafts,
        Route::Copied { text: "甲".to_owned(), multiplexed: true },
        Route::Discard(None),
    ];
    routes.extend(milestone);
    routes
}

#[test]
fn every_screen_gives_what_it_lists_or_says_why_not() {
    let seat = Seat::new();
    let desk = &seat.app.desk;
    for route in routes(desk) {
        let view = screen::open(&route, desk);
        let (listings, refusal) = (view.listings(desk), refusal_on(&*view, Command::Export, desk));
        if !lists(&route) {
            assert!(refusal.is_some_and(|why| !why.is_empty()), "{route:?}");
            assert!(listings.is_empty(), "{route:?}");
            continue;
        }
        // A plan that can't be made has no table, and says why.
        if let Some(why) = refusal {
            assert!(matches!(route, Route::Plan(_)) && !why.is_empty(), "{route:?}: {why}");
            continue;
        }
        assert!(!listings.is_empty(), "{route:?}");
        for listing in &listings {
            assert!(!listing.name.is_empty() && !listing.name.contains(['{', '%']), "{route:?}: {}", listing.name);
            assert!(listing.columns.iter().all(|column| !column.title.contains('.')), "{:?}", listing.columns);
            if let Listed::Here(rows) = &listing.rows {
                assert!(rows.iter().all(|row| row.len() == listing.columns.len()), "{route:?}");
            }
        }
    }
}

/// The rows of what the top screen lists first.
fn listed(seat: &mut Seat) -> Listing {
    let (desk, screens) = seat.app.parts();
    screens.last().and_then(|top| top.listings(desk).into_iter().next()).expect("a list")
}

fn rows(listing: &Listing) -> Vec<Vec<String>> {
    match &listing.rows {
        Listed::Here(rows) => rows.iter().map(|row| row.iter().map(ToString::to_string).collect()).collect(),
        Listed::Log(..) => panic!("rows at hand"),
    }
}

#[test]
fn what_is_found_is_what_is_given() {
    let mut seat = Seat::new();
    seat.press(Command::Board);
    let whole = rows(&listed(&mut seat));
    assert_eq!((whole.len(), whole[0].len()), (10, 17));
    seat.press(Command::Filter);
    seat.type_text(&whole[3][0]);
    seat.press(Command::Open);
    let listing = listed(&mut seat);
    let found = rows(&listing);
    assert!(found.contains(&whole[3]) && found.len() < whole.len(), "{found:?}");
    assert_eq!(listing.narrowed, whole[3][0]);
}

#[test]
fn the_desk_gives_each_tab_in_its_own_columns() {
    let mut seat = Seat::new();
    let mut columns = |command| {
        seat.press(command);
        let listing = listed(&mut seat);
        listing.columns.iter().map(|column| column.id).collect::<Vec<_>>()
    };
    assert!(columns(Command::Tab1).starts_with(&["section", "clause", "text", "node"]));
    assert!(columns(Command::Tab2).contains(&"unit"));
    assert!(columns(Command::Tab8).ends_with(&["recorded", "fact"]));
}
