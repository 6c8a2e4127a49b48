//! The handover pack as a document: a front sheet to sign, then a sheet for every part that has anything.
mod rows;

use super::{Block, Cell, Column, Document, Note, Rows, Scope, Sheet, Table};
use crate::{
    grid::{
        calendar::{Cadence, Period},
        decide::Actor,
        fact::{HandoverAnswer, Hash, PackSeal},
        handover::{Item, Pack, Part, Seat},
        org::PersonIx,
        state::Offer,
    },
    words::{said, t, word},
};

/// So many digits of a hash are enough to compare by eye.
const DIGITS: usize = 16;

/// A pack with what was said about it.
#[derive(Clone, Debug)]
pub struct Handing<'a> {
    /// Whose post, where, seen on which day.
    pub seat: Seat<'a>,
    /// Who is to take over, where that is known.
    pub to: Option<PersonIx>,
    /// What was offered, where it was.
    pub offer: Option<&'a Offer>,
    /// What of it was signed last, where it is printed as of that moment.
    pub sealed: Option<PackSeal>,
    /// How the handover went on, in a state that knows more than the seat's.
    pub answer: Option<(HandoverAnswer, chrono::NaiveDate, String)>,
}

impl Handing<'_> {
    /// The document, as `reader` may see it: whole phone numbers are for those who administer.
    pub fn document(&self, reader: &Actor) -> Document<'static> {
        let (seat, pack) = (self.seat, self.seat.pack());
        let month = Period::containing(Cadence::Month, seat.today);
        let scope = Scope::new(seat.state, seat.node, month, reader);
        let org = seat.state.org();
        let post = seat.state.pack().names.post_at(org.node(seat.node), seat.post);
        let node = org.full_name(seat.node);
        let title = t!("handover.title", node = node, post = post).into_owned();
        let subtitle = t!(
            "handover.subtitle",
            from = org.person(seat.from).record.name,
            // Whoever is not known yet writes the name in.
            to = self.to.map_or("________", |to| org.person(to).record.name.as_str()),
            day = seat.today
        );
        let font = seat.state.pack().report.font.clone().unwrap_or_else(|| word("report.font").to_owned());
        let mut sheets = vec![self.front(&scope, &pack)];
        for (part, items) in pack.parts().filter(|(_, items)| !items.is_empty()) {
            let (columns, rows) = rows::of(&scope, part, items);
            let notes = vec![Note::Said(means(part)), Note::Rows];
            let table = Table { title: String::new(), columns, rows: Rows::Held(rows), notes };
            sheets.push(Sheet { id: part.key(), title: part.label().to_owned(), blocks: vec![Block::Table(table)] });
        }
        Document { title, subtitle: subtitle.into_owned(), font, sheets }
    }

    /// What goes over in numbers, what was said, and lines to sign.
    fn front(&self, scope: &Scope<'_>, pack: &Pack) -> Sheet<'static> {
        let mut blocks = vec![Block::Table(self.parts(pack))];
        blocks.extend(self.said(scope, pack).into_iter().map(Block::Note));
        blocks.push(Block::Signatures(word("handover.signatures").split('|').map(str::to_owned).collect()));
        Sheet { id: "handover", title: word("handover.front").to_owned(), blocks }
    }

    fn parts(&self, pack: &Pack) -> Table<'static> {
        let rows = pack.parts().map(|(part, items)| {
            let signed = self.sealed.as_ref().map(|seal| crate::grid::handover::sealed_count(seal, part));
            vec![Cell::text(part.label()), Cell::from(items.len()), signed.map_or(Cell::Empty, Cell::number)]
        });
        let columns = vec![
            column("text", 16, "handover.column.part"),
            column("have", 8, "handover.column.count"),
            column("told", 8, "handover.column.signed"),
        ];
        Table { title: String::new(), columns, rows: rows.collect(), notes: Vec::new() }
    }

    /// What was offered and answered, and whether this is what was signed.
    fn said(&self, scope: &Scope<'_>, pack: &Pack) -> Vec<String> {
        let org = self.seat.state.org();
        let name = |id: Option<&str>| {
            let ix = id.and_then(|id| org.person_ix(id));
            ix.map_or_else(|| id.unwrap_or_default().to_owned(), |ix| org.person(ix).record.name.clone())
        };
        let mut out = Vec::new();
        if let Some(offer) = self.offer {
            let by = name(offer.by.as_deref());
            out.push(t!("handover.offered", by = by, day = offer.day, on = offer.what.on).into_owned());
            if !offer.what.note.is_empty() {
                out.push(t!("handover.note", note = scope.prose(&offer.what.note)).into_owned());
            }
        }
        if let Some((kind, day, note)) = &self.answer {
            let to = self.to.map_or("", |to| org.person(to).record.name.as_str());
            let note = match note.is_empty() {
                true => String::new(),
                false => t!("handover.note", note = scope.prose(note)).into_owned(),
            };
            let said = kind.label();
            out.push(t!("handover.answered", to = to, day = day, said = said, note = note).into_owned());
        }
        if let Some(seal) = &self.sealed {
            let short = |hash: [u8; 32]| Hash(hash).to_string().chars().take(DIGITS).collect::<String>();
            out.push(t!("handover.sealed", pack = short(seal.pack), state = short(seal.state)).into_owned());
            out.push(match pack.is_sealed_by(seal) {
                true => t!("handover.same").into_owned(),
                false => t!("handover.differs").into_owned(),
            });
        }
        out
    }
}

/// The rows of a part, in the columns of its sheet, as the scope's reader may see them.
pub fn handed_rows(scope: &Scope<'_>, part: Part, items: &[Item]) -> Vec<Vec<Cell>> {
    rows::of(scope, part, items).1
}

/// What a part holds, in one sentence.
fn means(part: Part) -> String {
    said(&format!("handover.means.{}", part.key())).into_owned()
}

fn column(id: &'static str, width: u16, title: &str) -> Column {
    Column { id, title: said(title).into_owned(), width }
}
