//! What a fact takes back or corrects: of a kind that is, and of days that are open. The rules of the desk, asked again of
//! facts that others sealed.
use super::{super::withdraw::is_withdrawable, Against, Sender};
use crate::grid::{
    decide::{Actor, Refusal, lock},
    fact::{Body, Fact, HeldWhy},
    state::State,
};

/// Whether what is taken back is of a kind that is taken back at all, and what is corrected of the kind that corrects it.
pub(super) fn is_of_kind(_: &State, _: &Sender, fact: &Fact, named: Option<&Fact>) -> Against {
    let named = &named?.draft.body;
    let fits = match &fact.draft.body {
        Body::Settled(_) => true,
        Body::Withdrawn(_) => is_withdrawable(named),
        body => body.kind() == named.kind() && is_withdrawable(named),
    };
    (!fits).then(|| (HeldWhy::NoRight, Refusal::NotWithdrawable.to_string()))
}

/// Whether the days are open of what is taken back or corrected.
pub(super) fn is_open(state: &State, sender: &Sender, fact: &Fact, named: Option<&Fact>) -> Against {
    let named = named.filter(|_| !matches!(fact.draft.body, Body::Settled(_)))?;
    let is_spared = matches!(named.draft.body, Body::Exempt(_) | Body::Lock(_) | Body::Unlock(_));
    let actor = Actor { person: sender.person.clone(), today: sender.today, owner: false };
    let locked = lock::open_for(state, &actor, named).err().filter(|_| !is_spared);
    locked.map(|refusal| (HeldWhy::Closed, refusal.to_string()))
}
