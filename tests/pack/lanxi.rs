//! The Lanxi pack: whose duties it has, its options, its annex 1.
use wangge::grid::{
    org::{Form, Post},
    pack::{Duty, Pack, PackFiles, Seat},
};

use super::{builtin, files, parsed};

fn of(pack: &Pack, level: u8, form: Form, post: Post) -> Vec<&Duty> {
    let seat = Seat { level, form, post };
    pack.duties.iter().filter(|duty| duty.seats.contains(&seat)).collect()
}

/// The pack with an option set to another value.
fn with(option: &str, value: &str) -> Pack {
    let lanxi = files("lanxi");
    let (head, rest) = lanxi.pack.split_once(&format!("[[option]]\nid = \"{option}\"\nvalue = \"")).unwrap();
    let (_, rest) = rest.split_once('"').unwrap();
    let text = format!("{head}[[option]]\nid = \"{option}\"\nvalue = \"{value}\"{rest}");
    parsed(&PackFiles { pack: &text, ..lanxi })
}

#[test]
fn every_post_of_every_level_has_duties() {
    let pack = builtin("lanxi");
    let posts = [
        (1, Form::Vertical, Post::Leader),
        (1, Form::Vertical, Post::Deputy),
        (0, Form::Office, Post::Member),
        (2, Form::Vertical, Post::Leader),
        (2, Form::Vertical, Post::Deputy),
        (2, Form::Vertical, Post::Member),
        (3, Form::Vertical, Post::Leader),
        (3, Form::Vertical, Post::Deputy),
        (3, Form::Vertical, Post::Member),
        (3, Form::Vertical, Post::Guide),
    ];
    for (level, form, post) in posts {
        assert!(!of(&pack, level, form, post).is_empty(), "{level} {form:?} {post:?}");
    }
}

/// B-5: 参照上述相应网格责任清单.
#[test]
fn flat_grids_have_the_duties_of_their_level() {
    let pack = builtin("lanxi");
    for post in Post::ALL {
        let ids = |form| -> Vec<&str> {
            let own = of(&pack, 3, form, post).into_iter().filter(|duty| duty.clause.starts_with("A2-"));
            own.map(|duty| duty.id.as_str()).collect()
        };
        assert_eq!(ids(Form::Vertical), ids(Form::Flat), "{post:?}");
    }
    // Every department, platform and group that the policy lists has a flat grid of its own.
    let flat = pack.nodes.iter().filter(|node| node.form == Form::Flat);
    let over: std::collections::BTreeSet<&str> = flat.filter_map(|node| node.parent.as_deref()).collect();
    let named = |id: &&str| pack.nodes.iter().find(|node| node.id == **id).unwrap().name.as_str();
    let mut names: Vec<&str> = over.iter().map(named).collect();
    names.sort_unstable();
    let mut listed = vec![
        "市发改局",
        "市经信局",
        "市建设局",
        "市水务局",
        "市交通运输局",
        "经济开发区",
        "高新区",
        "城投集团",
        "交投集团",
        "兰创集团",
        "文旅集团",
    ];
    listed.sort_unstable();
    assert_eq!(names, listed);
}

#[test]
fn the_policy_contradicts_itself_in_three_places_and_each_can_be_chosen() {
    let due = |pack: &Pack| {
        let dues = ["architecture-1", "architecture-2", "architecture-3", "architecture-flat"];
        dues.map(|id| pack.duty(id).unwrap().1.once().unwrap().to_string())
    };
    assert_eq!(due(&builtin("lanxi")), ["2022-06-30"; 4]);
    assert_eq!(due(&with("architecture", "may")), ["2022-05-31"; 4]);

    let zone = |pack: &Pack| pack.nodes.iter().any(|node| node.id == "330781-F-KF");
    assert!(zone(&builtin("lanxi")) && !zone(&with("flat_zone", "annex")));

    let haves = |pack: &Pack| {
        let (_, list) = pack.checklist("five_haves").unwrap();
        list.items.iter().map(|item| (item.id.clone(), item.text.clone())).collect::<Vec<_>>()
    };
    let (annex, body) = (haves(&builtin("lanxi")), haves(&with("five_haves", "body")));
    assert_eq!(annex[1], ("office".to_owned(), "有责任机构".to_owned()));
    assert_eq!(body[1], ("office".to_owned(), "有一个责任处（科）室".to_owned()));
    assert!(annex.iter().zip(&body).all(|((a, x), (b, y))| a == b && x != y), "five items, the same ids, other words");
}

#[test]
fn every_option_is_used_with_each_of_its_values() {
    for id in ["lanxi", "sample"] {
        let text = files(id).pack.to_owned() + files(id).duties;
        for option in &builtin(id).options {
            let used = option.values.iter().filter(|value| text.contains(&format!("when = \"{}={value}\"", option.id)));
            assert!(used.count() > 0, "{id}: no row asks for {}", option.id);
            assert!(option.note.chars().count() > 20, "{id}: {} is not explained", option.id);
        }
    }
}

/// Annex 1 and the stages, as the requirements list them (section 4).
#[test]
fn annex_1_and_the_stages_have_their_days() {
    let pack = builtin("lanxi");
    for duty in &pack.duties {
        let due = match duty.clause.as_str() {
            "S-1" => "2022-05-31",
            "A1-4d" | "A1-5" | "S-4" => "2022-12-31",
            clause if clause.starts_with("A1-") || clause.starts_with("S-") => "2022-06-30",
            _ => {
                assert_eq!(duty.once(), None, "{}", duty.id);
                continue;
            }
        };
        // The yearly report against fraud and the watch over 四大体系 go on for good.
        if !["antifraud-report", "four-systems-watch"].contains(&duty.id.as_str()) {
            assert_eq!(duty.once().map(|day| day.to_string()).as_deref(), Some(due), "{}", duty.id);
        }
    }
}

#[test]
fn b_4_is_in_the_pack() {
    let pack = builtin("lanxi");
    assert_eq!((pack.grids.least, pack.grids.most, pack.grids.farm), (20, 30, true));
    let towns: Vec<_> = pack.divisions.iter().filter(|division| division.code.len() == 9).collect();
    assert_eq!(towns.len(), 16);
    assert!(towns.iter().all(|town| town.name != "经济开发区"), "no 农业网格 in 经济开发区");
    assert_eq!(pack.names.post(3, Form::Flat, Post::Guide), "统计指导员");
    assert_eq!(pack.names.post(3, Form::Vertical, Post::Leader), "网格长");
    assert_eq!(pack.names.level(2, Form::Vertical), "二级网格");
}
