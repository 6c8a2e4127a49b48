//! Plans: whom to visit next.
mod visits;

pub use visits::{Suggestion, VisitPlan, Why, visit_plan};
