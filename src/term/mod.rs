//! Between bytes and cells: keys, the keymap, painting, raw mode, signals. Knows nothing of the desk's matter.
mod clipboard;
mod guard;
mod input;
pub mod keymap;
mod paint;
mod plain;
mod probe;
mod signal;

pub use clipboard::to_clipboard;
pub use guard::{Guard, is_multiplexed, send, size};
pub use input::{Event, Input, Waker};
pub use keymap::{Keymap, Pending, Pressed};
pub use paint::Painter;
pub use plain::{Plain, plain};
pub use probe::{Found, Probe};
