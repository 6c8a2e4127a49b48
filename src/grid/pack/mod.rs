//! Packs: a county's duties and organisation as data.
//!
//! A pack is a folder of three files: `pack.toml` (names, the tree above the grids), `duties.toml` (one row per duty,
//! each citing its clause) and `divisions.csv` (townships and villages). Another county is another pack, with no code.
mod assessment;
mod builtin;
mod checklist;
mod division;
mod duties;
mod duty;
mod error;
mod evidence;
mod grids;
mod keys;
mod names;
mod node;
mod option;
mod parse;
mod paste;
mod refer;
mod report;
mod row;
mod rule;
mod syntax;
mod value;
mod warn;
mod words;

pub use assessment::{Assessment, Criterion, LENGTHS, Proof, Star};
pub use builtin::{BUILTIN, HOLIDAYS, PackFiles};
pub use checklist::{Checklist, Item};
pub use division::Division;
pub use duty::{Duty, Evidence, Recorded, Seat};
pub use error::{Fault, PackError};
pub use grids::{FarmGrid, Grids};
pub use keys::{SECTIONS, Section};
pub use names::Names;
pub use node::PackNode;
pub use option::PackOption;
pub use paste::{PasteOf, Pastes};
pub use report::{ColumnForm, ReportForm, SHEETS, SheetForm, SheetKind};
pub use rule::RuleLine;
pub use warn::Warn;

use super::{
    calendar::Calendar,
    org::{Node, Post},
};

/// A pack, read and checked.
#[derive(Debug)]
pub struct Pack {
    /// The id that a store names, for example `lanxi`.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The document that it follows.
    pub source: String,
    /// The county's offset from UTC in seconds; its days are the desk's days.
    pub utc_offset: i32,
    /// The duties, in the order of the file.
    pub duties: Vec<Duty>,
    /// The tree that `init` builds, parents first.
    pub nodes: Vec<PackNode>,
    /// Townships (9 digits) and villages (12 digits).
    pub divisions: Vec<Division>,
    /// Checklists that records of the forms `checklist` and `unit-checklist` fill in.
    pub checklists: Vec<Checklist>,
    /// The working days that deadlines are counted in.
    pub calendar: Calendar,
    /// How large grids are, and what townships have.
    pub grids: Grids,
    /// The lowest level whose leaders, deputies and members administer what lies below them (`[rights]`).
    pub administer: u8,
    /// How the one 农业网格 of each township is named, where they have one.
    pub farm_grid: FarmGrid,
    /// What levels and posts are called.
    pub names: Names,
    /// What can be chosen, and what is chosen.
    pub options: Vec<PackOption>,
    /// The clauses that rules keep, not duties.
    pub rules: Vec<RuleLine>,
    /// What is assessed, and how.
    pub assessment: Assessment,
    /// How reports look.
    pub report: ReportForm,
    /// From where on the overview warns.
    pub warn: Warn,
    /// Names this pack's exact text, so that what was computed with another text is computed again.
    pub fingerprint: [u8; 32],
}

impl Pack {
    /// The duty with this id, with its place in [`Pack::duties`].
    pub fn duty(&self, id: &str) -> Option<(usize, &Duty)> {
        self.duties.iter().enumerate().find(|(_, duty)| duty.id == id)
    }

    /// The working days that deadlines are counted in.
    pub fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The post that leads the daily work at nodes like this one (B-8: 一、二级 = 副网格长, 三级 = 网格长): the first of
    /// those that the pack gives any duty there.
    pub fn lead_post(&self, node: &Node) -> Option<Post> {
        let posts = match node.level {
            1 | 2 => [Post::Deputy, Post::Leader, Post::Member, Post::Guide],
            _ => [Post::Leader, Post::Deputy, Post::Member, Post::Guide],
        };
        let has = |post: &Post| self.duties.iter().any(|duty| duty.post_at(node) == Some(*post));
        posts.into_iter().find(has)
    }

    /// The checklist with this id, with its place in [`Pack::checklists`].
    pub fn checklist(&self, id: &str) -> Option<(usize, &Checklist)> {
        self.checklists.iter().enumerate().find(|(_, list)| list.id == id)
    }

    /// The name of a township or village by its code.
    pub fn division_name(&self, code: &str) -> Option<&str> {
        self.divisions.iter().find(|division| division.code == code).map(|division| division.name.as_str())
    }

    /// The pack of this name that is built in.
    pub fn builtin(id: &str) -> Option<Result<Pack, PackError>> {
        BUILTIN.iter().find(|files| files.id == id).map(Pack::parse)
    }
}
