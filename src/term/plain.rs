//! Plain text on its way to a terminal: what could speak to it is taken out (ECMA-48's C0 and C1, and DEL).
//!
//! Names and notes come from other people's devices; on a screen of ours the painter does the same, cell by cell.
use std::io::{self, Write};

/// The first byte, in UTF-8, of U+0080 to U+00BF; the first 32 of them are C1.
const LEADS_C1: u8 = 0xc2;
const C1: std::ops::RangeInclusive<u8> = 0x80..=0x9f;
/// What stands for it.
const NOTHING: u8 = b'?';

/// Writes what it is given without what could steer a terminal; line ends and tabs stay.
#[derive(Debug)]
pub struct Plain<W: Write> {
    out: W,
    /// A byte that may begin a control character: the next one says.
    begun: bool,
}

impl<W: Write> Plain<W> {
    /// Text for a terminal behind `out`.
    pub fn new(out: W) -> Plain<W> {
        Plain { out, begun: false }
    }
}

impl<W: Write> Write for Plain<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut clean = Vec::with_capacity(bytes.len() + 1);
        for byte in bytes.iter().copied() {
            match (std::mem::take(&mut self.begun), byte) {
                (true, byte) if C1.contains(&byte) => clean.push(NOTHING),
                (begun, byte) => {
                    clean.extend(begun.then_some(LEADS_C1));
                    match byte {
                        LEADS_C1 => self.begun = true,
                        b'\n' | b'\t' => clean.push(byte),
                        // Before a line's end it says nothing, elsewhere it would write over what stands there.
                        b'\r' => {}
                        byte if byte.is_ascii_control() => clean.push(NOTHING),
                        byte => clean.push(byte),
                    }
                }
            }
        }
        self.out.write_all(&clean)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The same of one sentence.
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' && c != '\t' { '?' } else { c }).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_taken_out_wherever_the_bytes_are_cut() {
        let text = "走访\u{1b}]52;c;eA==\u{7}£°\u{9b}31m红\u{c2}\u{7f}\r\n\t完\u{80}";
        let wanted = "走访?]52;c;eA==?£°?31m红\u{c2}?\n\t完?";
        for cut in 0..=text.len() {
            let mut out = Plain::new(Vec::new());
            out.write_all(&text.as_bytes()[..cut]).unwrap();
            out.write_all(&text.as_bytes()[cut..]).unwrap();
            assert_eq!(String::from_utf8(out.out).unwrap(), wanted, "{cut}");
        }
        assert_eq!(plain("a\u{1b}[2J\u{9b}b\n"), "a?[2J?b\n");
    }
}
