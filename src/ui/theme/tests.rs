#![allow(clippy::unwrap_used)]
use ratatui::style::{Color, Modifier};

use super::{
    sight::{BLACK, Eyes, Rgb, WHITE, contrast, rgb},
    *,
};
use crate::words::Language;

/// The theme, which grounds it is for, and the contrast that it owes there: WCAG 2.1 asks for 4.5 of text and 3 of bold
/// or large text and of marks; a theme for both grounds reaches 4.5 on neither with red, so it owes 3.
const THEMES: [(&str, &[Rgb], f64); 6] = [
    ("default", &[BLACK, WHITE], 3.0),
    ("dark", &[BLACK], 4.5),
    ("light", &[WHITE], 4.5),
    ("high-contrast", &[BLACK, WHITE], 7.0),
    ("color-blind", &[BLACK, WHITE], 3.0),
    ("mono", &[BLACK, WHITE], 7.0),
];

fn theme(name: &str) -> [Theme; 2] {
    [Depth::Sixteen, Depth::Full].map(|depth| builtin(name, depth).unwrap())
}

/// What text and ground are on a terminal with this ground, whose own text is black or white.
fn seen(theme: &Theme, role: Role, ground: Rgb) -> (Rgb, Rgb) {
    let style = theme.style(role);
    let own = if ground == BLACK { WHITE } else { BLACK };
    let of = |color: Option<Color>, own| color.and_then(rgb).unwrap_or(own);
    (of(style.fg, own), of(style.bg, ground))
}

#[test]
fn every_file_says_every_role_and_has_no_faults() {
    assert_eq!(names().map(|(name, _)| name).collect::<Vec<_>>(), {
        let mut known: Vec<_> = THEMES.iter().map(|row| row.0).collect();
        known.sort_by_key(|name| names().position(|(n, _)| n == *name));
        known
    });
    let unlike = Style::new().fg(Color::Indexed(200));
    for (name, text) in names() {
        let (theme, faults) = read(name, text, Theme { styles: [unlike; Role::ALL.len()] }, Depth::Full);
        assert_eq!(faults, [], "{name}");
        for role in Role::ALL {
            assert_ne!(theme.style(role), unlike, "{name} leaves {} out", role.id());
        }
        for language in Language::ALL {
            assert!(label(text).of(language).is_some(), "{name} has no name in {language:?}");
        }
    }
}

#[test]
fn every_colour_has_its_contrast_on_the_grounds_that_the_theme_is_for() {
    for (name, grounds, least) in THEMES {
        for theme in theme(name) {
            for role in Role::ALL {
                for ground in grounds {
                    let (text, behind) = seen(&theme, role, *ground);
                    let found = contrast(text, behind);
                    assert!(found >= least, "{name}: {} has {found:.2} on {ground:?}", role.id());
                }
            }
        }
    }
}

#[test]
fn what_means_something_else_looks_otherwise() {
    use Role::*;
    let pairs = [
        (Overdue, DueSoon),
        (Overdue, Met),
        (Overdue, Text),
        (DueSoon, Met),
        (DueSoon, Text),
        (Selection, Text),
        (Selection, SelectionAway),
        (SelectionAway, Text),
        (Error, Done),
        (Error, Text),
        (Title, Text),
        (Label, Text),
        (Key, Text),
        (Match, Text),
        (Tab, Text),
        (Field, Text),
    ];
    for (name, ..) in THEMES {
        for theme in theme(name) {
            for (a, b) in pairs {
                assert_ne!(theme.style(a), theme.style(b), "{name}: {} and {}", a.id(), b.id());
            }
            // Where colour is taken away, the cursor must still be seen.
            assert!(theme.style(Selection).add_modifier.contains(Modifier::REVERSED), "{name}");
        }
    }
    // Colour is never the only sign: a mark stands beside it.
    for glyphs in [&crate::ui::Glyphs::UNICODE, &crate::ui::Glyphs::ASCII] {
        let marks = [glyphs.overdue, glyphs.due, glyphs.ok, glyphs.late];
        assert!(marks.iter().enumerate().all(|(i, mark)| *mark != " " && !marks[..i].contains(mark)), "{marks:?}");
    }
}

