//! Rosters against the store: what is new, what is a correction, which grid fits, who holds which post.
use super::world::{OTHER_TOWN, TOWN, World, code, day, line};
use wangge::grid::{
    decide::{Actor, RosterLine, decide_roster},
    fact::Body,
    org::{Form, NodeIx, Post, Sector},
    standing::Overview,
};

fn members(world: &World, grid: NodeIx, on: &str) -> Vec<String> {
    world.state.org().members_on(grid, day(on)).map(|unit| world.state.org().unit(unit).id.clone()).collect()
}

fn holders(world: &World, grid: NodeIx, on: &str) -> Vec<String> {
    let org = world.state.org();
    let mut names: Vec<_> =
        org.node(grid).holders_on(Post::Member, day(on)).map(|p| org.person(p).record.name.clone()).collect();
    names.sort();
    names
}

fn in_grid(number: u32, grid: &str) -> RosterLine {
    RosterLine { grid: Some(grid.to_owned()), ..line(number) }
}

#[test]
fn a_store_begins_with_the_tree_and_its_villages() {
    let world = World::open("2026-11-23");
    let org = world.state.org();
    let farm = org.node_ix("330000001-N1").unwrap();
    let node = org.node(farm);
    assert_eq!((node.name.as_str(), node.sector, node.level), ("农业网格", Some(Sector::Agriculture), 3));
    assert_eq!(node.parent, org.node_ix(TOWN));
    assert_eq!(members(&world, farm, "2026-11-23"), ["330000001001", "330000001002"]);
    assert_eq!(members(&world, farm, "2026-11-22"), [""; 0]);
    let other = org.node_ix("330000002-N1").unwrap();
    assert_eq!(members(&world, other, "2026-11-23"), ["330000002001"]);
    assert_eq!(org.roots(), [org.node_ix("330").unwrap()]);
    assert_eq!(world.standing("visit", farm, "2026-11").need, 1); // ceil(30 % of 2)
}

#[test]
fn a_first_import_sets_up_grids_for_the_running_month() {
    let mut world = World::open("2026-10-01");
    let mixed = RosterLine { sector: Some(Sector::Service), ..in_grid(4, "第2网格") };
    let elsewhere = RosterLine { division: format!("{OTHER_TOWN}001"), ..in_grid(5, "工业网格") };
    let lines = [in_grid(1, "工业网格"), in_grid(2, "工业网格"), in_grid(3, "第2网格"), mixed, elsewhere];
    let decision = world.on("2026-11-23").import(&lines);
    assert_eq!((decision.created, decision.corrected, decision.unchanged, decision.unplaced), (5, 0, 0, 0));
    assert_eq!(decision.new_grids, ["东乡 工业网格", "东乡 第2网格", "西乡 工业网格"]);
    let org = world.state.org();
    let [industry, second, theirs] =
        ["330000001-G01", "330000001-G02", "330000002-G01"].map(|id| org.node_ix(id).unwrap());
    assert_eq!(members(&world, industry, "2026-11-01"), ["E0001", "E0002"], "so that November counts");
    assert_eq!(members(&world, industry, "2026-10-31"), [""; 0]);
    assert_eq!(members(&world, theirs, "2026-11-23"), ["E0005"]);
    assert_eq!(org.node(industry).sector, Some(Sector::Industry));
    assert_eq!(org.node(second).sector, Some(Sector::Mixed));
    assert_eq!((org.node(second).form, org.node(second).level), (Form::Vertical, 3));
    assert_eq!(holders(&world, industry, "2026-11-23"), ["人员1", "人员2"]);
    assert_eq!(holders(&world, industry, "2026-11-01"), ["人员1", "人员2"]);
}

