//! The rules of the 统计网格: what exists, what can happen, who must do what by when.
//!
//! Nothing here knows a terminal, a disk, a network or a clock; everything arrives as an argument.
//! The way through this room: an [`decide::Intent`] is checked by [`decide::decide`] against a [`state::State`] and
//! becomes drafts of facts; sealed facts are folded by [`state::State::apply`]; [`standing`] reads the state for a
//! given day and says what is due, met or overdue.
pub mod assess;
pub mod audit;
pub mod bearing;
pub mod calendar;
pub mod code;
pub mod decide;
pub mod duty;
pub mod fact;
pub mod glance;
pub mod handover;
pub mod org;
pub mod pack;
pub mod plan;
pub mod reach;
pub mod record;
pub mod sample;
pub mod scope;
mod shelf;
pub mod standing;
pub mod state;
