//! Chinese in the sources: only where it is data.
use std::{fs, path::Path};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A string with Chinese in it, outside comments and tests.
pub struct Literal {
    /// The file below `src/`.
    pub file: String,
    /// Where and what.
    pub said: String,
}

/// All of them.
pub fn all() -> Vec<Literal> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut out = Vec::new();
    folder(&root, &root, &mut out);
    out
}

fn folder(root: &Path, dir: &Path, out: &mut Vec<Literal>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let is_tests = path.file_stem().is_some_and(|name| name == "tests");
        if path.is_dir() && !is_tests {
            folder(root, &path, out);
        } else if path.extension().is_some_and(|e| e == "rs") && !is_tests {
            let file = path.strip_prefix(root).unwrap().display().to_string();
            walk(&file, fs::read_to_string(&path).unwrap().parse().unwrap(), out);
        }
    }
}

fn walk(file: &str, tokens: TokenStream, out: &mut Vec<Literal>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_sharp = token.to_string() == "#";
        // `//!` is `#![doc = ".."]`.
        tokens.next_if(|sign| is_sharp && sign.to_string() == "!");
        let attribute = match tokens.peek() {
            Some(TokenTree::Group(group)) if is_sharp && group.delimiter() == Delimiter::Bracket => {
                Some(group.stream().to_string())
            }
            _ => None,
        };
        match (attribute, token) {
            (Some(attribute), _) if attribute.starts_with("doc") => drop(tokens.next()),
            (Some(attribute), _) if attribute.replace(' ', "") == "cfg(test)" => {
                // The item that follows: up to its body or its semicolon.
                tokens.find(|token| match token {
                    TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                    token => token.to_string() == ";",
                });
            }
            (_, TokenTree::Group(group)) => walk(file, group.stream(), out),
            (_, TokenTree::Literal(literal)) => {
                let text = literal.to_string();
                if text.contains('"') && text.chars().any(super::is_han) {
                    let said = format!("{file}:{}: {text}", literal.span().start().line);
                    out.push(Literal { file: file.to_owned(), said });
                }
            }
            _ => {}
        }
    }
}
