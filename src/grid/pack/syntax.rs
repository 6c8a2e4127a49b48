//! The writing of a TOML file itself, before anything that it says.
use toml::{Spanned, de::DeTable};

use super::error::Faults;

/// Reads a file's tables; where the writing itself is wrong, notes every such place and returns none.
pub(super) fn tables<'a>(text: &'a str, faults: &Faults<'_>) -> Option<Spanned<DeTable<'a>>> {
    let (tables, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        faults.add(error.span().map_or(0, |span| span.start), "写法", in_chinese(error.message()));
    }
    errors.is_empty().then_some(tables)
}

/// What the reader of TOML says, by the beginning of its message.
const SAYINGS: [(&str, &str); 13] = [
    ("duplicate key", "这个键写了两次，请留一个"),
    ("key with no value", "键后面要写 = 和值"),
    ("missing value", "= 后面要写值"),
    ("string values must be quoted", "文字要放在英文双引号里，例如 name = \"走访\""),
    ("missing opening quote", "缺少左边的英文双引号"),
    ("invalid basic string", "双引号没有成对，或里面有不能直接写的字符"),
    ("unclosed array", "方括号没有合上，应以 ] 结束"),
    ("unclosed table", "表名的方括号没有合上，应写作 [grids]"),
    ("unclosed inline table", "花括号没有合上，应以 } 结束"),
    ("missing comma", "两个值之间要有英文逗号"),
    ("extra comma", "多了一个逗号"),
    ("invalid unquoted key", "键只能用英文字母、数字、下划线和横线"),
    ("cannot extend value", "这个键已经有值，不能再往里加"),
];

fn in_chinese(message: &str) -> String {
    let known = SAYINGS.iter().find(|(begins, _)| message.starts_with(begins));
    known.map_or_else(
        || "这里不合 TOML 的写法，应为 键 = 值、[表] 或 [[表]]，文字用英文双引号".to_owned(),
        |(_, said)| (*said).to_owned(),
    )
}