#[test]
fn a_background_is_set_for_short_marks_only() {
    for (name, ..) in THEMES {
        for role in Role::ALL.into_iter().filter(|role| !matches!(role, Role::Overdue | Role::DueSoon | Role::Error)) {
            assert_eq!(builtin(name, Depth::Full).unwrap().style(role).bg, None, "{name}: {}", role.id());
        }
    }
}

#[test]
fn those_who_lack_a_kind_of_cone_tell_overdue_due_soon_and_met_apart() {
    use Role::{DueSoon, Met, Overdue};
    let least = |name: &str, eyes: Eyes| {
        let pairs = [(Overdue, Met), (Overdue, DueSoon), (DueSoon, Met)];
        let all = theme(name).into_iter().flat_map(|theme| {
            [BLACK, WHITE].into_iter().flat_map(move |ground| {
                pairs.map(|(a, b)| eyes.distance(seen(&theme, a, ground).0, seen(&theme, b, ground).0))
            })
        });
        all.fold(f64::INFINITY, f64::min)
    };
    for eyes in Eyes::ALL {
        let found = least("color-blind", eyes);
        assert!(found >= 40.0, "{eyes:?}: {found:.1}");
    }
    // The measure can fail: red and green, the usual choice, come close for those without green.
    assert!(Eyes::NoGreen.distance([205, 0, 0], [0, 205, 0]) < 30.0);
    assert!(Eyes::Usual.distance([205, 0, 0], [0, 205, 0]) > 100.0);
}

#[test]
fn contrast_is_that_of_the_standard() {
    assert_eq!(contrast(BLACK, WHITE), 21.0);
    // The grey that is known for reaching just 4.5 on white.
    assert!((contrast([118, 118, 118], WHITE) - 4.54).abs() < 0.01);
}

#[test]
fn without_colour_nothing_is_coloured_and_high_contrast_has_nothing_dim() {
    for role in Role::ALL {
        let style = Theme::new(false).style(role);
        assert_eq!((style.fg, style.bg), (None, None), "{}", role.id());
        let high = builtin("high-contrast", Depth::Sixteen).unwrap().style(role);
        assert!(!high.add_modifier.contains(Modifier::DIM), "{}", role.id());
    }
    assert!(Theme::new(false).style(Role::Overdue).add_modifier.contains(Modifier::BOLD));
}

#[test]
fn faults_are_told_by_line_and_the_rest_counts() {
    let text = "name = \"mine\"\n[roles]\noverdue = \"bold blue\"\noverdeu = \"red\"\nmet = \"#00ff00\"\nlate = 7\n\
                [rich]\nmet = \"#00ff00\"\n[colours]\n";
    let below = Theme::new(true);
    let (theme, faults) = read("mine.toml", text, below, Depth::Full);
    let lines: Vec<usize> = faults.iter().map(|fault| fault.line).collect();
    assert_eq!(lines, [4, 5, 6, 9]);
    assert!(faults[0].to_string().contains("mine.toml 第 4 行：没有叫 overdeu 的部位"), "{}", faults[0]);
    assert_eq!(theme.style(Role::Overdue).fg, Some(Color::Blue));
    assert_eq!(theme.style(Role::Met).fg, Some(Color::Rgb(0, 255, 0)));
    assert_eq!(theme.style(Role::DueSoon), below.style(Role::DueSoon));
    // Without so many colours the rich lines are read, and not used.
    assert_eq!(read("mine.toml", text, below, Depth::Sixteen).0.style(Role::Met), below.style(Role::Met));
    assert_eq!(label(text).of(Language::En), Some("mine"));
    // What is no TOML at all.
    let (_, faults) = read("bad.toml", "[roles]\n\nmet = green\n", below, Depth::Sixteen);
    assert_eq!(faults[0].line, 3);
}
