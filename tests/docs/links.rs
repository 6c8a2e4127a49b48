//! Links lead to files and headings that are there.
use std::path::Path;

use super::{Page, pages};

#[test]
fn every_link_leads_to_a_file_and_a_heading() {
    let mut dead = Vec::new();
    for page in pages() {
        for link in page.links() {
            let Some(file) = &link.file else { continue };
            if !Path::new(env!("CARGO_MANIFEST_DIR")).join(file).exists() {
                dead.push(format!("{}: {} (no such file)", page.path, link.written));
            } else if let Some(anchor) = &link.anchor
                && !Page::at(file.to_str().unwrap()).anchors().contains(anchor)
            {
                dead.push(format!("{}: {} (no such heading)", page.path, link.written));
            }
        }
    }
    assert!(dead.is_empty(), "{}", dead.join("\n"));
}

/// mdBook makes `index.html` of a `README.md`, and leaves links to it as they are; what is not in the book it can't reach.
#[test]
fn links_of_the_manual_lead_to_pages_of_the_manual_by_the_names_that_they_have_in_the_book() {
    for page in pages().iter().filter(|page| page.is_manual() && !page.path.ends_with("SUMMARY.md")) {
        for file in page.links().into_iter().filter_map(|link| link.file) {
            assert!(file.starts_with("docs/src"), "{}: {} is not in the book", page.path, file.display());
            assert!(!file.ends_with("README.md"), "{}: {} has another name in the book", page.path, file.display());
        }
    }
}

#[test]
fn a_dead_link_and_a_wrong_anchor_would_be_found() {
    let page = Page {
        path: "docs/src/trouble/x.md".into(),
        text: "# 先试 这几样！\n## Two {#two}\n[a](../keys.md#先试-这几样) [b](#two) [c](https://example.org)".into(),
    };
    assert_eq!(page.anchors(), ["先试-这几样", "two"]);
    let links = page.links();
    assert_eq!(links[0].file.as_deref(), Some(Path::new("docs/src/keys.md")));
    assert_eq!(links[0].anchor.as_deref(), Some("先试-这几样"));
    assert_eq!(links[1].file.as_deref(), Some(Path::new("docs/src/trouble/x.md")));
    assert!(links[2].file.is_none());
}
