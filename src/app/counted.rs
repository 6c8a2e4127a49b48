//! For which duties something counted, in words (M-7).
use crate::grid::{decide::Intent, pack::Pack};

/// What is said after saving: the duties that the record counted for, by name; empty where there is nothing to say. Of
/// a visit or a session that counts for one duty, nobody needs to be told.
pub fn counted(pack: &Pack, intent: &Intent, duties: &[usize]) -> String {
    if let Intent::Belated { what, .. } = intent {
        return counted(pack, what, duties);
    }
    let names: Vec<&str> = duties.iter().filter_map(|own| Some(pack.duties.get(*own)?.name.as_str())).collect();
    match names[..] {
        [] => String::new(),
        [one] if matches!(intent, Intent::Record(_)) => format!("，计入「{one}」"),
        [_] => String::new(),
        _ => format!("，本次记录同时计入 {} 项职责：{}", names.len(), names.join("、")),
    }
}
