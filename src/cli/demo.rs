//! `wangge demo`: the desk on a throw-away store with Lanxi's real tree and generated enterprises.
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{Datelike, Months};

use super::{Failure, Place, desk};
use crate::{
    grid::{
        org::{NodeIx, Post, Sector},
        state::State,
    },
    run::{Book, BookError, sample},
    words::word,
};

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Args {
    #[arg(long, value_name = word("cli.value.units"), help = word("cli.help.units"), default_value_t = 2000,
          value_parser = clap::value_parser!(u32).range(10..=200_000))]
    pub units: u32,
}

/// A folder that is gone with the demo.
struct Throwaway(PathBuf);

impl Drop for Throwaway {
    fn drop(&mut self) {
        // What can't be removed stays in the folder for temporary files.
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub(super) fn run(place: &Place, args: &Args) -> Result<(), Failure> {
    show(place, args.units as usize, false)
}

/// Opens the desk on a sample, with the tour where it is asked for.
pub(super) fn show(place: &Place, units: usize, tour: bool) -> Result<(), Failure> {
    desk::need_terminal()?;
    let folder = std::env::temp_dir().join(format!("wangge-demo-{}", std::process::id()));
    let dir = Throwaway(folder.clone());
    let (book, leader) = make(place, &folder, units)?;
    // The reader may ask to see it with somebody else's eyes.
    let person = if place.args.person.is_some() { place.actor(&book)?.person } else { leader };
    let opened = desk::open(place, book, person, tour);
    drop(dir);
    opened
}

/// Makes the store: the tree, the enterprises, those who hold posts, three months of work.
fn make(place: &Place, dir: &Path, units: usize) -> Result<(Book, Option<String>), Failure> {
    let pack = place.files.pack("lanxi").ok_or_else(|| BookError::NoPack("lanxi".to_owned()))?;
    let pack = Arc::new(pack.map_err(BookError::from)?);
    let today = place.clock.today(pack.utc_offset);
    let from = today.with_day(1).and_then(|first| first.checked_sub_months(Months::new(2))).unwrap_or(today);
    let mut book = sample::found(dir, pack, place.clock, units, from)?;
    let own = grid_of_reader(&book.state);
    let calendar = place.files.calendar().unwrap_or_default();
    sample::work(&mut book, &calendar, own, today)?;
    let leader = book.state.org().node(own).holders_on(Post::Leader, today).next();
    let person = leader.map(|ix| book.state.org().person(ix).id.clone());
    Ok((book, person))
}

/// The grid whose 网格长 the reader is: the second industrial one of 兰江街道, or any grid with enterprises.
fn grid_of_reader(state: &State) -> NodeIx {
    let org = state.org();
    let enterprises =
        |ix: &NodeIx| org.node(*ix).members.iter().any(|member| !org.unit(member.unit).record.industry.is_empty());
    let grids: Vec<NodeIx> =
        org.nodes().map(|(ix, _)| ix).filter(|ix| org.node(*ix).is_grid() && enterprises(ix)).collect();
    let in_lanjiang = |ix: &&NodeIx| org.path_up(**ix).any(|up| org.node(up).id == "330781001");
    let industrial = grids.iter().filter(in_lanjiang).filter(|ix| org.node(**ix).sector == Some(Sector::Industry));
    let own = industrial.clone().nth(1).or(industrial.clone().next()).or(grids.first());
    own.copied().or(org.roots().first().copied()).unwrap_or(NodeIx(0))
}
