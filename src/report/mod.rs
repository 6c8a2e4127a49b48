//! Reports (报表): what was recorded once, as the period packs, tables and texts that superiors ask for.
//!
//! Pure models first: a [`Scope`] (whose, of which period, seen on which day), the [`Scene`] (what the log has of it),
//! and from these a [`Document`] of sheets with typed cells, in the shape that the pack's `[report]` gives. Then writers
//! that know nothing of duties: [`mod@write`]. The state says what stands how; only the texts are read from the log.
mod burden;
mod cell;
mod document;
mod export;
mod gather;
mod handover;
mod job;
mod listing;
mod pack;
mod paste;
mod rows;
mod scene;
mod scope;
mod seal;
mod sheet;
mod single;
mod summary;
mod then;
mod viewer;
pub mod write;

pub use burden::{Burden, FEW, FieldRow, Kind, Reader, Verdict, Weighed, Work};
pub use cell::Cell;
pub use document::{Block, Chart, ChartKind, Column, Document, Note, Series, Sheet, Table};
pub use export::{ExportError, Exported, to_csv, to_xlsx};
pub use gather::{gather, weigh};
pub use handover::{Handing, handed_rows};
pub use job::{Ending, Job, What, Written};
pub use listing::{Listed, Listing, RowOf, Take, to_book};
pub use pack::{period_pack, title_kind};
pub use paste::{Wording, has_text, paste_fact, paste_period, pasted};
pub use rows::Rows;
pub use scene::Scene;
pub use scope::{Scope, masked, masked_in};
pub use seal::seal;
pub use sheet::{Row, burden_listings, columns, duty_listing, is_secret, rows};
pub use summary::figures;
pub use then::{Then, as_of};
pub use viewer::{PHONE, Viewer};
