//! A new grid (新建).
use chrono::NaiveDate;

use super::{change::Change, check};
use crate::grid::{
    decide::{Actor, Refusal},
    fact::{Draft, NodeRecord},
    org::{Form, NodeIx, Sector},
    state::State,
};

pub(super) struct Founded<'a> {
    pub parent: NodeIx,
    pub name: &'a str,
    pub sector: Option<Sector>,
    pub form: Form,
}

pub(super) fn decide(
    state: &State,
    actor: &Actor,
    founded: &Founded<'_>,
    from: NaiveDate,
) -> Result<Vec<Draft>, Refusal> {
    let Founded { parent, name, sector, form } = *founded;
    let above = check::open_parent(state.org(), parent, from)?;
    let name = check::free_name(state.org(), Some(parent), name, None)?;
    if form == Form::Vertical && sector == Some(Sector::Agriculture) {
        check::may_have_farm_grid(state, parent)?;
    }
    let mut change = Change::new(state, actor, from);
    let id = change.fresh_id(parent);
    let parent = Some(above.id.clone());
    change.node(&id, NodeRecord { name, parent, level: 3, form, sector, from, to: None, into: None });
    Ok(change.into_drafts())
}
