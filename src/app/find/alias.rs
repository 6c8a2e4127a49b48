//! Short names that people of a place use (简称): lines `简称 = 全称` or `简称 = 代码` in a file of their own.
use std::{borrow::Cow, collections::BTreeMap, fmt};

use super::reading::plain;
use crate::words::t;

/// Short names by what they stand for.
#[derive(Clone, Debug, Default)]
pub struct Aliases {
    of: BTreeMap<String, Vec<String>>,
}

/// A line that does not count, as a sentence with its number; the rest of the file counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AliasFault {
    /// The line, from 1.
    pub line: usize,
    lacks: Lack,
}

/// What a line lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lack {
    Equals,
    Short,
    Full,
}

impl fmt::Display for AliasFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self.lacks {
            Lack::Equals => t!("lists.alias_equals", line = self.line),
            Lack::Short => t!("lists.alias_short", line = self.line),
            Lack::Full => t!("lists.alias_full", line = self.line),
        })
    }
}

impl Aliases {
    /// Reads a file: a short name, `=`, then the full name, the code or the id of a unit, a node or a person; both may
    /// stand in quotes, what follows `#` is a remark. Several short names may stand for one.
    pub fn parse(text: &str) -> (Aliases, Vec<AliasFault>) {
        let mut aliases = Aliases::default();
        let mut faults = Vec::new();
        for (line, text) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let text = text.split('#').next().unwrap_or_default().trim();
            if text.is_empty() {
                continue;
            }
            let sides = text.split_once(['=', '＝']).map(|(short, full)| (bare(short), bare(full)));
            match sides {
                None => faults.push(AliasFault { line, lacks: Lack::Equals }),
                Some(("", _)) => faults.push(AliasFault { line, lacks: Lack::Short }),
                Some((_, "")) => faults.push(AliasFault { line, lacks: Lack::Full }),
                Some((short, full)) => aliases.of.entry(key(full)).or_default().push(short.to_owned()),
            }
        }
        (aliases, faults)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.of.is_empty()
    }

    /// The name with the short names that stand for it, or for one of these codes, behind it.
    pub fn with<'n>(&self, name: &'n str, codes: &[&str]) -> Cow<'n, str> {
        if self.of.is_empty() {
            return Cow::Borrowed(name);
        }
        let mut out = Cow::Borrowed(name);
        for short in [name].iter().chain(codes).filter_map(|full| self.of.get(&key(full))).flatten() {
            out.to_mut().push(' ');
            out.to_mut().push_str(short);
        }
        out
    }
}

fn bare(text: &str) -> &str {
    text.trim().trim_matches(['"', '“', '”', '「', '」', '\'']).trim()
}

fn key(text: &str) -> String {
    text.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read_and_faults_told_by_their_number() {
        let text = "# 我们的叫法\n老棉纺 = 兰溪市华鑫纺织有限公司\n\"二厂\"=\"91330781MA2A0B1C2X\" # 改制前\n没有等号\n= 空\n空 =\n";
        let (aliases, faults) = Aliases::parse(text);
        assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [4, 5, 6]);
        assert_eq!(faults[0].to_string(), "第4行没有等号，应写作 简称 = 全称；这一行不算");
        assert_eq!(
            aliases.with("兰溪市华鑫纺织有限公司", &["91330781ma2a0b1c2x"]),
            "兰溪市华鑫纺织有限公司 老棉纺 二厂"
        );
        assert_eq!(aliases.with("别家", &[""]), "别家");
    }
}
