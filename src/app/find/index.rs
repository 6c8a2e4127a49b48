//! Many names, ready to be read fast: every character as a small number, names one after another.
use std::{collections::HashMap, ops::Range, thread};

use super::{
    found::{Found, Rank},
    pattern::{Pattern, Term, traits},
    reading::plain,
    scan::Scan,
};

/// From so many rows on they are divided among threads.
const SHARED: usize = 100_000;
/// The most threads that look through rows.
const THREADS: usize = 4;

/// Stands in place of where the word begins in a row that has several names.
const SEVERAL: u8 = u8::MAX;

/// Names and codes, row by row. A row's text may hold several names between blanks.
#[derive(Debug)]
pub struct Index {
    /// Numbers of characters below U+10000; 0 where there is none yet.
    numbers: Vec<u16>,
    /// Those of the others.
    far: HashMap<char, u16>,
    /// The characters by their number, and their traits; 0 stands for none.
    letters: Vec<char>,
    letter_traits: Vec<u32>,
    text: Vec<u16>,
    /// Where each row's text begins, how long it is, what traits its characters have, and where the word behind the
    /// place begins.
    starts: Vec<u32>,
    lengths: Vec<u16>,
    traits: Vec<u32>,
    words: Vec<u8>,
    codes: Vec<u8>,
    code_starts: Vec<u32>,
    code_lengths: Vec<u8>,
    /// What names of places begin names with, in numbers; see [`Index::new`].
    places: Vec<Vec<char>>,
}

impl Default for Index {
    fn default() -> Index {
        Index::new(&[])
    }
}

impl Index {
    /// An empty index; names that begin with one of these `places` are ranked by what follows as well.
    pub fn new(places: &[&str]) -> Index {
        let mut places: Vec<Vec<char>> = places.iter().map(|place| place.chars().map(plain).collect()).collect();
        places.retain(|place| !place.is_empty());
        places.sort_by_key(|place| std::cmp::Reverse(place.len()));
        places.dedup();
        Index {
            numbers: vec![0; 1 << 16],
            far: HashMap::new(),
            letters: vec!['\0'],
            letter_traits: vec![0],
            text: Vec::new(),
            starts: Vec::new(),
            lengths: Vec::new(),
            traits: Vec::new(),
            words: Vec::new(),
            codes: Vec::new(),
            code_starts: Vec::new(),
            code_lengths: Vec::new(),
            places,
        }
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// How many bytes of memory it holds.
    pub fn memory(&self) -> usize {
        let wide = self.starts.capacity() + self.code_starts.capacity() + self.traits.capacity();
        let text = self.text.capacity() + self.lengths.capacity() + self.numbers.capacity();
        let narrow = self.words.capacity() + self.codes.capacity() + self.code_lengths.capacity();
        wide * 4 + text * 2 + narrow + (self.letters.capacity() + self.letter_traits.capacity()) * 4
    }

    /// Adds a row: its names between blanks, and its codes between blanks.
    pub fn push(&mut self, names: &str, codes: &str) {
        self.starts.push(0);
        self.lengths.push(0);
        self.traits.push(0);
        self.words.push(0);
        self.code_starts.push(0);
        self.code_lengths.push(0);
        self.set(self.len() - 1, names, codes);
    }

    /// Gives a row other names and codes; what it was called before stays in memory and is not found any more.
    pub fn set(&mut self, row: usize, names: &str, codes: &str) {
        if self.lengths[row] > 0 && self.is(row, names, codes) {
            return;
        }
        let start = self.text.len();
        let mut traits = 0;
        for c in names.chars().take(usize::from(u16::MAX)) {
            let number = self.number(plain(c));
            traits |= self.letter_traits[usize::from(number)];
            self.text.push(number);
        }
        self.traits[row] = traits;
        self.starts[row] = start as u32;
        self.lengths[row] = (self.text.len() - start) as u16;
        self.words[row] = if names.contains(' ') { SEVERAL } else { self.word(start) };
        self.code_starts[row] = self.codes.len() as u32;
        let codes = codes.as_bytes();
        let codes = &codes[..codes.len().min(usize::from(u8::MAX))];
        self.codes.extend(codes.iter().map(u8::to_ascii_lowercase));
        self.code_lengths[row] = codes.len() as u8;
    }

    fn is(&self, row: usize, names: &str, codes: &str) -> bool {
        let letters = self.text(row).iter().map(|number| self.letters[usize::from(*number)]);
        letters.eq(names.chars().map(plain)) && self.codes(row).eq_ignore_ascii_case(codes.as_bytes())
    }

    fn text(&self, row: usize) -> &[u16] {
        let start = self.starts[row] as usize;
        &self.text[start..start + usize::from(self.lengths[row])]
    }

    fn codes(&self, row: usize) -> &[u8] {
        let start = self.code_starts[row] as usize;
        &self.codes[start..start + usize::from(self.code_lengths[row])]
    }

    /// Gives back what growing took too much.
    pub fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.codes.shrink_to_fit();
        [&mut self.starts, &mut self.code_starts, &mut self.traits].into_iter().for_each(Vec::shrink_to_fit);
        self.lengths.shrink_to_fit();
        [&mut self.words, &mut self.code_lengths].into_iter().for_each(Vec::shrink_to_fit);
    }

    /// The number of a character. There are more numbers than characters in use anywhere; one that gets none is not
    /// found.
    fn number(&mut self, c: char) -> u16 {
        let known = match self.numbers.get(c as usize) {
            Some(number) => *number,
            None => self.far.get(&c).copied().unwrap_or(0),
        };
        if known != 0 {
            return known;
        }
        let Ok(number) = u16::try_from(self.letters.len()) else { return 0 };
        self.letters.push(c);
        self.letter_traits.push(traits(c));
        match self.numbers.get_mut(c as usize) {
            Some(place) => *place = number,
            None => drop(self.far.insert(c, number)),
        }
        number
    }

