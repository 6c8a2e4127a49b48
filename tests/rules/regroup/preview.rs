//! What a preview says, held against what is so afterwards.
use wangge::grid::{
    decide::{
        Intent, Regroup, RosterLine,
        regroup::{Amount, Line, Preview},
    },
    fact::{ProblemFound, SessionKind},
    org::Post,
};

use super::*;
use crate::rules::world::{OTHER_TOWN, line, visit};

#[test]
fn the_preview_says_what_a_split_moves_and_the_rules_agree_afterwards() {
    let mut world = world(10);
    world.on("2026-11-10");
    let mut found = visit(&[world.unit(9)], "2026-11-10");
    if let Intent::Visit { problem, .. } = &mut found {
        *problem = Some(ProblemFound { text: "台账缺页".to_owned(), follow_up: Some(day("2026-11-30")) });
    }
    world.run(&found);
    world.on("2026-11-17");
    let plan = split(&world, SECOND, &[9, 10], "2026-11-15");
    let before = world.facts.len();
    let told = seen(&world, &plan);
    assert_eq!(world.facts.len(), before);
    assert_eq!(told.title, "拆分 东乡 工业第1网格：2 家划入新建的 工业第2网格，从 2026-11-15 起");
    let rows = |told: &Preview, head: &str| -> Vec<String> {
        let lines = told.lines();
        let after = lines.iter().skip_while(|line| !matches!(line, Line::Head(text) if text.starts_with(head)));
        let of = |line: &Line| match line {
            Line::Row(cells) => Some(cells.join(" | ")),
            Line::Note(text) => Some(text.clone()),
            Line::Head(_) => None,
        };
        after.skip(1).map_while(of).collect()
    };
    assert_eq!(rows(&told, "网格"), ["工业第1网格 | 10 家，调整后 8 家", "工业第2网格 | 新建，2 家"]);
    assert_eq!(rows(&told, "划转 2 家"), ["企业9 | 工业第1网格 | 工业第2网格", "企业10 | 工业第1网格 | 工业第2网格"]);
    assert_eq!(
        rows(&told, "岗位"),
        ["人员9 | 网格员 | 工业第1网格 | 转到 工业第2网格", "人员10 | 网格员 | 工业第1网格 | 转到 工业第2网格",]
    );
    assert_eq!(rows(&told, "没销号的问题"), ["企业9 | 随企业到 工业第2网格 | 台账缺页（复查 2026-11-30）"]);
    // Ten on 1 November: 3; eight on 1 December: ceil(2.4) = 3; two: ceil(0.6) = 1.
    let coverage: Vec<_> = told.duties.iter().filter(|change| change.duty == "visit").collect();
    assert_eq!(coverage.len(), 2);
    assert_eq!((coverage[0].before, coverage[0].after), (Some(Amount { have: 1, need: 3 }), coverage[0].before));
    assert_eq!((coverage[0].next_need, coverage[1].next_need), (Some(3), Some(1)));
    assert_eq!(coverage[1].before, None);
    assert!(told.overdue.is_empty(), "nothing is closed");
    // The day is two days ago: a visit since then stays where it was recorded.
    world.visit(9, "2026-11-16");
    let again = seen(&world, &plan);
    assert_eq!(rows(&again, "请注意"), ["2026-11-15 起已有 1 条记录记在 东乡 工业第1网格，仍算在那里。"]);
    // What was said is what is.
    run(&mut world, plan);
    for change in &again.duties {
        let node = world.state.org().node_ix(&change.node.id).unwrap();
        let now = world.standing(&change.duty, node, &change.period);
        let wanted = change.after.unwrap_or(Amount { have: now.have, need: 0 });
        assert_eq!((now.have, now.need), (wanted.have, wanted.need), "{change:?}");
    }
    let first = world.grid(FIRST);
    let coverage = again.duties.iter().find(|change| change.duty == "visit").unwrap();
    assert_eq!(coverage.after, Some(Amount { have: 1, need: 3 }));
    assert_eq!(world.standing("visit", first, "2026-11").have, 1);
}

#[test]
fn the_preview_of_a_merger_says_who_takes_over_what_is_overdue() {
    let mut world = world(10);
    let second = world.enroll(SECOND, 11..=14);
    appoint(&mut world, SECOND, Post::Leader, "张三");
    world.on("2026-11-20").session(second, SessionKind::Training, "2026-11-20");
    let told = seen(&world, &merge(&world, "2026-12-01"));
    assert_eq!(told.title, "合并：东乡 工业第2网格 并入 东乡 工业第1网格，从 2026-12-01 起");
    assert_eq!(told.notes[0], "2026-12-01 才生效，在那以前一切照旧。");
    assert_eq!(told.notes[1], "东乡 工业第2网格 没办完的由 东乡 工业第1网格 接办；以前的记录仍算在原网格。");
    // Overdue today at the second grid: October's visits (ceil(1.2) = 2) and its ledgers (4).
    let late: Vec<_> =
        told.overdue.iter().map(|left| (left.duty.as_str(), left.period.as_str(), left.amount)).collect();
    let none_of = |need| Amount { have: 0, need };
    assert_eq!(late, [("visit", "2026-10", none_of(2)), ("ledger-check", "2026-10", none_of(4))]);
    assert!(told.overdue.iter().all(|left| left.owed_by.name == "东乡 工业第1网格"));
    // November is owed to its end by the second grid and handed on; December is the first grid's alone: 14 x 0.3 = 4.2.
    let visits: Vec<_> = told.duties.iter().filter(|change| change.duty == "visit").collect();
    let of = |period: &str, node: &str| {
        let change = visits.iter().find(|c| c.period == period && c.node.name.ends_with(node)).unwrap();
        (change.before.map(|a| a.need), change.after.map(|a| a.need), change.owed_by.name.as_str())
    };
    assert_eq!(of("2026-12", FIRST), (Some(3), Some(5), "东乡 工业第1网格"));
    assert_eq!(of("2026-12", SECOND), (Some(2), None, "东乡 工业第1网格"));
    assert_eq!(of("2026-11", SECOND), (Some(2), Some(2), "东乡 工业第1网格"));
    let ends: Vec<_> = told.posts.iter().filter(|post| post.post == Post::Leader).collect();
    assert_eq!((ends.len(), ends[0].person.name.as_str(), ends[0].on), (1, "张三", day("2026-12-01")));
    // Into another township: allowed, and said.
    let lines: Vec<RosterLine> = (21..=22)
        .map(|n| RosterLine { division: OTHER_TOWN.to_owned(), grid: Some("服务网格".to_owned()), ..line(n) })
        .collect();
    world.import(&lines);
    let across = Regroup::Merge { grids: vec![second], into: world.grid("服务网格"), from: day("2026-11-20") };
    assert_eq!(seen(&world, &across).notes[0], "跨乡镇：从 东乡 到 西乡；单位的区划代码不变，职责从此计入 西乡。");
}
