#![allow(clippy::unwrap_used)]
use super::*;
use crate::app::{COMMANDS, Code};

/// Commands that have no key in a keymap on purpose.
const UNBOUND: [(&str, &[&str]); 3] = [("default", &["sync"]), ("vim", &["sync"]), ("excel", &["sync"])];

fn key(name: &str) -> Key {
    name.parse().unwrap()
}

fn press(keymap: &Keymap, context: Context, typing: bool, keys: &str) -> Pressed {
    let mut pending = Pending::default();
    let mut last = Pressed::None;
    for name in keys.split(' ') {
        last = keymap.press(&mut pending, context, typing, key(name));
    }
    last
}

#[test]
fn the_files_of_the_program_have_no_faults_and_are_toml() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/keymaps");
    let read = |name: &str| std::fs::read_to_string(format!("{folder}/{name}.toml")).unwrap();
    for (name, below) in [("default", None), ("vim", None), ("excel", Some("default"))] {
        let mut keymap = Keymap { bindings: Vec::new() };
        below.map(|below| keymap.merge(below, &read(below)));
        assert_eq!(keymap.merge(name, &read(name)), [], "{name}");
        let toml: toml::Table = read(name).parse().unwrap();
        let keys: usize = toml.values().map(|section| section.as_table().unwrap().len()).sum();
        assert_eq!(keys, keymap.of_last_file(), "{name}");
    }
}

#[test]
fn the_page_of_the_keymaps_is_made_of_the_tables() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/keymaps/README.md");
    if std::env::var_os("UPDATE_KEYMAPS").is_some() {
        std::fs::write(path, guide()).unwrap();
    }
    let page = std::fs::read_to_string(path).unwrap_or_default();
    assert!(page == guide(), "keymaps/README.md is old; UPDATE_KEYMAPS=1 cargo test keymaps writes it");
}

#[test]
fn every_command_has_a_key_wherever_it_means_something_or_is_unbound_on_purpose() {
    for (name, unbound) in UNBOUND {
        let keymap = Keymap::builtin(name).unwrap();
        for row in COMMANDS {
            for context in row.contexts {
                let bound = !keymap.labels(*context, row.command).is_empty();
                assert_eq!(bound, !unbound.contains(&row.id), "{name}: {} in {}", row.id, context.id());
            }
        }
    }
}

#[test]
fn nothing_needs_ctrl_or_alt() {
    for (name, unbound) in UNBOUND {
        let keymap = Keymap::builtin(name).unwrap();
        for row in COMMANDS.iter().filter(|row| !unbound.contains(&row.id)) {
            for context in row.contexts {
                let labels = keymap.labels(*context, row.command);
                assert!(labels.iter().any(|l| !l.contains("Ctrl-") && !l.contains("Alt-")), "{name}: {}", row.id);
            }
        }
    }
}

#[test]
fn in_a_form_and_a_prompt_every_command_has_a_key_that_is_not_a_character() {
    for name in Keymap::NAMES {
        let keymap = Keymap::builtin(name).unwrap();
        for (context, command) in [
            (Context::Form, Command::SaveForm),
            (Context::Form, Command::Back),
            (Context::Form, Command::NextFocus),
            (Context::Prompt, Command::Open),
            (Context::Prompt, Command::Back),
            (Context::Form, Command::Help),
            (Context::Form, Command::Repaint),
        ] {
            let keys = keymap.here(context).filter(|b| b.command == Some(command));
            assert!(keys.into_iter().any(|b| b.keys[0].typed().is_none()), "{name} {command:?}");
        }
    }
}

#[test]
fn the_place_comes_before_everywhere() {
    let keymap = Keymap::builtin("default").unwrap();
    assert_eq!(press(&keymap, Context::Desk, false, "space"), Pressed::Run(Command::VisitToday));
    assert_eq!(press(&keymap, Context::Form, false, "space"), Pressed::Run(Command::NextValue));
    assert_eq!(press(&keymap, Context::Help, false, "space"), Pressed::None);
    assert_eq!(keymap.labels(Context::Desk, Command::VisitForm), ["e", "F4"]);
    assert_eq!(keymap.labels(Context::Form, Command::VisitToday), [""; 0]);
}

#[test]
fn characters_go_to_the_text_field_while_typing() {
    let keymap = Keymap::builtin("default").unwrap();
    for name in ["q", "space", "？", "兰"] {
        assert_eq!(press(&keymap, Context::Form, true, name), Pressed::None, "{name}");
    }
    // So do the keys that move or delete within it, which mean something else where nothing is typed.
    for name in ["backspace", "delete", "left", "right", "home", "end"] {
        for context in [Context::Form, Context::Prompt] {
            assert_eq!(press(&keymap, context, true, name), Pressed::None, "{name}");
        }
    }
    assert_eq!(press(&keymap, Context::Form, false, "backspace"), Pressed::Run(Command::PrevValue));
    assert_eq!(press(&keymap, Context::Form, true, "f2"), Pressed::Run(Command::SaveForm));
    assert_eq!(press(&keymap, Context::Form, true, "esc"), Pressed::Run(Command::Back));
}

#[test]
fn full_width_keys_work_and_hanzi_ask_for_the_input_method_to_be_off() {
    let keymap = Keymap::builtin("default").unwrap();
    for (wide, command) in [
        ("？", Command::Help),
        ("、", Command::Filter),
        ("／", Command::Filter),
        ("【", Command::PrevMonth),
        ("】", Command::NextMonth),
        ("ｕ", Command::Undo),
    ] {
        assert_eq!(press(&keymap, Context::Desk, false, wide), Pressed::Run(command), "{wide}");
    }
    let blank = Key::plain(Code::Char('\u{3000}'));
    let pressed = keymap.press(&mut Pending::default(), Context::Desk, false, blank);
    assert_eq!(pressed, Pressed::Run(Command::VisitToday));
    assert_eq!(press(&keymap, Context::Desk, false, "兰"), Pressed::InputMethod);
}

