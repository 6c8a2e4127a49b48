//! The words that stand for one of a few things.
use crate::grid::org::{Form, Sector};

pub(super) const FORMS: &[(&str, Form)] =
    &[("vertical", Form::Vertical), ("flat", Form::Flat), ("office", Form::Office)];

pub(super) const SECTORS: &[(&str, Sector)] = &[
    ("agriculture", Sector::Agriculture),
    ("industry", Sector::Industry),
    ("service", Sector::Service),
    ("construction", Sector::Construction),
    ("real_estate", Sector::RealEstate),
    ("investment", Sector::Investment),
    ("mixed", Sector::Mixed),
];
