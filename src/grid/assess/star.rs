//! Stars (星级评定): what the pack's criteria give, and what was confirmed.
use super::Line;
use crate::grid::{
    calendar::Period,
    org::NodeIx,
    pack::Star,
    record::form,
    state::{State, What, named},
};

/// The stars of a sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stars {
    /// What the points so far give; none where the pack has no stars, or a line has no points yet.
    pub suggested: Option<u32>,
    /// What is confirmed.
    pub confirmed: Option<u32>,
}

impl Stars {
    pub(super) fn of(state: &State, node: NodeIx, period: Period, lines: &[Line<'_>]) -> Stars {
        let earned = |line: &Line<'_>| line.earns();
        let suggested = rated(&state.pack().assessment.stars, lines, earned);
        Stars { suggested, confirmed: confirmed(state, node, period) }
    }
}

/// The most stars whose conditions hold, 0 where none do; none where there are no stars, or a line that counts has no
/// points yet.
pub(super) fn rated(stars: &[Star], lines: &[Line<'_>], earned: impl Fn(&Line<'_>) -> Option<u32>) -> Option<u32> {
    let counting = || lines.iter().filter(|line| line.counts());
    if stars.is_empty() || counting().next().is_none() {
        return None;
    }
    let points: Option<Vec<(&str, u32, u32)>> =
        counting().map(|line| Some((line.criterion.id.as_str(), earned(line)?, line.criterion.points))).collect();
    let points = points?;
    let reaches = |part: u32, whole: u32, percent: u32| u64::from(part) * 100 >= u64::from(whole) * u64::from(percent);
    let (part, whole) = points.iter().fold((0, 0), |sum, (_, part, whole)| (sum.0 + part, sum.1 + whole));
    let holds = |star: &&Star| {
        let required = points.iter().filter(|(id, ..)| star.required.iter().any(|one| one == id));
        reaches(part, whole, star.percent) && required.clone().all(|(_, part, whole)| reaches(*part, *whole, star.each))
    };
    Some(stars.iter().find(holds).map_or(0, |star| star.stars))
}

/// The confirmed stars of a node for a period.
fn confirmed(state: &State, node: NodeIx, period: Period) -> Option<u32> {
    let (number, _) = form("star")?;
    let period = named(&period.to_string());
    let is_star = |what: What| matches!(what, What::Record { form, .. } if usize::from(form) == number);
    let marks = state.node_marks(node).iter().filter(|mark| is_star(mark.what));
    let of = marks.filter_map(|mark| match state.numbers_of(mark)? {
        [of, stars] if *of == period => Some((state.fact_of(mark), *stars)),
        _ => None,
    });
    of.max_by_key(|(id, _)| *id).and_then(|(_, stars)| u32::try_from(stars).ok())
}