#[test]
fn a_sequence_waits_says_what_may_follow_and_drops_what_does_not() {
    let keymap = Keymap::builtin("vim").unwrap();
    let mut pending = Pending::default();
    let next = keymap.press(&mut pending, Context::Desk, false, key("g"));
    let way = |name, command| Way { key: key(name), command, leads_to: 1 };
    let ways = [
        way("g", Command::Home),
        way("h", Command::Handover),
        way("o", Command::Overview),
        way("t", Command::NextTab),
        way("T", Command::PrevTab),
    ];
    assert_eq!(next, Pressed::Pending(ways.to_vec()));
    assert_eq!(pending.label(), "g");
    assert!(!pending.is_empty());
    assert_eq!(keymap.press(&mut pending, Context::Desk, false, key("g")), Pressed::Run(Command::Home));
    assert!(pending.is_empty());
    assert_eq!(press(&keymap, Context::Desk, false, "g d"), Pressed::Broken("g d".to_owned()));
    assert_eq!(press(&keymap, Context::Desk, false, "g esc"), Pressed::None);
    assert_eq!(press(&keymap, Context::Desk, false, "g d d"), Pressed::Run(Command::Done));
}

#[test]
fn own_lines_win_and_bad_ones_are_told_with_file_and_line() {
    let own = "\u{feff}# 我的键位\n[desk]\n\"g g\" = \"home\"\n\"space\" = \"none\"\n\"y\" = \"visit.tody\"\n\
               \"y\" = \"visit.today\"\n\"y\" = \"undo\"\n\"y y\" = \"undo\"\n\"hyper-x\" = \"undo\"\n\
               \"z\" = \"form.save\"\n\"z\" \"undo\"\n[dsek]\n\"w\" = \"undo\"\n[global]\n\"g x\" = \"quit\"\n";
    let mut keymap = Keymap::builtin("default").unwrap();
    let faults = keymap.merge("/home/x/keymap.toml", own);
    let lines: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [5, 7, 8, 9, 10, 11, 12]);
    assert_eq!(
        faults[0].to_string(),
        "键位文件 /home/x/keymap.toml 第5行：没有叫 visit.tody 的命令；这一行不算，仍用原来的键"
    );
    assert!(faults[1].to_string().contains("键 y 在第6行已经有了"));
    assert!(faults[2].to_string().contains("键 y y 和第6行的键开头相同"));
    assert_eq!(press(&keymap, Context::Desk, false, "g g"), Pressed::Run(Command::Home));
    assert_eq!(press(&keymap, Context::Desk, false, "space"), Pressed::None);
    assert_eq!(press(&keymap, Context::Board, false, "space"), Pressed::Run(Command::VisitToday));
    assert_eq!(press(&keymap, Context::Desk, false, "y"), Pressed::Run(Command::VisitToday));
    assert_eq!(press(&keymap, Context::Board, false, "g x"), Pressed::Run(Command::Quit));
    assert_eq!(press(&keymap, Context::Board, false, "q"), Pressed::Run(Command::Quit));
    assert_eq!(keymap.labels(Context::Board, Command::AssignUnit), [""; 0], "g gave way to g x");
}

#[test]
fn keys_of_a_later_file_are_named_first() {
    let keymap = Keymap::builtin("excel").unwrap();
    assert_eq!(keymap.labels(Context::Desk, Command::Undo), ["Ctrl-Z", "Del", "u"]);
    assert_eq!(keymap.labels(Context::Desk, Command::Suspend), ["Z"]);
    assert_eq!(keymap.labels(Context::Desk, Command::Up), ["上"]);
    assert_eq!(keymap.labels(Context::Desk, Command::VisitToday), ["空格"]);
}

#[test]
fn keys_that_lead_to_several_commands_say_how_many() {
    let mut keymap = Keymap::builtin("default").unwrap();
    assert_eq!(keymap.merge("own", "\"z x\" = \"undo\"\n\"z a b\" = \"home\"\n\"z a c\" = \"end\"\n"), []);
    let Pressed::Pending(ways) = press(&keymap, Context::Desk, false, "z") else { panic!("z begins a sequence") };
    let told: Vec<(String, usize)> = ways.iter().map(|way| (way.key.label(), way.leads_to)).collect();
    assert_eq!(told, [("x".to_owned(), 1), ("a".to_owned(), 2)]);
}

#[test]
fn where_keys_are_asked_about_only_moving_and_leaving_runs() {
    for name in Keymap::NAMES {
        let keymap = Keymap::builtin(name).unwrap();
        let ask = |context, name| keymap.ask(context, key(name));
        assert_eq!(ask(Context::Help, "down"), Pressed::Run(Command::Down));
        assert_eq!(ask(Context::Help, "esc"), Pressed::Run(Command::Back));
        assert_eq!(ask(Context::Help, "?"), Pressed::Run(Command::Help));
        assert_eq!(ask(Context::Help, "f1"), Pressed::Run(Command::Help));
        assert_eq!(ask(Context::Prompt, "f1"), Pressed::None);
        for asked in ["f2", "f10", "ctrl-l", "q", "j", "g", "space", "left", "home", "ctrl-z"] {
            assert_eq!(ask(Context::Help, asked), Pressed::None, "{name}: {asked}");
        }
    }
}
