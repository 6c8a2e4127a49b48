//! What a client asks ([`Ask`]) and what a server tells ([`Tell`]), as CBOR with numbers that are never reused.
//!
//! Every question has a number of its client's choice (`of`), which its answers name; 0 stands for the connection itself.
//! Answers to different questions may come in another order than they were asked in; those to appends come in order.
//! An earlier build passes over keys that it does not know; a message that it does not know ends the connection with a
//! sentence that names both versions.
mod ask;
mod carried;
mod tell;

use minicbor::{Decode, Encode};

pub use ask::{Ask, Hello, Kind, Part, Span};
pub use carried::{Carried, Mark, Run, Sealed, runs};
pub use tell::{HeldLine, Tell, Waiting, Welcome, Why};

use super::frame::{self, Frame, FrameFault};

/// The version of what is spoken; a server takes clients of its own version.
pub const VERSION: u16 = 1;

/// What is sent in one direction.
pub trait Message: Sized + Encode<()> + for<'a> Decode<'a, ()> {
    /// The kind of its frames.
    const KIND: u8;

    /// The bytes of its frame.
    ///
    /// # Errors
    /// It is longer than a frame may be.
    fn to_frame(&self) -> Result<Vec<u8>, FrameFault> {
        frame::encode(Self::KIND, |out| {
            if let Err(never) = minicbor::encode(self, out) {
                // Writing into a Vec has no error of its own.
                unreachable!("{never}");
            }
        })
    }

    /// Reads it from a frame.
    ///
    /// # Errors
    /// The frame is of the other direction, or its payload is no message.
    fn from_frame(frame: &Frame) -> Result<Self, FrameFault> {
        if frame.kind != Self::KIND {
            return Err(FrameFault::Kind(frame.kind));
        }
        minicbor::decode(&frame.payload).map_err(|error| FrameFault::Payload(error.to_string()))
    }
}

impl Message for Ask {
    const KIND: u8 = 1;
}

impl Message for Tell {
    const KIND: u8 = 2;
}

/// What a device signs to show that its key is its own: the server's challenge, for this store and nothing else.
pub fn to_prove(store: &[u8; 16], nonce: &[u8; 32]) -> Vec<u8> {
    [b"wangge hello 1".as_slice(), store, nonce].concat()
}

#[cfg(test)]
mod tests;
