//! Facts: everything that happens is one small immutable record; the state is a fold over them.
//!
//! A fact travels as an [`Envelope`] whose bytes never change once written. A correction is a new fact that names
//! the one it replaces; nothing is edited and nothing is deleted. Kinds that this build does not know are kept as
//! [`Body::Unknown`], shown and passed on.
mod about;
mod access;
mod body;
mod called;
mod chain;
pub(in crate::grid) mod codec;
mod custody;
mod effort;
mod envelope;
mod handover;
mod id;
mod record;
mod sign;

pub use about::About;
pub use access::{Account, Enrolled, Revoked, Window};
pub use body::{
    Attendance, AttendanceMark, Body, Done, NodeRecord, PersonRecord, Placement, PostHolding, ProblemClosed,
    ProblemFound, Session, SessionKind, StoreOpened, Topic, UnitRecord, Visit, Withdrawn,
};
pub use chain::{Chain, Head};
pub use custody::{Held, HeldWhy, Receipt, Received, Settled, Strayed};
pub use effort::Effort;
pub(crate) use envelope::LONGEST;
pub use envelope::{Draft, Envelope, Fact, FactError};
pub use handover::{Handover, HandoverAnswer, HandoverStep, PackSeal};
pub use id::{FactId, Hash, WriterId};
pub use record::{Acting, Exempt, Lock, Record, Unlock, Value};
pub use sign::{DeviceKey, is_signed_by, key_code, parse_key_code};
