//! What is asked of the server beside its log: to take the file of a laptop that never had a network, and who waits.
use std::{io, os::unix::net::UnixStream, path::Path, time::Duration};

use super::keys::DeskKey;
use crate::{
    grid::fact::WriterId,
    run::Files,
    sync::{
        message::{Ask, Kind, Tell, Waiting},
        socket,
        stream::Stream,
        talk::{LinkFault, SyncError, Wire},
    },
};

/// How long the server may take to answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// A connection to the server of this machine under a key of this user's.
pub struct Courier {
    /// The connection.
    pub wire: Stream<UnixStream>,
    /// The server's store.
    pub store: [u8; 16],
    /// Holds the key's lock.
    _lent: DeskKey,
}

impl Courier {
    /// Connects to whoever listens at a socket.
    ///
    /// # Errors
    /// Nobody does, or the server does not know this user.
    pub fn at(socket: &Path, files: &Files) -> Result<Courier, SyncError> {
        let stream = socket::connect(socket).map_err(LinkFault::Io)?;
        let reading = stream.try_clone().map_err(LinkFault::Io)?;
        let keys = files.data.join("keys");
        let mut lent = None;
        let mut wire = Stream::over(reading, stream, PATIENCE)?;
        let key = |store: &[u8; 16]| {
            let name: String = store.iter().map(|byte| format!("{byte:02x}")).collect();
            Ok(lent.insert(DeskKey::take(&keys, &name)?).key.clone())
        };
        let (store, _) = wire.hello(key, Kind::Command, &rustix::system::uname().nodename().to_string_lossy())?;
        let lent = lent.ok_or(SyncError::Protocol)?;
        Ok(Courier { wire, store, _lent: lent })
    }

    /// The file of a bundle for a device that has everything up to `after` for the scope `scope`, in pieces.
    ///
    /// # Errors
    /// The server does not give it, or a piece is not taken.
    pub fn bundle(
        &mut self,
        device: WriterId,
        (after, scope): (u64, [u8; 16]),
        take: &mut dyn FnMut(&[u8]) -> io::Result<()>,
    ) -> Result<(), SyncError> {
        self.wire.say(&Ask::Bundle { of: 1, device, after, scope })?;
        loop {
            match self.wire.hear()? {
                Tell::State { of: 1, part, more, .. } => {
                    take(&part)?;
                    if !more {
                        return Ok(());
                    }
                }
                Tell::Refused { why, text, .. } => return Err(SyncError::Refused { why, text }),
                _ => return Err(SyncError::Protocol),
            }
        }
    }

    /// The laptops that wait for somebody with this user's rights to enrol them.
    ///
    /// # Errors
    /// The server does not say.
    pub fn waiting(&mut self) -> Result<Vec<Waiting>, SyncError> {
        self.wire.say(&Ask::Waiting { of: 1 })?;
        match self.wire.hear()? {
            Tell::Waiting { of: 1, laptops } => Ok(laptops),
            _ => Err(SyncError::Protocol),
        }
    }
}
