//! Who comes: known by the kernel, by their login, and by their device's key.
use chrono::{DateTime, FixedOffset, Offset, SecondsFormat, Utc};

use super::{Client, Event, Keeper, client::Who, custody::Then, sight::Seen, signins};
use crate::{
    grid::{
        decide::{
            Actor,
            rights::{self, Right, posts_of},
        },
        fact::{Body, Draft, Enrolled, Head, key_code},
    },
    log::LogError,
    sync::message::{Tell, Welcome, Why},
    words::t,
};

/// So many keys of one person are enrolled by their login alone: more windows at once than anybody opens.
const DEVICES: usize = 1000;

/// Why somebody is sent away, and the sentence.
type SentAway = (Why, String);

impl Keeper {
    /// Takes somebody in, or sends them away.
    pub(super) fn join(&mut self, mut client: Client) {
        if let Err(sentence) = client.language.during(|| self.open()) {
            return client.send_away(Why::Said, || sentence);
        }
        let known = match &self.custody {
            None => client.language.during(|| owner_only(&client)),
            Some(_) => client.language.during(|| self.recognise(&client)),
        };
        match known {
            Ok(who) => client.who = who,
            Err((why, sentence)) => {
                self.let_wait(&client);
                return client.send_away(why, || sentence);
            }
        }
        self.look(&client.who);
        let from = client.number;
        let enrol = self.enrolment(&client);
        self.clients.insert(from, client);
        match enrol {
            Some(draft) => self.write(vec![draft], Then::Meet(from)),
            None => self.meet(from),
        }
    }

    /// Looks up where the chain of somebody who is known now stands.
    pub(super) fn meet(&self, from: u64) {
        let Some(client) = self.clients.get(&from) else { return };
        let inbox = self.common.inbox.clone();
        self.common.served.store.head_async(client.writer, move |result| {
            let _stopped = inbox.send(Event::Met { from, result });
        });
    }

    /// Welcomes somebody.
    pub(super) fn met(&mut self, from: u64, result: Result<Head, LogError>) {
        let Some(client) = self.clients.get_mut(&from) else { return };
        let head = match result {
            Ok(head) => head,
            Err(error) => return client.send_away(Why::Said, || error.to_string()),
        };
        client.is_new = head.seq == 0;
        let Some(client) = self.clients.get(&from) else { return };
        client.outbox.tell(&Tell::Welcome(Welcome {
            writer: client.writer,
            at: head.into(),
            person: client.who.person.clone(),
            owner: client.who.owner,
            pack: self.common.served.pack.clone(),
            end: self.position(),
            scope: if client.is_laptop() { self.scope_mark(from) } else { self.fingerprint(client) },
            server: self.common.served.writer,
        }));
        if let Some(custody) = &self.custody {
            signins::note(custody.dir(), &self.time(), client);
        }
    }

    /// The county's day and time.
    fn time(&self) -> String {
        let offset = self.kept.as_ref().map_or(0, |kept| kept.state.pack().utc_offset);
        let now = DateTime::from_timestamp_millis((self.common.served.now)()).unwrap_or_default();
        let zone = FixedOffset::east_opt(offset).unwrap_or(Utc.fix());
        now.with_timezone(&zone).to_rfc3339_opts(SecondsFormat::Secs, false)
    }