    /// How many characters of the text from `start` on are names of places.
    fn word(&self, start: usize) -> u8 {
        let name = &self.text[start..];
        let mut at = 0;
        // A province, a city and a county may follow each other.
        for _ in 0..3 {
            let rest = &name[at..];
            let leads = |place: &&Vec<char>| {
                rest.len() > place.len() && place.iter().zip(rest).all(|(c, n)| self.letters[usize::from(*n)] == *c)
            };
            let Some(place) = self.places.iter().find(leads) else { break };
            at += place.len();
        }
        u8::try_from(at).unwrap_or(0).min(SEVERAL - 1)
    }

    /// The rows that the pattern finds. Of `former`, what a shorter pattern found (see [`Pattern::narrows`]), only
    /// that is looked through, and what came since.
    pub fn find(&self, pattern: &Pattern, former: Option<&Found>) -> Found {
        let reader = Reader::new(self, pattern);
        let (mut out, seen) = match former {
            Some(former) => {
                let rows = former.rows();
                (shared(rows.len(), &|range| reader.all(rows[range].iter().map(|row| *row as usize))), former.seen)
            }
            None => (Found::default(), 0),
        };
        let seen = self.len().min(seen as usize);
        out.append(&shared(self.len() - seen, &|range| reader.all(range.start + seen..range.end + seen)));
        out.seen = self.len() as u32;
        out
    }
}

/// Looks through `count` rows, with all hands where there are many.
fn shared(count: usize, look: &(impl Fn(Range<usize>) -> Found + Sync)) -> Found {
    let hands = thread::available_parallelism().map_or(1, usize::from).min(THREADS);
    if count < SHARED || hands == 1 {
        return look(0..count);
    }
    let part = count.div_ceil(hands);
    let parts: Vec<Found> = thread::scope(|scope| {
        let parts = (0..count).step_by(part).map(|first| first..(first + part).min(count));
        let begun: Vec<_> = parts.map(|part| scope.spawn(|| look(part))).collect();
        begun.into_iter().map(|part| part.join().unwrap_or_default()).collect()
    });
    let mut out = Found::default();
    parts.iter().for_each(|part| out.append(part));
    out
}

impl Found {
    fn append(&mut self, more: &Found) {
        self.rows.extend_from_slice(&more.rows);
        self.ranks.extend_from_slice(&more.ranks);
    }
}

/// A pattern over an index.
struct Reader<'a> {
    index: &'a Index,
    scans: Vec<(Scan, &'a Term)>,
    /// The number of the blank between two names of a row.
    blank: u16,
}

impl<'a> Reader<'a> {
    fn new(index: &'a Index, pattern: &'a Pattern) -> Reader<'a> {
        let scans = pattern.terms.iter().map(|term| (Scan::new(term, &index.letters), term)).collect();
        Reader { index, scans, blank: index.numbers[usize::from(b' ')] }
    }

    fn all(&self, rows: impl Iterator<Item = usize>) -> Found {
        let mut out = Found::default();
        for row in rows {
            if let Some(rank) = self.rank(row) {
                out.rows.push(row as u32);
                out.ranks.push(rank);
            }
        }
        out
    }

    /// How well a row fits; none where it is not found.
    fn rank(&self, row: usize) -> Option<Rank> {
        let traits = self.index.traits[row];
        let mut named = false;
        for (i, (scan, term)) in self.scans.iter().enumerate() {
            let reads = traits & term.needs() == term.needs() && scan.reads(self.index.text(row));
            if !reads && !term.code().is_some_and(|code| holds(self.index.codes(row), code.as_bytes())) {
                return None;
            }
            named |= i == 0 && reads;
        }
        let Some((scan, term)) = self.scans.first() else { return Some(Rank::Other) };
        let by_name = if named { self.fit(scan, term, row) } else { Rank::Other };
        let by_code = term.code().map_or(Rank::Other, |code| fit(self.index.codes(row), code.as_bytes()));
        let best = by_name.min(by_code);
        // Of several terms none is the whole.
        Some(if self.scans.len() > 1 { best.max(Rank::Prefix) } else { best })
    }

    fn fit(&self, scan: &Scan, term: &Term, row: usize) -> Rank {
        let (text, word) = (self.index.text(row), self.index.words[row]);
        let fit = |name: &[u16]| match scan.heads(name) {
            true if term.is(name.iter().map(|number| self.index.letters[usize::from(*number)])) => Rank::Exact,
            true => Rank::Prefix,
            false => Rank::Other,
        };
        let behind = || usize::from(word) > 0 && word != SEVERAL && scan.heads(&text[usize::from(word)..]);
        match word {
            SEVERAL => text.split(|letter| *letter == self.blank).map(fit).min().unwrap_or(Rank::Other),
            _ => match fit(text) {
                Rank::Other if behind() => Rank::Word,
                rank => rank,
            },
        }
    }
}

/// Whether the codes hold this part.
fn holds(codes: &[u8], part: &[u8]) -> bool {
    let Some(room) = codes.len().checked_sub(part.len()) else { return false };
    (0..=room).any(|at| codes[at] == part[0] && codes[at..].starts_with(part))
}

/// How well a part fits the codes.
fn fit(codes: &[u8], part: &[u8]) -> Rank {
    let fits = codes.split(|b| *b == b' ').map(|code| match code.strip_prefix(part) {
        Some([]) => Rank::Exact,
        Some(_) => Rank::Prefix,
        None => Rank::Other,
    });
    fits.min().unwrap_or(Rank::Other)
}
