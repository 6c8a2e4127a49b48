//! Frames: how messages are set apart in a stream of bytes.
//!
//! ```text
//! len u32 | kind u8 | payload
//! ```
//! `len` is little-endian and counts the kind and the payload. It is checked before anything is kept for it.
use crate::words::t;

/// The most that `len` may say, in bytes.
pub const LONGEST: usize = 1024 * 1024;
/// How much room is kept while nothing has come.
const ROOM: usize = 16 * 1024;
/// What stands before the kind.
const PREFIX: usize = 4;
/// The shortest frame: a kind without payload.
const SHORTEST: usize = 1;

/// Why bytes are no frame, or no message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameFault {
    /// A length that no frame of this place has.
    #[error("{}", t!("sync.frame.length", length = .0))]
    Length(u32),
    /// A kind that is not sent in this direction.
    #[error("{}", t!("sync.frame.kind", kind = .0))]
    Kind(u8),
    /// A payload that is not what its kind promises.
    #[error("{}", t!("sync.frame.payload", why = .0))]
    Payload(String),
}

/// One frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// What it is.
    pub kind: u8,
    /// Its content.
    pub payload: Vec<u8>,
}

/// The bytes of a frame of this kind whose payload `write` appends.
///
/// # Errors
/// The payload is longer than a frame holds; nobody would take it.
pub fn encode(kind: u8, write: impl FnOnce(&mut Vec<u8>)) -> Result<Vec<u8>, FrameFault> {
    let mut bytes = vec![0; PREFIX];
    bytes.push(kind);
    write(&mut bytes);
    let len = u32::try_from(bytes.len() - PREFIX).unwrap_or(u32::MAX);
    if len as usize > LONGEST {
        return Err(FrameFault::Length(len));
    }
    bytes[..PREFIX].copy_from_slice(&len.to_le_bytes());
    Ok(bytes)
}

/// Takes bytes as they come and gives the frames that are complete.
///
/// It keeps no more than what has come of one frame and what came with it: a length is not believed but waited for.
#[derive(Debug, Default)]
pub struct Frames {
    bytes: Vec<u8>,
    /// Where the next frame starts.
    start: usize,
}

impl Frames {
    /// Takes in what was read.
    pub fn push(&mut self, bytes: &[u8]) {
        if self.start > 0 {
            self.bytes.drain(..self.start);
            self.start = 0;
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// Whether a frame has begun and is not complete.
    pub fn is_begun(&self) -> bool {
        self.start < self.bytes.len()
    }

    /// The next complete frame of at most `longest` bytes; none until more has come.
    ///
    /// # Errors
    /// The length that a frame says it has is out of bounds: nothing that follows can be read.
    pub fn next(&mut self, longest: usize) -> Result<Option<Frame>, FrameFault> {
        let rest = &self.bytes[self.start..];
        let Some((prefix, rest)) = rest.split_first_chunk::<PREFIX>() else { return Ok(None) };
        let len = u32::from_le_bytes(*prefix);
        if (len as usize) < SHORTEST || len as usize > longest.min(LONGEST) {
            return Err(FrameFault::Length(len));
        }
        let Some((kind, payload)) = rest.get(..len as usize).and_then(<[u8]>::split_first) else { return Ok(None) };
        let frame = Frame { kind: *kind, payload: payload.to_vec() };
        self.start += PREFIX + len as usize;
        if self.start == self.bytes.len() {
            // One large frame must not keep its room for as long as a connection lives.
            match self.bytes.capacity() > ROOM {
                true => self.bytes = Vec::new(),
                false => self.bytes.clear(),
            }
            self.start = 0;
        }
        Ok(Some(frame))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn frame(kind: u8, payload: &[u8]) -> Vec<u8> {
        encode(kind, |out| out.extend_from_slice(payload)).unwrap()
    }

    #[test]
    fn frames_come_out_as_they_went_in_however_they_are_cut() {
        let sent = [frame(1, b"abc"), frame(2, b""), frame(9, &[7; 70_000])].concat();
        for step in [1, 2, 3, 7, 4096, sent.len()] {
            let (mut frames, mut found) = (Frames::default(), Vec::new());
            for piece in sent.chunks(step) {
                frames.push(piece);
                while let Some(frame) = frames.next(LONGEST).unwrap() {
                    found.push(frame);
                }
            }
            assert!(!frames.is_begun());
            assert_eq!(
                found.iter().map(|f| (f.kind, f.payload.len())).collect::<Vec<_>>(),
                [(1, 3), (2, 0), (9, 70_000)]
            );
        }
    }

    #[test]
    fn a_length_that_is_out_of_bounds_ends_the_stream_before_anything_is_kept_for_it() {
        for len in [0, LONGEST as u32 + 1, u32::MAX] {
            let mut frames = Frames::default();
            frames.push(&len.to_le_bytes());
            assert_eq!(frames.next(LONGEST), Err(FrameFault::Length(len)));
        }
        let mut frames = Frames::default();
        frames.push(&frame(1, &[0; 200]));
        assert_eq!(frames.next(100), Err(FrameFault::Length(201)), "who has not said who they are sends little");
        assert_eq!(encode(1, |out| out.resize(LONGEST + 5, 0)), Err(FrameFault::Length(LONGEST as u32 + 1)));
    }

    #[test]
    fn what_is_promised_and_does_not_come_takes_no_room() {
        let mut frames = Frames::default();
        frames.push(&(LONGEST as u32).to_le_bytes());
        frames.push(&[1; 10]);
        assert_eq!(frames.next(LONGEST), Ok(None));
        assert!(frames.is_begun() && frames.bytes.capacity() < 4096);
    }
}
