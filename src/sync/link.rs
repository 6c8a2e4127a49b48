//! One connection to a server, from the client's side: saying who is there, and then messages.
use std::{
    io::{self, Read, Write},
    os::unix::net::UnixStream,
    time::Duration,
};

use super::{
    Message,
    frame::{FrameFault, Frames, LONGEST},
    hello::{NoWelcome, hello, unexpected},
    message::{Ask, Kind, Tell, Welcome, Why},
};
use crate::{
    grid::fact::DeviceKey,
    words::{Language, fault, t},
};

/// How long a server may take to answer who it is and who it takes us for, and to take in one message.
const PATIENCE: Duration = Duration::from_secs(10);
/// How much is read at once.
const READ: usize = 64 * 1024;

/// Why there is no connection: one sentence.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// The stream.
    #[error("{}", t!("sync.link.io", why = fault::of(.0)))]
    Io(#[from] io::Error),
    /// What came was no message.
    #[error("{0}")]
    Frame(#[from] FrameFault),
    /// The server refused, as it says.
    #[error("{1}")]
    Refused(Why, String),
    /// The server said something else than what was its turn to say.
    #[error("{}", t!("sync.link.order"))]
    Order,
    /// The server ended the conversation.
    #[error("{}", t!("sync.link.ended"))]
    Ended,
    /// The server speaks another version.
    #[error("{}", t!("sync.link.version", theirs = .0, ours = env!("CARGO_PKG_VERSION")))]
    Version(String),
}

/// Any pair of byte streams to a server.
pub struct Streams {
    /// What the server tells.
    pub reading: Box<dyn Read + Send>,
    /// What is asked.
    pub writing: Box<dyn Write + Send>,
    /// What holds for both.
    pub wire: Box<dyn Wire>,
}

/// What can be done to a connection from outside.
pub trait Wire: Send + Sync {
    /// Ends it, also while somebody reads.
    fn end(&self);

    /// From now on waits so long for what is to be read; without a limit where none is given.
    fn wait(&self, patience: Option<Duration>);
}

impl Wire for UnixStream {
    fn end(&self) {
        // One that has ended already is what is wanted.
        let _ended = self.shutdown(std::net::Shutdown::Both);
    }

    fn wait(&self, patience: Option<Duration>) {
        // A socket that is none any more says so at the next reading.
        let _none = self.set_read_timeout(patience);
    }
}

impl Streams {
    /// Those of a Unix socket.
    ///
    /// # Errors
    /// The system gives no more files.
    pub fn of_socket(stream: UnixStream) -> io::Result<Streams> {
        stream.set_write_timeout(Some(PATIENCE))?;
        let (reading, wire) = (stream.try_clone()?, stream.try_clone()?);
        Ok(Streams { reading: Box::new(reading), writing: Box::new(stream), wire: Box::new(wire) })
    }
}

/// What a server tells, message by message.
pub struct Hearing {
    reading: Box<dyn Read + Send>,
    /// What was read last.
    buffer: Box<[u8]>,
    frames: Frames,
}

impl Hearing {
    /// The next message.
    ///
    /// # Errors
    /// The connection ended, or what came is no message.
    pub fn hear(&mut self) -> Result<Tell, LinkError> {
        loop {
            if let Some(frame) = self.frames.next(LONGEST)? {
                return Ok(Tell::from_frame(&frame)?);
            }
            match self.reading.read(&mut self.buffer) {
                Ok(0) => return Err(LinkError::Ended),
                Ok(n) => self.frames.push(&self.buffer[..n]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
    }
}

/// A connection whose server has taken us in.
pub struct Link {
    /// What it tells.
    pub hearing: Hearing,
    /// What is asked.
    pub writing: Box<dyn Write + Send>,
    /// What holds for both directions.
    pub wire: Box<dyn Wire>,
    /// Who the server takes us for.
    pub welcome: Welcome,
    /// The store's id.
    pub store: [u8; 16],
    /// The language in which the server answers.
    pub language: Language,
}

impl Link {
    /// Says who is there; `key` chooses the device's key by the store's id.
    ///
    /// # Errors
    /// The server is none of ours, speaks another version, or does not take us in.
    pub fn open<E: From<LinkError>>(
        streams: Streams,
        kind: Kind,
        name: &str,
        key: impl FnOnce(&[u8; 16]) -> Result<DeviceKey, E>,
    ) -> Result<Link, E> {
        let Streams { reading, mut writing, wire } = streams;
        wire.wait(Some(PATIENCE));
        let mut hearing = Hearing { reading, buffer: vec![0; READ].into_boxed_slice(), frames: Frames::default() };
        let mut talk = |ask: Option<&Ask>| -> Result<Tell, E> {
            if let Some(ask) = ask {
                let frame = ask.to_frame().map_err(LinkError::from)?;
                writing.write_all(&frame).and_then(|()| writing.flush()).map_err(LinkError::from)?;
            }
            Ok(hearing.hear()?)
        };
        let no = |no: NoWelcome| LinkError::from(no).into();
        let language = Language::spoken();
        let (store, welcome) = hello(&mut talk, no, (kind, name, language), key)?;
        wire.wait(None);
        Ok(Link { hearing, writing, wire, welcome, store, language })
    }

    /// Asks.
    ///
    /// # Errors
    /// The connection ended.
    pub fn ask(&mut self, ask: &Ask) -> Result<(), LinkError> {
        let frame = ask.to_frame()?;
        self.writing.write_all(&frame).and_then(|()| self.writing.flush())?;
        Ok(())
    }

    /// The state of what we may see, and the position up to which it counts.
    ///
    /// # Errors
    /// The server does not give it.
    pub fn state(&mut self) -> Result<(Vec<u8>, u64), LinkError> {
        self.ask(&Ask::State { of: 1 })?;
        self.wire.wait(Some(PATIENCE));
        let mut bytes = Vec::new();
        loop {
            match self.hearing.hear()? {
                Tell::State { of: 1, position, part, more } => {
                    bytes.extend_from_slice(&part);
                    if !more {
                        self.wire.wait(None);
                        return Ok((bytes, position));
                    }
                }
                tell => return Err(unexpected(tell).into()),
            }
        }
    }
}

impl From<NoWelcome> for LinkError {
    fn from(no: NoWelcome) -> LinkError {
        match no {
            NoWelcome::Refused(why, text) => LinkError::Refused(why, text),
            NoWelcome::Version(program) => LinkError::Version(program),
            NoWelcome::Closing => LinkError::Ended,
            NoWelcome::Order => LinkError::Order,
        }
    }
}
