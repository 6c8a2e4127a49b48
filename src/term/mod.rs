//! Between bytes and cells: keys, the keymap, painting, raw mode, signals. Knows nothing of the desk's matter.
pub mod paint;

pub use paint::Painter;
