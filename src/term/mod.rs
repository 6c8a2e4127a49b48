//! Between bytes and cells: keys, the keymap, painting, raw mode, signals. Knows nothing of the desk's matter.
mod guard;
mod input;
pub mod keymap;
mod paint;
mod signal;

pub use guard::{Guard, send, size};
pub use input::{Event, Input, Waker};
pub use keymap::{Keymap, Pending, Pressed};
pub use paint::Painter;
