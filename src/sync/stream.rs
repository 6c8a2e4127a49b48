//! A [`Wire`] over two streams of bytes: the standard input and output of `ssh HOST wangge attach`, a socket, a pipe.
use std::{
    io::{self, Read, Write},
    sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel},
    thread,
    time::Duration,
};

use super::{
    frame::{Frames, LONGEST},
    hello::hello,
    message::{Ask, Kind, Message, Tell, Welcome},
    talk::{LinkFault, SyncError, Wire},
};
use crate::{grid::fact::DeviceKey, words::Language};

/// How many answers are kept until somebody hears them; then the other side has to wait.
const KEPT: usize = 4;
/// How much is read at once.
const PIECE: usize = 32 * 1024;

/// A wire over a stream in each direction.
pub struct Stream<W> {
    write: W,
    tells: Receiver<Result<Tell, LinkFault>>,
    patience: Duration,
}

impl<W: Write> Stream<W> {
    /// A wire that reads on a thread of its own; nothing heard for `patience` ends it.
    pub fn over(read: impl Read + Send + 'static, write: W, patience: Duration) -> Result<Stream<W>, LinkFault> {
        let (sender, tells) = sync_channel(KEPT);
        thread::Builder::new().name("wangge-link".to_owned()).spawn(move || listen(read, &sender))?;
        Ok(Stream { write, tells, patience })
    }

    /// Says who is there: answers the server's challenge with the key that `key` chooses by the store's id. Returns that
    /// id, and the server's welcome.
    pub fn hello(
        &mut self,
        key: impl FnOnce(&[u8; 16]) -> io::Result<DeviceKey>,
        kind: Kind,
        name: &str,
    ) -> Result<([u8; 16], Welcome), SyncError> {
        let mut talk = |ask: Option<&Ask>| -> Result<Tell, SyncError> {
            if let Some(ask) = ask {
                self.say(ask)?;
            }
            Ok(self.hear()?)
        };
        hello(&mut talk, SyncError::from, (kind, name, Language::spoken()), |store| Ok(key(store)?))
    }

    /// Says that nothing more will be asked, and gives the writing end back.
    pub fn bye(mut self) -> W {
        // The other side may have gone already: there is nothing left to tell it.
        let _gone = self.say(&Ask::Bye);
        self.write
    }
}

impl<W: Write> Wire for Stream<W> {
    fn say(&mut self, ask: &Ask) -> Result<(), LinkFault> {
        let frame = ask.to_frame()?;
        self.write.write_all(&frame).and_then(|()| self.write.flush()).map_err(|error| match error.kind() {
            std::io::ErrorKind::BrokenPipe | std::io::ErrorKind::ConnectionReset => LinkFault::Gone,
            std::io::ErrorKind::TimedOut | std::io::ErrorKind::WouldBlock => LinkFault::Stuck,
            _ => LinkFault::Io(error),
        })
    }

    fn hear(&mut self) -> Result<Tell, LinkFault> {
        self.tells.recv_timeout(self.patience).unwrap_or_else(|e| match e {
            RecvTimeoutError::Timeout => Err(LinkFault::Silent),
            RecvTimeoutError::Disconnected => Err(LinkFault::Gone),
        })
    }
}

/// Reads until the stream ends or nobody listens any more.
fn listen(mut read: impl Read, tells: &SyncSender<Result<Tell, LinkFault>>) {
    let mut frames = Frames::default();
    let mut piece = vec![0; PIECE];
    loop {
        loop {
            let tell =
                match frames.next(LONGEST).and_then(|frame| frame.map(|frame| Tell::from_frame(&frame)).transpose()) {
                    Ok(None) => break,
                    Ok(Some(tell)) => Ok(tell),
                    Err(fault) => Err(LinkFault::Frame(fault)),
                };
            let ends = tell.is_err();
            if tells.send(tell).is_err() || ends {
                return;
            }
        }
        match read.read(&mut piece) {
            Ok(0) => return,
            Ok(n) => frames.push(&piece[..n]),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => {
                let _left = tells.send(Err(LinkFault::Io(error)));
                return;
            }
        }
    }
}
