//! Periods and working days.
//!
//! A period is a calendar month, quarter, half-year or year; a working day is a weekday that is no legal holiday, or
//! a weekend day that was made a workday (调休). All days are local days of the county.
mod period;
mod workday;

pub use period::{Cadence, Period};
pub use workday::{Calendar, CalendarError};
