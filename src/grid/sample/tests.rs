#![allow(clippy::unwrap_used)]
use std::collections::{BTreeSet, HashSet};

use super::*;
use crate::grid::code::{credit_code, division, industry};

const COUNTS: [usize; 12] = [1, 10, 35, 50, 99, 199, 200, 777, 2_000, 2_001, 5_000, 20_000];

fn home_code(grid: &SampleGrid) -> Option<&str> {
    match &grid.home {
        Home::Township(code) => Some(code),
        Home::Flat(_) => None,
    }
}

#[test]
fn the_same_seed_gives_the_same_and_another_does_not() {
    assert_eq!(generate(7, 300), generate(7, 300));
    assert_ne!(generate(7, 300), generate(8, 300));
}

#[test]
fn every_unit_would_pass_the_import() {
    let sample = generate(1, 3_000);
    for unit in &sample.units {
        assert_eq!(credit_code::check(&unit.code), Ok(()), "{unit:?}");
        assert!(credit_code::organisation_holds(&unit.code), "{unit:?}");
        assert!(industry::is_class(unit.industry), "{unit:?}");
        assert_eq!(industry::sector(unit.industry), Some(unit.sector), "{unit:?}");
        assert!(Divisions::lanxi().known(&unit.division), "{unit:?}");
        assert_eq!((unit.phone.len(), &unit.phone[..7]), (11, "1380000"));
        assert!((2..=3).contains(&unit.contact.chars().count()), "{unit:?}");
    }
    let codes: HashSet<_> = sample.units.iter().map(|u| &u.code).collect();
    let names: HashSet<_> = sample.units.iter().map(|u| &u.name).collect();
    assert_eq!((codes.len(), names.len()), (3_000, 3_000));
}

#[test]
fn trades_are_filed_under_their_own_sector() {
    for (sector, table) in [
        (Sector::Industry, trades::INDUSTRY),
        (Sector::Service, trades::SERVICE),
        (Sector::Construction, trades::CONSTRUCTION),
        (Sector::RealEstate, trades::REAL_ESTATE),
    ] {
        for trade in table {
            assert!(industry::is_class(trade.industry), "{trade:?}");
            assert_eq!(industry::sector(trade.industry), Some(sector), "{trade:?}");
        }
    }
}

#[test]
fn every_unit_is_in_one_grid_of_its_own_place_and_sector() {
    for count in COUNTS {
        let sample = generate(3, count);
        assert_eq!(sample.units.len(), count);
        let mut members: Vec<usize> = sample.grids.iter().flat_map(|g| g.members.iter().copied()).collect();
        members.sort_unstable();
        assert_eq!(members, (0..count).collect::<Vec<_>>(), "{count}");
        for grid in &sample.grids {
            assert!(grid.members.contains(&grid.deputy));
            assert!(grid.leader < sample.officers.len() && grid.guide < sample.officers.len());
            assert_ne!(grid.leader, grid.guide);
            for unit in grid.members.iter().map(|m| &sample.units[*m]) {
                if let Some(code) = home_code(grid) {
                    assert_eq!(division::township(&unit.division), Some(code));
                }
                assert!(grid.sector == unit.sector || grid.sector == Sector::Mixed, "{grid:?} {unit:?}");
            }
        }
    }
}

#[test]
fn grids_hold_twenty_to_thirty_unless_their_home_has_too_few() {
    for count in COUNTS {
        for grid in &generate(3, count).grids {
            let size = grid.members.len();
            assert!(size <= shape::LARGEST, "{count}: {grid:?}");
            if size < shape::SMALLEST {
                let sample = generate(3, count);
                let home: usize = sample.grids.iter().filter(|g| g.home == grid.home).map(|g| g.members.len()).sum();
                assert!(home < 2 * shape::SMALLEST, "{count}: {size} of {home}");
            }
        }
    }
}

#[test]
fn the_default_county_looks_like_lanxi() {
    let sample = generate(1, DEFAULT_COUNT);
    let homes: BTreeSet<&str> = sample.grids.iter().filter_map(home_code).collect();
    assert_eq!(homes.len(), 18);
    let grids = |sector| sample.grids.iter().filter(|g| g.sector == sector).count();
    assert!(grids(Sector::Industry) > 30 && grids(Sector::Service) > 15, "{}", grids(Sector::Industry));
    assert!((3..=9).contains(&grids(Sector::Mixed)), "{}", grids(Sector::Mixed));
    assert_eq!((grids(Sector::Construction), grids(Sector::RealEstate)), (2, 2));
    let forms: BTreeSet<&str> = sample.units.iter().map(|u| u.form).collect();
    assert_eq!(forms, BTreeSet::from(["B", "C", "E", "F", "S", "X"]));
    let textile = sample.units.iter().filter(|u| u.industry.starts_with("17")).count();
    assert!(textile > 250, "{textile}");
}

#[test]
fn grids_of_a_home_have_names_and_suffixes_of_their_own() {
    let sample = generate(1, DEFAULT_COUNT);
    for key in [|g: &SampleGrid| g.name.clone(), |g: &SampleGrid| g.suffix.clone()] {
        let all: HashSet<(Option<&str>, Sector, String)> = sample
            .grids
            .iter()
            .map(|g| (home_code(g), if home_code(g).is_some() { Sector::Mixed } else { g.sector }, key(g)))
            .collect();
        assert_eq!(all.len(), sample.grids.len());
    }
    assert_eq!(sample.grids[0].name, "工业第1网格");
    assert_eq!(sample.grids[0].suffix, "g01");
}