#[test]
fn the_same_roster_again_changes_nothing() {
    let mut world = World::open("2026-10-01");
    let villager = RosterLine { contact: String::new(), ..in_grid(3, "工业网格") };
    let lines = [in_grid(1, "工业网格"), line(2), villager];
    assert_eq!(world.import(&lines).created, 3);
    for today in ["2026-10-01", "2026-10-02", "2026-12-31"] {
        let again = world.on(today).import(&lines);
        assert_eq!((again.unchanged, again.drafts.len()), (3, 0), "{today}");
        assert!(again.new_grids.is_empty());
    }
}

#[test]
fn a_changed_row_is_a_correction() {
    let mut world = World::open("2026-10-01");
    world.import(&[in_grid(1, "工业网格"), in_grid(2, "工业网格")]);
    let renamed = RosterLine { name: "新名字".to_owned(), ..in_grid(1, "工业网格") };
    let decision = world.on("2026-11-05").import(&[renamed, in_grid(2, "工业网格")]);
    assert_eq!((decision.corrected, decision.unchanged, decision.drafts.len()), (1, 1, 1));
    assert!(matches!(decision.drafts[0].body, Body::Unit(_)));
    assert_eq!(world.state.org().unit(world.unit(1)).record.name, "新名字");
    assert_eq!(members(&world, world.grid("工业网格"), "2026-11-05").len(), 2);
}

#[test]
fn another_contact_ends_the_one_post_and_begins_the_other() {
    let mut world = World::open("2026-10-01");
    world.import(&[in_grid(1, "工业网格")]);
    let grid = world.grid("工业网格");
    let changed = RosterLine { contact: "新人".to_owned(), ..in_grid(1, "工业网格") };
    let decision = world.on("2026-11-05").import(std::slice::from_ref(&changed));
    // The unit's record, the old post's end, the new person, the new post.
    assert_eq!((decision.corrected, decision.drafts.len()), (1, 4));
    assert_eq!(holders(&world, grid, "2026-11-04"), ["人员1"]);
    assert_eq!(holders(&world, grid, "2026-11-05"), ["新人"]);
    assert_eq!(world.import(&[changed]).unchanged, 1);
    // And back on the same day, and to nobody.
    world.import(&[in_grid(1, "工业网格")]);
    assert_eq!(holders(&world, grid, "2026-11-05"), ["人员1"]);
    world.on("2026-11-06").import(&[RosterLine { contact: String::new(), ..in_grid(1, "工业网格") }]);
    assert_eq!(holders(&world, grid, "2026-11-06"), [""; 0]);
}

#[test]
fn a_row_that_names_another_grid_moves_the_unit_today() {
    let mut world = World::open("2026-10-01");
    world.import(&[in_grid(1, "工业网格"), in_grid(2, "工业网格")]);
    let decision = world.on("2026-11-05").import(&[in_grid(2, "工业第2网格")]);
    assert_eq!((decision.corrected, decision.new_grids), (1, vec!["东乡 工业第2网格".to_owned()]));
    let [old, new] = ["工业网格", "工业第2网格"].map(|name| world.grid(name));
    assert_eq!(members(&world, old, "2026-11-04"), ["E0001", "E0002"]);
    assert_eq!(
        (members(&world, old, "2026-11-05"), members(&world, new, "2026-11-05")),
        (vec![code(1)], vec![code(2)])
    );
    assert_eq!(members(&world, new, "2026-11-04"), [""; 0]);
    assert_eq!(
        (holders(&world, old, "2026-11-05"), holders(&world, new, "2026-11-05")),
        (vec!["人员1".to_owned()], vec!["人员2".to_owned()])
    );
    assert_eq!(world.import(&[in_grid(2, "工业第2网格")]).unchanged, 1);
}

