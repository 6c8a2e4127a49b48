//! The files that the manual shows are files that the program reads.
use wangge::{run::Config, term::Keymap};

use super::Page;

/// The blocks of TOML of a page.
fn blocks(page: &Page) -> Vec<String> {
    let parts = page.text.split("```toml\n").skip(1);
    parts.filter_map(|part| part.split("```").next()).map(str::to_owned).collect()
}

#[test]
fn the_configuration_in_the_manual_is_one() {
    let blocks = blocks(&Page::at("docs/src/settings.md"));
    assert!(!blocks.is_empty());
    for block in blocks {
        let config: Config = toml::from_str(&block).unwrap_or_else(|why| panic!("{block}\n{why}"));
        assert_ne!(config, Config::default());
    }
}

#[test]
fn the_keymap_in_the_manual_is_one() {
    let blocks = blocks(&Page::at("docs/src/keys.md"));
    assert!(!blocks.is_empty());
    for block in blocks {
        let faults = Keymap::builtin("default").unwrap().merge("keymap.toml", &block);
        assert!(faults.is_empty(), "{block}\n{faults:?}");
    }
}
