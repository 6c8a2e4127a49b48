//! Who took part, and how.
use crate::words::t;
use crate::{
    cli::Failure,
    grid::{
        decide::Actor,
        fact::{Attendance, AttendanceMark},
        org::{NodeIx, Post},
        state::State,
    },
};

/// Everybody who holds a post at the node is present unless named otherwise.
pub(super) fn roster(
    state: &State,
    actor: &Actor,
    node: NodeIx,
    named: &[(&[String], AttendanceMark)],
) -> Result<Vec<Attendance>, Failure> {
    let org = state.org();
    let mut out: Vec<Attendance> = Vec::new();
    for post in [Post::Leader, Post::Deputy, Post::Guide, Post::Member] {
        for person in org.node(node).holders_on(post, actor.today) {
            let id = org.person(person).id.clone();
            if !out.iter().any(|line| line.person == id) {
                out.push(Attendance { person: id, mark: AttendanceMark::Present });
            }
        }
    }
    for (names, mark) in named {
        for name in *names {
            let is_named = |line: &&mut Attendance| {
                line.person == *name
                    || org.person_ix(&line.person).is_some_and(|ix| org.person(ix).record.name == *name)
            };
            let line = out.iter_mut().find(is_named);
            let line = line.ok_or_else(|| {
                Failure::said(t!("cli.record.not_listed", name = name, node = org.node(node).name).into_owned())
            })?;
            line.mark = *mark;
        }
    }
    Ok(out)
}
