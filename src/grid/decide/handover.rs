//! Handovers of posts (交接): who leaves offers, who comes confirms, and with that the post passes, all or nothing.
//!
//! A post never stands empty or double by it: the old holding ends on the day on which the new one begins. That day is the
//! one that was offered, or the one of the confirmation where that is later, since whoever acted until then had the post.
mod answer;
mod offer;
mod passing;
mod refusal;

pub(super) use answer::{Answering, decide as answer};
pub(super) use offer::{Offering, decide as offer};
pub use passing::stands;
pub(super) use passing::{admits, may, passes};
pub use refusal::HandoverRefusal;
