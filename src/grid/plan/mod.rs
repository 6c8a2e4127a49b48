//! Plans: whom to visit next; which grids a township should have.
pub mod partition;
mod visits;

pub use visits::{Suggestion, VisitPlan, Why, visit_plan};
