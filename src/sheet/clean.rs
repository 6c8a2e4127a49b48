//! Text as people meant it: full-width letters and digits folded, what cannot be seen taken out.

/// A name or free text: full-width letters and digits folded (brackets stay as they are), every kind of space one
/// space, nothing invisible, nothing at the ends.
pub(super) fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if !invisible(c) {
            let folded = narrow(c);
            out.push(if folded.is_ascii_alphanumeric() { folded } else { c });
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Whether a person would see nothing.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || invisible(c))
}

/// A code: everything full-width folded, upper case, no spaces anywhere, without the marks by which people keep Excel
/// from taking it for a number (`'123`, `="123"`).
pub(super) fn code(text: &str) -> String {
    let bare: String =
        text.chars().filter(|&c| !c.is_whitespace() && !invisible(c)).map(|c| narrow(c).to_ascii_uppercase()).collect();
    let bare = bare.trim_start_matches(['\'', '‘', '’', '`']);
    match bare.strip_prefix("=\"").and_then(|b| b.strip_suffix('"')) {
        Some(inner) => inner.to_owned(),
        None => bare.to_owned(),
    }
}

/// A heading: as [`code`], without numbering, stars and colons around it and without a remark in brackets at its end.
pub(super) fn heading(text: &str) -> String {
    let bare = code(text);
    let bare = bare.trim_start_matches(|c: char| c.is_ascii_digit() || "*.、-".contains(c));
    let end = bare.find('(').filter(|&at| at > 0).unwrap_or(bare.len());
    bare[..end].trim_end_matches([':', '*']).to_owned()
}

fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Control characters, zero-width characters, marks of writing direction, soft hyphen, byte order mark.
fn invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_brackets_and_lose_what_is_unseen() {
        assert_eq!(words("\u{3000}兰溪市Ｘ１　纺织（集团）\u{200b}有限公司\r\n"), "兰溪市X1 纺织（集团）有限公司");
        assert_eq!(words(" \u{a0}\t"), "");
        assert!(is_blank(" \u{a0}\t\u{200b}\0") && !is_blank(" 兰 "));
        assert_eq!(words("\u{1b}[31m红"), "[31m红");
    }

    #[test]
    fn codes_lose_spaces_and_marks() {
        for text in [
            "９１３３０７８１ｍａ２８",
            "9133 0781\u{a0}MA28\t",
            "'91330781ma28",
            "=\"91330781MA28\"",
            "9133\u{3000}0781\u{feff}MA28",
        ] {
            assert_eq!(code(text), "91330781MA28", "{text}");
        }
    }

    #[test]
    fn headings_lose_their_trimmings() {
        for text in
            ["*统一社会信用代码（18位）", "1、统一社会\n信用代码：", "102 统一社会信用代码*", " 统一 社会信用代码 "]
        {
            assert_eq!(heading(text), "统一社会信用代码", "{text}");
        }
        assert_eq!(heading("(备注)"), "(备注)");
    }
}
