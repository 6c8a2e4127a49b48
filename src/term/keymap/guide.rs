//! `keymaps/README.md`: every command with its keys in the keymaps that come with the program, made of the tables.
use super::Keymap;
use crate::{
    app::{COMMANDS, Command, Context, Key},
    words::{Language, said_in},
};

const HEAD: &str = "\
# 键位

这一页由程序生成（`UPDATE_KEYMAPS=1 cargo test keymaps`），不要手改。

- `wangge --keymap default|vim|excel` 选一种键位，或在 `config.toml` 里写 `keymap = \"excel\"`。
- 自己的键位写在配置文件夹的 `keymap.toml` 里，只写要改的行；写法见 `default.toml` 开头。保存后按下一个键就生效，不用重开。
- `wangge keys` 列出正在用的键位，`wangge keys --check 文件` 检查一个键位文件。
- 没有哪个命令非要按 Ctrl 或 Alt；表里带 `ctrl-` 的键都只是多一种按法。
- `excel` 是给用惯 WPS、Excel 的人的：默认键位都在，再加上表格软件里的键。
";

/// The page, in Chinese.
pub fn guide() -> String {
    let keymaps: Vec<(&str, Keymap)> =
        Keymap::NAMES.iter().filter_map(|name| Some((*name, Keymap::builtin(name)?))).collect();
    let mut out = HEAD.to_owned();
    for context in Context::ALL {
        let title = said_in(Language::Zh, &format!("context.{}", context.id()));
        out += &format!("\n## {title} `[{}]`\n\n| 命令 | 名称 | 做什么 |", context.id());
        keymaps.iter().for_each(|(name, _)| out += &format!(" {name} |"));
        out += &format!("\n|{}\n", "---|".repeat(3 + keymaps.len()));
        for row in COMMANDS.iter().filter(|row| row.contexts.contains(&context)) {
            let (name, help) = row.words_in(Language::Zh);
            out += &format!("| `{}` | {name} | {help} |", row.id);
            keymaps.iter().for_each(|(_, keymap)| out += &format!(" {} |", cell(keymap, context, row.command)));
            out.push('\n');
        }
    }
    out
}

/// The keys as a keymap file writes them.
fn cell(keymap: &Keymap, context: Context, command: Command) -> String {
    let written = |keys: &[Key]| {
        let keys: Vec<String> = keys.iter().map(Key::to_string).collect();
        format!("`{}`", keys.join(" ").replace('|', "\\|"))
    };
    keymap.keys(context, command).into_iter().map(written).collect::<Vec<_>>().join(" ")
}
