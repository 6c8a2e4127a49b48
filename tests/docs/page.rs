//! The pages of the manual, and the documents beside it.
use std::{
    fs,
    path::{Path, PathBuf},
};

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// One document.
pub struct Page {
    /// Its path from the repository's root, with `/`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A link to a place: the file's path from the repository's root, and the anchor in it.
pub struct Link {
    /// What stands in the document.
    pub written: String,
    /// The file; none where it leads out of the repository.
    pub file: Option<PathBuf>,
    /// The anchor, decoded.
    pub anchor: Option<String>,
}

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// All Markdown files of the manual, and those at the root.
pub fn pages() -> Vec<Page> {
    let mut files = Vec::new();
    let root = Path::new(ROOT);
    let at_root = fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path());
    files.extend(at_root.filter(|path| path.extension().is_some_and(|e| e == "md")));
    below(&root.join("docs"), &mut files);
    files.sort();
    files.iter().map(|path| Page::read(path)).collect()
}

fn below(folder: &Path, out: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            below(&path, out);
        } else if path.extension().is_some_and(|e| e == "md") {
            out.push(path);
        }
    }
}

impl Page {
    fn read(path: &Path) -> Page {
        let relative = path.strip_prefix(ROOT).unwrap().to_str().unwrap().replace('\\', "/");
        Page { path: relative, text: fs::read_to_string(path).unwrap() }
    }

    /// The page of this path from the repository's root.
    pub fn at(path: &str) -> Page {
        Page::read(&Path::new(ROOT).join(path))
    }

    /// Writes the text back.
    pub fn write(&self) {
        fs::write(Path::new(ROOT).join(&self.path), &self.text).unwrap();
    }

    /// Whether it is a part of the manual.
    pub fn is_manual(&self) -> bool {
        self.path.starts_with("docs/src/")
    }

    /// What the Markdown parser makes of it, with the extensions that mdBook has.
    pub fn events(&self) -> impl Iterator<Item = Event<'_>> {
        let extensions = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES;
        Parser::new_ext(&self.text, extensions)
    }

    /// The anchors of its headings, as mdBook and the forges make them.
    pub fn anchors(&self) -> Vec<String> {
        let mut out = Vec::new();
        let mut heading: Option<(Option<String>, String)> = None;
        for event in self.events() {
            match event {
                Event::Start(Tag::Heading { id, .. }) => heading = Some((id.map(|id| id.to_string()), String::new())),
                Event::End(TagEnd::Heading(_)) => {
                    if let Some((id, text)) = heading.take() {
                        out.push(id.unwrap_or_else(|| slug(&text)));
                    }
                }
                Event::Text(text) | Event::Code(text) => {
                    if let Some((_, heading)) = &mut heading {
                        *heading += &text;
                    }
                }
                _ => {}
            }
        }
        out
    }

    /// The first heading, if it is one of the first level.
    pub fn title(&self) -> Option<String> {
        let mut events = self.events();
        let first = events.find(|event| matches!(event, Event::Start(Tag::Heading { .. })))?;
        let Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) = first else { return None };
        let title = events.take_while(|event| !matches!(event, Event::End(TagEnd::Heading(_))));
        Some(
            title
                .filter_map(|event| if let Event::Text(text) = event { Some(text.to_string()) } else { None })
                .collect(),
        )
    }

    /// Every link and picture.
    pub fn links(&self) -> Vec<Link> {
        let folder = Path::new(&self.path).parent().unwrap();
        let of = |written: &str| {
            if written.contains("://") || written.starts_with("mailto:") {
                return Link { written: written.to_owned(), file: None, anchor: None };
            }
            let (file, anchor) = match written.split_once('#') {
                Some((file, anchor)) => (file, Some(anchor.to_owned())),
                None => (written, None),
            };
            let file = if file.is_empty() { PathBuf::from(&self.path) } else { joined(folder, file) };
            Link { written: written.to_owned(), file: Some(file), anchor }
        };
        let found = self.events().filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => Some(of(&dest_url)),
            _ => None,
        });
        found.collect()
    }
}

/// `folder/file` without `..`.
fn joined(folder: &Path, file: &str) -> PathBuf {
    let mut out = folder.to_owned();
    for part in file.split('/') {
        match part {
            ".." => assert!(out.pop(), "{file} leads out of the repository"),
            "." | "" => {}
            part => out.push(part),
        }
    }
    out
}

/// The anchor of a heading: letters and digits of any script in lower case, blanks as `-`, the rest left out.
fn slug(text: &str) -> String {
    let kept = text.trim().chars().filter_map(|c| match c {
        ' ' => Some('-'),
        c if c.is_alphanumeric() || c == '_' || c == '-' => Some(c),
        _ => None,
    });
    kept.flat_map(char::to_lowercase).collect()
}
