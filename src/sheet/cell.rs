//! A cell as a sheet hands it over.

/// A cell's content.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// Text as written.
    Text(String),
    /// A number; Excel keeps 15 digits of it.
    Number(f64),
    /// Neither text nor number; the words say what it is (a date, a formula's error).
    Other(String),
}

/// A cell and its column, from 0.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cell {
    /// The column, from 0.
    pub column: u32,
    /// The content.
    pub value: Value,
}

impl Value {
    /// Whether there is nothing to see.
    pub fn is_blank(&self) -> bool {
        matches!(self, Value::Text(text) if super::clean::is_blank(text))
    }

    /// The text as a person sees it; a whole number without a decimal point.
    pub fn shown(&self) -> String {
        match self {
            Value::Text(text) | Value::Other(text) => text.clone(),
            // Every whole number below 2^53 is exact and prints without an exponent.
            Value::Number(number) => format!("{number}"),
        }
    }
}

/// The letters of a column: 0 is A, 26 is AA.
pub(super) fn letters(column: u32) -> String {
    let mut out = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        rest -= 1;
        out.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    out.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_letters() {
        let of: Vec<String> = [0, 25, 26, 701, 702, 16383].into_iter().map(letters).collect();
        assert_eq!(of, ["A", "Z", "AA", "ZZ", "AAA", "XFD"]);
        assert!(!letters(u32::MAX).is_empty());
    }

    #[test]
    fn whole_numbers_show_no_point() {
        assert_eq!(Value::Number(330_781_001_001.0).shown(), "330781001001");
        assert_eq!(Value::Number(131.5).shown(), "131.5");
    }
}
