//! Records of the forms: checked field by field.
use super::{Actor, Decision, Filled, Refusal, acting::acting, counts_for, not_future};
use crate::grid::{
    fact::{Body, Draft, Record},
    record::form,
    state::{State, What},
};

pub(super) fn decide(state: &State, actor: &Actor, filled: &Filled) -> Result<Decision, Refusal> {
    not_future(actor, filled.on)?;
    let Some((number, form)) = form(&filled.form) else { return Err(Refusal::NoSuchForm(filled.form.clone())) };
    let body = Record {
        form: filled.form.clone(),
        values: filled.values.clone(),
        of: filled.of,
        attendance: filled.attendance.clone(),
        acting: acting(state, actor, &[], filled.at, filled.on),
    };
    let kind = form.kind_number(body.text("kind")).unwrap_or(0);
    let what = What::Record { form: number as u8, kind: kind as u8 };
    let counts_for = counts_for(state, filled.at, what, &body.acting);
    let draft = Draft {
        occurred: filled.on,
        by: actor.person.clone(),
        at: Some(state.org().node(filled.at).id.clone()),
        subject: filled.unit.map(|unit| state.org().unit(unit).id.clone()),
        replaces: None,
        body: Body::Record(body),
    };
    Ok(Decision { drafts: vec![draft], counts_for, ..Decision::default() })
}