    /// Whose login and whose device it is.
    fn recognise(&self, client: &Client) -> Result<Who, SentAway> {
        let Some(kept) = &self.kept else { return Err((Why::Closing, t!("sync.refused.closing").into_owned())) };
        let state = &kept.state;
        let is_machine_s = [rustix::process::getuid().as_raw(), 0].contains(&client.peer.uid);
        let person = state.person_of_login(&client.login).map(str::to_owned);
        if person.is_none() && !is_machine_s {
            let text = t!("sync.refused.no_account", login = client.login, helper = self.helper());
            return Err((Why::Stranger, text.into_owned()));
        }
        let now = (self.common.served.now)();
        let device = state.device(client.writer);
        if state.revoked_from(client.writer).is_some_and(|from| from <= now) && !client.is_laptop() {
            let name = device.map_or(client.hello.name.as_str(), |device| device.name.as_str());
            return Err((Why::Stranger, t!("sync.refused.revoked", device = name).into_owned()));
        }
        let holder = device.map(|device| device.person.clone());
        match (&holder, &person) {
            // A laptop writes for whoever it is enrolled for, whoever carries it here.
            (Some(_), _) if client.is_laptop() => return Ok(Who { person: holder, owner: false }),
            (None, _) if client.is_laptop() => {
                let (code, helper) = (key_code(&client.hello.key), self.helper());
                let org = state.org();
                let whose = person.as_deref().and_then(|id| org.person_ix(id));
                let whose = whose.map_or("", |ix| org.person(ix).record.name.as_str());
                let text = t!("sync.refused.not_enrolled", code = code, helper = helper, person = whose);
                return Err((Why::Stranger, text.into_owned()));
            }
            (Some(holder), person) if Some(holder) != person.as_ref() => {
                return Err((Why::Stranger, t!("sync.refused.others_device", login = client.login).into_owned()));
            }
            _ => {}
        }
        if device.is_none()
            && state.devices().filter(|(_, device)| Some(&device.person) == person.as_ref()).count() >= DEVICES
        {
            return Err((Why::TooMuch, t!("sync.refused.devices", login = client.login, n = DEVICES).into_owned()));
        }
        Ok(Who { owner: person.is_none() && is_machine_s, person })
    }

    /// Looks again at everybody who is here, where a fact says whose a login or a device is: who would not be let in any more
    /// is sent away, and who is somebody else by now comes in anew.
    pub(super) fn recognise_again(&self, facts: &[Seen]) {
        let is_about_access = |(entry, _): &Seen| {
            let fact = entry.envelope.open(entry.received_ms);
            fact.is_ok_and(|fact| matches!(fact.draft.body, Body::Account(_) | Body::Revoked(_)))
        };
        if self.custody.is_none() || !facts.iter().any(is_about_access) {
            return;
        }
        for client in self.clients.values() {
            match client.language.during(|| self.recognise(client)) {
                Ok(who) if who == client.who => {}
                Ok(_) => client.send_away(Why::Closing, || t!("sync.refused.closing")),
                Err((why, sentence)) => client.send_away(why, || sentence),
            }
        }
    }

    /// The fact that makes a desk's key its person's, where it is nobody's yet: the kernel says whose login it is.
    fn enrolment(&self, client: &Client) -> Option<Draft> {
        self.custody.as_ref()?;
        let state = &self.kept.as_ref()?.state;
        let person = client.who.person.as_deref()?;
        if client.is_laptop() || state.device(client.writer).is_some() {
            return None;
        }
        let org = state.org();
        let post = org.person_ix(person).and_then(|ix| posts_of(org, ix, self.today()).next());
        let at = post.map(|node| org.node(node).id.clone());
        Some(self.key_of(client, at, Some(person.to_owned())))
    }

    /// The fact that names a client's key.
    pub(super) fn key_of(&self, client: &Client, at: Option<String>, subject: Option<String>) -> Draft {
        let (key, name) = (client.hello.key, signins::plain(&client.hello.name));
        Draft {
            occurred: self.today(),
            by: None,
            at,
            subject,
            replaces: None,
            reason: None,
            effort: None,
            body: Body::Enrolled(Enrolled { key, name, window: None }),
        }
    }

    /// Who can give somebody a login: whoever administers at the root, by post and name.
    fn helper(&self) -> String {
        let Some(kept) = &self.kept else { return String::new() };
        let nobody = Actor { person: None, today: self.today(), owner: false };
        let root = kept.state.org().roots().first().copied();
        let denied = root.and_then(|root| rights::has(&kept.state, &nobody, root, Right::Administer).err());
        denied.map(|denied| denied.helper).unwrap_or_default()
    }

    /// Makes the state, once.
    fn open(&mut self) -> Result<(), String> {
        let Some(make) = self.house.take() else {
            return self.kept.as_ref().map(|_| ()).ok_or_else(|| t!("log.error.closed").into_owned());
        };
        let kept = make()?;
        self.recent = super::Recent::from(kept.position);
        self.listen(kept.position);
        self.kept = Some(kept);
        Ok(())
    }
}

/// A private store is its user's, and that of who owns the machine.
fn owner_only(client: &Client) -> Result<Who, SentAway> {
    let own = rustix::process::getuid().as_raw();
    match [own, 0].contains(&client.peer.uid) {
        true => Ok(Who { person: None, owner: true }),
        false => Err((Why::Stranger, t!("sync.refused.private", login = client.login).into_owned())),
    }
}
