//! Where the sources say a key.
use std::{collections::BTreeSet, fs, path::Path};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// One `t!("key", name = value)`, `word("key")` or `said("key")`.
pub struct Call {
    /// The file below `src/`.
    pub file: String,
    /// The key.
    pub key: String,
    /// The names of the values that it is given.
    pub values: BTreeSet<String>,
}

/// All of them.
pub fn all() -> Vec<Call> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut out = Vec::new();
    folder(&root, &root, &mut out);
    out
}

fn folder(root: &Path, dir: &Path, out: &mut Vec<Call>) {
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            folder(root, &path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let file = path.strip_prefix(root).unwrap().display().to_string();
            let tokens: TokenStream =
                fs::read_to_string(&path).unwrap().parse().unwrap_or_else(|e| panic!("{file}: {e}"));
            walk(&file, tokens, out);
        }
    }
}

fn walk(file: &str, tokens: TokenStream, out: &mut Vec<Call>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (i, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let before = |back: usize| i.checked_sub(back).map(|at| tokens[at].to_string());
        let is_macro = before(1).as_deref() == Some("!") && before(2).as_deref() == Some("t");
        // Methods and other types have functions of these names too.
        let is_named = before(1).is_some_and(|name| ["word", "said"].contains(&name.as_str()));
        let is_path = before(2).as_deref() == Some(":") && before(3).as_deref() == Some(":");
        let is_function = is_named && !is_path && before(2).as_deref() != Some(".");
        let is_call = group.delimiter() == Delimiter::Parenthesis && (is_macro || is_function);
        if is_call && let Some(call) = call(file, group.stream()) {
            out.push(call);
        }
        walk(file, group.stream(), out);
    }
}

/// The call with these arguments; none where the key is no literal, as in the macro's own definition.
fn call(file: &str, arguments: TokenStream) -> Option<Call> {
    let tokens: Vec<TokenTree> = arguments.into_iter().collect();
    let TokenTree::Literal(key) = tokens.first()? else { return None };
    let key = key.to_string().trim_matches('"').to_owned();
    let mut values = BTreeSet::new();
    for three in tokens.windows(3) {
        if let [TokenTree::Punct(comma), TokenTree::Ident(name), TokenTree::Punct(is)] = three
            && comma.as_char() == ','
            && is.as_char() == '='
        {
            values.insert(name.to_string());
        }
    }
    Some(Call { file: file.to_owned(), key, values })
}
