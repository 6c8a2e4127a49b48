//! `wangge attach`: a server's frames on standard input and output, so that `ssh HOST wangge attach` is a way to it.
use std::{
    io::{self, Read, Write},
    net::Shutdown,
    os::unix::net::UnixStream,
    thread,
};

use super::{Failure, Place};
use crate::{run::Book, sync::socket};

/// How much is copied at once.
const COPIED: usize = 64 * 1024;

pub(super) fn run(place: &Place, out: &mut dyn Write) -> Result<(), Failure> {
    if let Some(server) = &place.at_server() {
        return Ok(pump(socket::connect(server)?, out)?);
    }
    // Another window of this user may have the store.
    if let Ok(stream) = socket::connect(&place.store.join("socket")) {
        return Ok(pump(stream, out)?);
    }
    let book = Book::open(&place.store, &place.files, place.clock)?;
    book.let_in(&place.files, place.clock, || {});
    let stream = book.door()?;
    pump(stream, out)?;
    book.close()?;
    Ok(())
}

/// Copies both ways until the server has said everything.
fn pump(stream: UnixStream, out: &mut dyn Write) -> io::Result<()> {
    let mut asking = stream.try_clone()?;
    thread::Builder::new().spawn(move || {
        let _ended = copy(&mut io::stdin(), &mut asking);
        // Whoever asks has nothing more to ask; what was asked is still answered.
        let _gone = asking.shutdown(Shutdown::Write);
    })?;
    copy(&mut &stream, out)
}

/// Hands on what comes as it comes.
fn copy(from: &mut dyn Read, to: &mut dyn Write) -> io::Result<()> {
    let mut buffer = vec![0; COPIED];
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(n) => to.write_all(&buffer[..n]).and_then(|()| to.flush())?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}
