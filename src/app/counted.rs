//! For which duties something counted, in words (M-7).
use crate::words::word;
use crate::{
    grid::{decide::Intent, pack::Pack},
    words::t,
};

/// What is said after saving: the duties that the record counted for, by name; empty where there is nothing to say. Of
/// a visit or a session that counts for one duty, nobody needs to be told.
pub fn counted(pack: &Pack, intent: &Intent, duties: &[usize]) -> String {
    if let Intent::Belated { what, .. } = intent {
        return counted(pack, what, duties);
    }
    let names: Vec<&str> = duties.iter().filter_map(|own| Some(pack.duties.get(*own)?.name.as_str())).collect();
    match names[..] {
        [] => String::new(),
        [one] if matches!(intent, Intent::Record(_)) => t!("told.counts_for_one", duty = one).into_owned(),
        [_] => String::new(),
        _ => t!("told.counts_for", n = names.len(), duties = names.join(word("word.list"))).into_owned(),
    }
}
