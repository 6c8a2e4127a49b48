//! Generated parts of documents: what stands between `<!-- generated: NAME -->` and `<!-- end -->`.
use super::Page;

/// Whether generated parts are to be written.
fn is_update() -> bool {
    std::env::var_os("UPDATE_DOCS").is_some()
}

/// Writes the part `name` of a page, or holds it against `wanted`, each line by `is_same` (written, wanted).
pub fn put(path: &str, name: &str, wanted: &str, is_same: impl Fn(&str, &str) -> bool) {
    let mut page = Page::at(path);
    let (begin, end) = place(&page.text, name).unwrap_or_else(|| panic!("{path} has no `<!-- generated: {name} -->`"));
    let wanted = format!("\n{}\n", wanted.trim_end());
    let written = &page.text[begin..end];
    let is_true = written.lines().count() == wanted.lines().count()
        && written.lines().zip(wanted.lines()).all(|(written, wanted)| is_same(written, wanted));
    if is_update() {
        page.text.replace_range(begin..end, &wanted);
        page.write();
    } else {
        assert!(is_true, "{path}, {name}: UPDATE_DOCS=1 writes it anew\nwritten:\n{written}\nwanted:\n{wanted}");
    }
}

/// Where the part stands: from the end of the line that opens it to the beginning of the one that closes it.
fn place(text: &str, name: &str) -> Option<(usize, usize)> {
    let open = format!("<!-- generated: {name} -->\n");
    let begin = text.find(&open)? + open.len();
    let end = begin + text[begin..].find("<!-- end -->")?;
    Some((begin, end))
}

#[test]
fn a_part_is_found_between_its_marks() {
    let text = "a\n<!-- generated: x -->\nold\n<!-- end -->\nb";
    let (begin, end) = place(text, "x").unwrap();
    assert_eq!(&text[begin..end], "old\n");
    assert!(place(text, "y").is_none());
}
