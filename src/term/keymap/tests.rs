#![allow(clippy::unwrap_used)]
use super::*;
use crate::app::{COMMANDS, Code};

const FILES: [(&str, &str); 2] =
    [("default", include_str!("../../../keymaps/default.toml")), ("vim", include_str!("../../../keymaps/vim.toml"))];

/// Commands that have no key in a keymap on purpose.
const UNBOUND: [(&str, &[&str]); 2] = [("default", &[]), ("vim", &[])];

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
    for (name, text) in FILES {
        let mut keymap = Keymap { bindings: Vec::new() };
        assert_eq!(keymap.merge(name, text), [], "{name}");
        let toml: toml::Table = text.parse().unwrap();
        let keys: usize = toml.values().map(|section| section.as_table().unwrap().len()).sum();
        assert_eq!(keys, keymap.bindings.len(), "{name}");
    }
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
    for (name, _) in FILES {
        let keymap = Keymap::builtin(name).unwrap();
        for row in COMMANDS {
            for context in row.contexts {
                let labels = keymap.labels(*context, row.command);
                assert!(labels.iter().any(|l| !l.contains("Ctrl-") && !l.contains("Alt-")), "{name}: {}", row.id);
            }
        }
    }
}

#[test]
fn in_a_form_and_a_prompt_every_command_has_a_key_that_is_not_a_character() {
    for (name, _) in FILES {
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
    let expected = vec![(key("g"), Command::Home), (key("t"), Command::NextTab), (key("T"), Command::PrevTab)];
    assert_eq!(next, Pressed::Pending(expected));
    assert!(!pending.is_empty());
    assert_eq!(keymap.press(&mut pending, Context::Desk, false, key("g")), Pressed::Run(Command::Home));
    assert!(pending.is_empty());
    assert_eq!(press(&keymap, Context::Desk, false, "g d"), Pressed::None);
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
fn hints_are_the_first_key_of_each_command() {
    let keymap = Keymap::builtin("default").unwrap();
    let hints = keymap.hints(Context::Desk, &[Command::VisitToday, Command::SaveForm, Command::Help]);
    let shown: Vec<String> = hints.iter().map(|hint| format!("{} {}", hint.key, hint.word)).collect();
    assert_eq!(shown, ["空格 记走访", "? 帮助"]);
}
