//! Between bytes and cells: keys, the keymap, painting, raw mode, signals. Knows nothing of the desk's matter.
pub mod keymap;
pub mod paint;

pub use keymap::{Keymap, Pending, Pressed};
pub use paint::Painter;
