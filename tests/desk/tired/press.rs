//! What is done to the desk, drawn by chance.
use proptest::{prelude::*, sample::select};
use wangge::app::{Act, Key, key::Code};

/// What is done to the desk.
#[derive(Clone, Debug)]
pub(super) enum Press {
    Key(Key),
    /// What comes of habit: keys by name.
    Habit(&'static str),
    Paste(&'static str),
    Point(Act, u16, u16),
    Window(u16, u16),
    /// The next record is not saved.
    FullDisk,
    /// Somebody else visits one of so many enterprises.
    Other(usize),
    Midnight,
    /// Nothing comes back from the store during so many presses.
    Stall(usize),
    /// What can be seen here is something else than before, and the state is made anew.
    Anew,
}

/// Jobs of every day, in haste: some begin where they mean nothing.
const HABITS: [&str; 24] = [
    "space",
    "space space",
    "s s s space",
    "v down down space",
    "e f2",
    "e tab 1 2 f2",
    "x f2",
    "h f2",
    "r enter f2",
    "r down down enter tab 5 f2",
    "d enter",
    "c 1 2 f2",
    "u",
    "u u",
    "f2",
    "enter f2",
    "esc esc",
    "l enter",
    "] space",
    "[ e f2",
    "R * f2",
    "H enter",
    "g enter",
    "2 space",
];

pub(super) fn press() -> impl Strategy<Value = Press> {
    let named = select(
        "esc esc enter enter up down down left right tab tab shift-tab pageup pagedown home end space delete backspace"
            .split(' ')
            .map(|name| name.parse().expect("a key"))
            .collect::<Vec<Key>>(),
    );
    let letter = (0x21_u8..0x7f).prop_map(|c| Key::char(char::from(c)));
    let function = (1_u8..13).prop_map(|n| Key::plain(Code::F(n)));
    let wide = select("统计走访一二：？／０ａ“”…👍é\u{301}".chars().map(Key::char).collect::<Vec<Key>>());
    let ctrl = (b'a'..=b'z').prop_map(|c| Key { ctrl: true, ..Key::char(char::from(c)) });
    let paste = select(vec![
        "2026-11-20",
        "10",
        "一行\n两行\t三",
        "\u{1b}[31m红\u{202e}反",
        "长长的一句话，没有完。".repeat(40).leak(),
    ]);
    let act = select(vec![Act::Click, Act::Click, Act::WheelDown, Act::WheelUp]);
    let window =
        select(vec![(80, 24), (80, 24), (60, 16), (79, 23), (120, 40), (131, 50), (61, 17), (20, 5), (300, 90)]);
    prop_oneof![
        36 => named.prop_map(Press::Key),
        20 => select(HABITS.to_vec()).prop_map(Press::Habit),
        24 => letter.prop_map(Press::Key),
        6 => function.prop_map(Press::Key),
        4 => wide.prop_map(Press::Key),
        2 => ctrl.prop_map(Press::Key),
        3 => paste.prop_map(Press::Paste),
        6 => (act, 0_u16..120, 0_u16..40).prop_map(|(act, x, y)| Press::Point(act, x, y)),
        2 => window.prop_map(|(cols, rows)| Press::Window(cols, rows)),
        1 => Just(Press::FullDisk),
        1 => (0_usize..240).prop_map(Press::Other),
        1 => Just(Press::Midnight),
        2 => (1_usize..9).prop_map(Press::Stall),
        1 => Just(Press::Anew),
    ]
}
