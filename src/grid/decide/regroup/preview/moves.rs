//! Units, posts and problems that move.
use super::{GridSize, PostChange, PostMove, ProblemMove, UnitMove, View};
use crate::grid::{fact::Body, state::State};

pub(super) fn grids(view: &View<'_>) -> Vec<GridSize> {
    let of = |ix| {
        let size = |state: &State| {
            let node = state.org().node(ix);
            node.exists_on(view.from).then(|| node.member_count_on(view.from))
        };
        let before = if view.is_known(ix) { size(view.before) } else { None };
        GridSize { node: view.node(ix), before, after: size(view.after) }
    };
    view.touched().into_iter().map(of).collect()
}

pub(super) fn units(view: &View<'_>) -> Vec<UnitMove> {
    let of = |(unit, on, to)| UnitMove {
        unit: view.unit(unit),
        from: view.was_at(unit, on).map(|ix| view.node(ix)),
        to: Option::map(to, |ix| view.node(ix)),
        on,
    };
    view.placed().map(of).collect()
}

pub(super) fn posts(view: &View<'_>) -> Vec<PostMove> {
    let of = |draft: &crate::grid::fact::Draft| {
        let Body::Post(held) = &draft.body else { return None };
        let node = view.org().node_ix(draft.at.as_deref()?)?;
        let person = view.org().person_ix(draft.subject.as_deref()?)?;
        let known = view.is_known(node) && {
            let held_before = &view.before.org().node(node).holdings;
            held_before.iter().any(|h| (h.post, h.person, h.from) == (held.post, person, held.from))
        };
        let (change, on) = match held.to.filter(|_| known) {
            Some(to) => (PostChange::Ends, to),
            None => (PostChange::Begins, held.from),
        };
        let post_name = view.after.pack().names.post_at(view.org().node(node), held.post).to_owned();
        Some(PostMove { person: view.person(person), node: view.node(node), post: held.post, post_name, change, on })
    };
    view.drafts.iter().filter_map(of).collect()
}

pub(super) fn problems(view: &View<'_>) -> Vec<ProblemMove> {
    let mut out: Vec<ProblemMove> = Vec::new();
    for (unit, _, to) in view.placed() {
        let named = view.unit(unit);
        if out.iter().any(|problem| problem.unit == named) {
            continue;
        }
        out.extend(view.before.open_problems(unit).map(|problem| ProblemMove {
            unit: named.clone(),
            text: problem.text.clone(),
            follow_up: problem.due,
            to: to.map(|ix| view.node(ix)),
        }));
    }
    out
}
