//! Reads the paths that a source names: `use` trees leaf by leaf, and paths inside code and macro calls.
//!
//! Works on token trees, so comments and strings never count and the inside of `format!(..)` does.
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// One path as it is written, from the first segment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The segments; a glob ends in `*`.
    pub segments: Vec<String>,
    /// Whether a `use` brings it in.
    pub imported: bool,
    /// The inline modules around it, from the file's own module inwards.
    pub inside: Vec<String>,
    /// The line, from 1.
    pub line: usize,
}

/// What one source says about names.
#[derive(Debug, Default)]
pub struct Source {
    /// Every path of two segments or more, and every single name that is imported.
    pub paths: Vec<Named>,
    /// The names of its `macro_rules!`.
    pub macros: Vec<String>,
}

/// Reads a source file.
pub fn read(text: &str) -> Result<Source, String> {
    let tokens: TokenStream = text.parse().map_err(|e| format!("is no Rust source: {e}"))?;
    let mut source = Source::default();
    walk(tokens, &mut Vec::new(), &mut source);
    Ok(source)
}

fn walk(tokens: TokenStream, inside: &mut Vec<String>, out: &mut Source) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        match (&tokens[at], tokens.get(at + 1), tokens.get(at + 2)) {
            (TokenTree::Ident(word), Some(TokenTree::Ident(name)), Some(TokenTree::Group(body)))
                if word == "mod" && body.delimiter() == Delimiter::Brace =>
            {
                inside.push(name.to_string());
                walk(body.stream(), inside, out);
                inside.pop();
                at += 3;
            }
            (TokenTree::Ident(word), Some(TokenTree::Ident(what)), Some(TokenTree::Ident(name)))
                if word == "extern" && what == "crate" =>
            {
                let segments = vec![name.to_string()];
                out.paths.push(Named { segments, imported: true, inside: inside.clone(), line: line(&tokens[at]) });
                at += 3;
            }
            (TokenTree::Ident(word), Some(TokenTree::Punct(bang)), Some(TokenTree::Ident(name)))
                if word == "macro_rules" && bang.as_char() == '!' =>
            {
                out.macros.push(name.to_string());
                at += 3;
            }
            // `use<'a>` in a return type is no import.
            (TokenTree::Ident(word), Some(next), _) if word == "use" && !is_punct(next, '<') => {
                let end = (at..tokens.len()).find(|&i| is_punct(&tokens[i], ';')).unwrap_or(tokens.len());
                use_tree(&tokens[at + 1..end], &[], inside, out);
                at = end + 1;
            }
            (TokenTree::Ident(_), ..) => at = inline_path(&tokens, at, inside, out),
            (TokenTree::Group(group), ..) => {
                walk(group.stream(), inside, out);
                at += 1;
            }
            _ => at += 1,
        }
    }
}

/// Takes `a::b::c` from `at` on; what stands between `::<` and `>` is read by the caller as tokens of its own.
fn inline_path(tokens: &[TokenTree], mut at: usize, inside: &[String], out: &mut Source) -> usize {
    let line = line(&tokens[at]);
    let mut segments = vec![tokens[at].to_string()];
    at += 1;
    while is_separator(tokens, at) {
        let Some(TokenTree::Ident(name)) = tokens.get(at + 2) else { break };
        segments.push(name.to_string());
        at += 3;
    }
    if segments.len() > 1 {
        out.paths.push(Named { segments, imported: false, inside: inside.to_vec(), line });
    }
    at
}

fn use_tree(tokens: &[TokenTree], prefix: &[String], inside: &[String], out: &mut Source) {
    let mut segments = prefix.to_vec();
    for token in tokens {
        match token {
            TokenTree::Ident(name) if name == "as" => break,
            // `use a::{self}` brings in `a`; a leading `self::` stays.
            TokenTree::Ident(name) if name == "self" && !segments.is_empty() => {}
            TokenTree::Ident(name) => segments.push(name.to_string()),
            TokenTree::Punct(star) if star.as_char() == '*' => segments.push("*".into()),
            TokenTree::Group(group) => return use_branches(group, &segments, inside, out),
            _ => {}
        }
    }
    if let Some(first) = tokens.first() {
        out.paths.push(Named { segments, imported: true, inside: inside.to_vec(), line: line(first) });
    }
}

fn use_branches(group: &Group, prefix: &[String], inside: &[String], out: &mut Source) {
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    for branch in tokens.split(|token| is_punct(token, ',')) {
        use_tree(branch, prefix, inside, out);
    }
}

fn is_separator(tokens: &[TokenTree], at: usize) -> bool {
    tokens.get(at).is_some_and(|t| is_punct(t, ':')) && tokens.get(at + 1).is_some_and(|t| is_punct(t, ':'))
}

fn is_punct(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

fn line(token: &TokenTree) -> usize {
    token.span().start().line
}
