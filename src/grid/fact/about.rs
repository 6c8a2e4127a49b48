//! What an envelope carries, told while its content stays closed: for whoever passes over nearly all of a log.
use minicbor::{Decode, Decoder, decode::Error};

/// What a fact is and where it belongs, as it lies in its envelope.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    /// The kind's name on the wire.
    pub kind: &'a str,
    /// The node where it counts, by id.
    pub at: Option<&'a str>,
    /// The unit, person or node that it is about, by id.
    pub subject: Option<&'a str>,
    body: &'a [u8],
}

impl<'a> About<'a> {
    /// Reads the payload of an envelope; what it says beside is passed over.
    pub(super) fn read(payload: &'a [u8]) -> Result<About<'a>, Error> {
        let mut from = Decoder::new(payload);
        let mut about = About::default();
        // Every writer says how many fields there are; of another one only the whole fact tells.
        for _ in 0..from.map()?.ok_or_else(|| Error::message("a map without a length"))? {
            match from.u64()? {
                0 => about.kind = from.str()?,
                3 => about.at = from.decode()?,
                4 => about.subject = from.decode()?,
                6 => about.body = from.bytes()?,
                _ => from.skip()?,
            }
        }
        Ok(about)
    }

    /// Whether it is a receipt of the server.
    pub fn is_receipt(&self) -> bool {
        self.kind == "receipt"
    }

    /// The form of a record, by id.
    pub fn form(&self) -> Option<&'a str> {
        let form = || minicbor::decode(self.body).ok().map(|Formed { form }| form);
        if self.kind == "record" { form() } else { None }
    }
}

/// Of a [`super::Record`] no more than its form.
#[derive(Decode)]
#[cbor(map)]
struct Formed<'a> {
    #[b(0)]
    form: &'a str,
}
