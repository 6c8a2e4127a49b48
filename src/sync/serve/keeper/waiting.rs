//! Laptops that nobody has enrolled: who may do it is told.
use super::{Client, Keeper, signins::plain};
use crate::{
    grid::decide::{Actor, rights::may_enroll},
    sync::{
        message::{Kind, Tell, Waiting},
        serve::waiting::{add, read, write},
    },
    words::t,
};

impl Keeper {
    /// Notes a laptop that was sent away because it is nobody's, and tells those who can change that.
    pub(super) fn let_wait(&mut self, client: &Client) {
        let (Some(kept), Some(custody)) = (&self.kept, &self.custody) else { return };
        let person = kept.state.person_of_login(&client.login).map(str::to_owned);
        let is_root_s = client.peer.uid == 0;
        let is_nobody_s = client.is_laptop() && kept.state.device(client.writer).is_none();
        if !is_nobody_s || person.is_none() && !is_root_s {
            return;
        }
        let (name, login, since_ms) = (plain(&client.hello.name), plain(&client.login), (self.common.served.now)());
        let one = Waiting { key: client.hello.key, name, login, person, since_ms };
        let mut all = self.waiting();
        if !add(&mut all, one.clone()) {
            return;
        }
        write(custody.dir(), &all);
        let desks = self.clients.values().filter(|client| client.live && client.hello.kind == Kind::Desk);
        desks.filter(|desk| self.may_enroll(desk, &one)).for_each(|desk| desk.outbox.tell(&notice(desk, &one)));
    }

    /// Who waits still.
    fn waiting(&self) -> Vec<Waiting> {
        let (Some(kept), Some(custody)) = (&self.kept, &self.custody) else { return Vec::new() };
        let mut all = read(custody.dir());
        all.retain(|one| kept.state.device(crate::grid::fact::WriterId::of_key(&one.key)).is_none());
        all
    }

    /// Whether somebody may enrol the laptop: for the person whose login brought it.
    fn may_enroll(&self, client: &Client, one: &Waiting) -> bool {
        let Some(kept) = &self.kept else { return false };
        let actor = Actor { person: client.who.person.clone(), today: self.today(), owner: client.who.owner };
        may_enroll(&kept.state, &actor, one.person.as_deref().unwrap_or_default()).is_ok()
    }

    /// Answers which laptops wait for somebody like this client.
    pub(super) fn tell_waiting(&self, from: u64, of: u32) {
        let Some(client) = self.clients.get(&from) else { return };
        let laptops = self.waiting().into_iter().filter(|one| self.may_enroll(client, one)).collect();
        client.answer(&Tell::Waiting { of, laptops });
    }

    /// Tells a desk that has just come which laptop has waited longest for it.
    pub(super) fn remind(&self, from: u64) {
        let Some(desk) = self.clients.get(&from).filter(|client| client.hello.kind == Kind::Desk) else { return };
        if let Some(one) = self.waiting().iter().find(|one| self.may_enroll(desk, one)) {
            desk.outbox.tell(&notice(desk, one));
        }
    }
}

fn notice(desk: &Client, one: &Waiting) -> Tell {
    let text = || t!("sync.notice.waiting", name = one.name, login = one.login).into_owned();
    Tell::Notice { text: desk.language.during(text) }
}