#[test]
fn without_a_grid_the_one_that_fits_is_taken() {
    let mut world = World::open("2026-10-01");
    world.import(&[in_grid(1, "工业网格")]);
    let construction = RosterLine { sector: Some(Sector::Construction), ..line(3) };
    let farm = RosterLine { sector: Some(Sector::Agriculture), ..line(4) };
    let decision = world.on("2026-11-05").import(&[line(2), construction, farm]);
    assert_eq!((decision.created, decision.unplaced), (3, 0));
    let org = world.state.org();
    let grid_of = |n| org.node(org.grid_of(world.unit(n), day("2026-11-05")).unwrap()).id.as_str();
    assert_eq!([grid_of(2), grid_of(3), grid_of(4)], ["330000001-G01", "330-F", "330000001-N1"]);
    // It joins a grid with members today, and an empty one for the month.
    assert_eq!(org.grid_of(world.unit(2), day("2026-11-04")), None);
    assert!(org.grid_of(world.unit(3), day("2026-11-01")).is_some());
    // No grid of its sector: the one across industries.
    let mut mixed = World::open("2026-10-01");
    mixed.import(&[in_grid(1, "一网格"), RosterLine { sector: Some(Sector::Service), ..in_grid(2, "一网格") }]);
    assert_eq!(mixed.import(&[line(3)]).unplaced, 0);
    assert_eq!(members(&mixed, mixed.grid("一网格"), "2026-10-01").len(), 3);
}

#[test]
fn where_none_or_several_fit_it_is_flagged_up_to_the_root() {
    let mut world = World::open("2026-10-01");
    world.import(&[in_grid(1, "工业第1网格"), in_grid(2, "工业第2网格")]);
    let service = RosterLine { sector: Some(Sector::Service), division: OTHER_TOWN.to_owned(), ..line(4) };
    let unclear = RosterLine { sector: None, ..line(5) };
    let decision = world.import(&[line(3), service, unclear]); // several, none, cannot say
    assert_eq!((decision.created, decision.unplaced), (3, 3));
    let flagged = |world: &World| {
        let overview = Overview::new(&world.state, world.today);
        ["东乡", "西乡", "小县", "建设局"].map(|name| overview.sum(world.grid(name)).unplaced)
    };
    assert_eq!(flagged(&world), [2, 1, 3, 0]);
    let grid = world.grid("工业第1网格");
    world.place(&[3, 4, 5], grid, "2026-10-01");
    assert_eq!(flagged(&world), [0, 0, 0, 0]);
}

#[test]
fn placing_by_hand_takes_the_contact_along_and_a_second_import_leaves_it() {
    let mut world = World::open("2026-10-01");
    world.import(&[in_grid(1, "工业第1网格"), in_grid(2, "工业第2网格"), line(3)]);
    let [first, second] = ["工业第1网格", "工业第2网格"].map(|name| world.grid(name));
    world.on("2026-10-10").place(&[3], first, "2026-10-10");
    assert_eq!(holders(&world, first, "2026-10-10"), ["人员1", "人员3"]);
    assert_eq!(world.import(&[line(3)]).unchanged, 1);
    world.on("2026-10-20").place(&[3], second, "2026-10-15");
    assert_eq!(holders(&world, first, "2026-10-14"), ["人员1", "人员3"]);
    assert_eq!(holders(&world, first, "2026-10-15"), ["人员1"]);
    assert_eq!(holders(&world, second, "2026-10-15"), ["人员2", "人员3"]);
    assert_eq!(world.import(&[line(3)]).unchanged, 1);
}

#[test]
fn rows_that_do_not_fit_the_store_are_all_named() {
    let mut world = World::open("2026-10-01");
    world.import(&[in_grid(1, "工业网格")]);
    let far = RosterLine { division: "110000001".to_owned(), ..line(2) };
    let short = RosterLine { division: "3300".to_owned(), ..line(3) };
    let village = RosterLine { code: "330000001001".to_owned(), ..line(4) };
    let actor = Actor::owner(None, world.today);
    let errors = decide_roster(&world.state, &actor, &[far, line(9), short, village]).unwrap_err();
    let said: Vec<_> = errors.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 3);
    assert!(said[0].starts_with("第2行：行政区划代码 110000001 不属于"), "{}", said[0]);
    assert!(said[1].starts_with("第3行：行政区划代码 3300 不属于"));
    assert_eq!(said[2], "第4行：代码 330000001001 已是村（社区）「一村」");
}
