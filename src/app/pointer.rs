//! What the mouse did.

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The first button was pressed.
    Click,
    /// The wheel was turned, towards the person.
    WheelDown,
    /// The wheel was turned, away from the person.
    WheelUp,
}

/// What the mouse did, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// The column, from 0.
    pub x: u16,
    /// The row, from 0.
    pub y: u16,
    /// What was done.
    pub act: Act,
}
