//! The beginning of every conversation: the server's challenge, the client's answer to it, and the welcome.
use super::message::{Ask, Hello, Kind, Tell, VERSION, Welcome, Why, to_prove};
use crate::{grid::fact::DeviceKey, words::Language};

/// Why there is no welcome.
pub(super) enum NoWelcome {
    /// The server does not take us in, and says why.
    Refused(Why, String),
    /// The server speaks another version; this is its program.
    Version(String),
    /// The server is closing.
    Closing,
    /// The server said something else than what was its turn to say.
    Order,
}

/// Says who is there: answers the challenge with the key that `key` chooses by the store's id. `talk` says what it is
/// given and hears what comes then. Returns the store's id and the welcome.
pub(super) fn hello<E>(
    talk: &mut dyn FnMut(Option<&Ask>) -> Result<Tell, E>,
    no: impl Fn(NoWelcome) -> E,
    (kind, name, language): (Kind, &str, Language),
    key: impl FnOnce(&[u8; 16]) -> Result<DeviceKey, E>,
) -> Result<([u8; 16], Welcome), E> {
    let (store, nonce) = match talk(None)? {
        Tell::Challenge { version: VERSION, store, nonce, .. } => (store, nonce),
        Tell::Challenge { program, .. } => return Err(no(NoWelcome::Version(program))),
        tell => return Err(no(unexpected(tell))),
    };
    let key = key(&store)?;
    let answer = Ask::Hello(Hello {
        version: VERSION,
        program: concat!("wangge ", env!("CARGO_PKG_VERSION")).to_owned(),
        key: key.public(),
        proof: key.sign(&to_prove(&store, &nonce)).to_vec(),
        kind,
        name: name.to_owned(),
        language: Some(language.id().to_owned()),
    });
    match talk(Some(&answer))? {
        Tell::Welcome(welcome) => Ok((store, welcome)),
        tell => Err(no(unexpected(tell))),
    }
}

/// What stands against going on where something else was to come.
pub(super) fn unexpected(tell: Tell) -> NoWelcome {
    match tell {
        Tell::Refused { why, text, .. } => NoWelcome::Refused(why, text),
        Tell::Closing => NoWelcome::Closing,
        _ => NoWelcome::Order,
    }
}
