#![allow(clippy::unwrap_used)]
use std::num::NonZeroU16;

use proptest::prelude::*;
use ratatui::style::{Color, Modifier, Style};
use unicode_width::UnicodeWidthChar;

use super::cells::is_agreed;
use super::*;
use crate::ui::{Look, Role, list, text};

/// A terminal as small as the painter's vocabulary, which can take ambiguous glyphs for two cells wide.
struct Wide {
    cells: Vec<Vec<String>>,
    x: usize,
    y: usize,
    region: (usize, usize),
}

impl Wide {
    fn new(area: Rect) -> Wide {
        let cells = vec![vec![" ".to_owned(); area.width.into()]; area.height.into()];
        Wide { cells, x: 0, y: 0, region: (0, usize::from(area.height) - 1) }
    }

    fn blank(&mut self, x: usize) {
        let row = &mut self.cells[self.y];
        if row[x].is_empty() {
            row[x - 1] = " ".to_owned();
        }
        if row.get(x + 1).is_some_and(String::is_empty) {
            row[x + 1] = " ".to_owned();
        }
        row[x] = " ".to_owned();
    }

    fn text(&mut self, c: char) {
        let width = c.width_cjk().unwrap_or(1);
        let cols = self.cells[0].len();
        // No wrapping: the last column is written over and over.
        let x = self.x.min(cols - 1);
        self.blank(x);
        self.cells[self.y][x] = c.to_string();
        if width == 2 && x + 1 < cols {
            self.blank(x + 1);
            self.cells[self.y][x] = c.to_string();
            self.cells[self.y][x + 1] = String::new();
        }
        self.x = x + width;
    }

    fn feed(&mut self, bytes: &[u8]) {
        let text = std::str::from_utf8(bytes).unwrap();
        let mut chars = text.chars();
        while let Some(c) = chars.next() {
            match c {
                '\r' => self.x = 0,
                '\n' => self.y += 1,
                '\x08' => self.x -= 1,
                '\x1b' => {
                    assert_eq!(chars.next(), Some('['));
                    let mut args = String::new();
                    let last = loop {
                        match chars.next().unwrap() {
                            c @ ('0'..='9' | ';' | '?') => args.push(c),
                            c => break c,
                        }
                    };
                    self.csi(&args, last);
                }
                c => self.text(c),
            }
        }
    }

    fn csi(&mut self, args: &str, last: char) {
        let n: Vec<usize> = args.split(';').map(|n| n.parse().unwrap_or(0)).collect();
        let (first, cols) = (n[0].max(1), self.cells[0].len());
        match last {
            'H' => (self.y, self.x) = (first - 1, n.get(1).copied().unwrap_or(1) - 1),
            'G' => self.x = first - 1,
            'C' => self.x += first,
            'D' => self.x -= first,
            'K' => (self.x..cols).for_each(|x| self.blank(x)),
            'X' => (self.x..self.x + first).for_each(|x| self.blank(x)),
            '@' | 'P' => {
                let row = &mut self.cells[self.y][self.x..];
                let new = if last == '@' { 0..first } else { row.len() - first..row.len() };
                if last == '@' {
                    row.rotate_right(first)
                } else {
                    row.rotate_left(first)
                }
                row[new].fill(" ".to_owned());
            }
            'J' => self.cells.iter_mut().flatten().for_each(|cell| *cell = " ".to_owned()),
            'r' => {
                self.region = if args.is_empty() { (0, self.cells.len() - 1) } else { (n[0] - 1, n[1] - 1) };
                (self.x, self.y) = (0, 0);
            }
            'S' | 'T' => {
                let rows = &mut self.cells[self.region.0..=self.region.1];
                if last == 'S' {
                    rows.rotate_left(first)
                } else {
                    rows.rotate_right(first)
                }
                let len = rows.len();
                let new = if last == 'S' { len - first..len } else { 0..first };
                rows[new].iter_mut().flatten().for_each(|cell| *cell = " ".to_owned());
            }
            'm' | 'h' | 'l' => {}
            other => panic!("CSI {args} {other}"),
        }
    }
}

fn vt(area: Rect) -> vt100::Parser {
    vt100::Parser::new(NonZeroU16::new(area.height).unwrap(), NonZeroU16::new(area.width).unwrap(), 0)
}

fn vt_color(color: Color) -> vt100::Color {
    match color {
        Color::Red => vt100::Color::Idx(1),
        Color::LightBlue => vt100::Color::Idx(12),
        Color::Indexed(n) => vt100::Color::Idx(n),
        _ => vt100::Color::Default,
    }
}

/// Every cell of `want` on the vt100 screen: text, attributes, colours.
fn same_as_vt(want: &Buffer, screen: &vt100::Screen) {
    let mut settled = Buffer::default();
    settle(want, &mut settled, true);
    for y in 0..want.area.height {
        for x in 0..want.area.width {
            let (cell, shown) = (&settled[(x, y)], screen.cell(y, x).unwrap());
            let text = if shown.has_contents() || shown.is_wide_continuation() { shown.contents() } else { " " };
            assert_eq!(text, cell.symbol(), "at {x},{y}");
            if shown.is_wide_continuation() {
                continue; // vt100 keeps the attributes with the first half
            }
            assert_eq!(shown.bgcolor(), vt_color(cell.bg), "at {x},{y}");
            assert_eq!(shown.inverse(), cell.modifier.contains(Modifier::REVERSED), "at {x},{y}");
            if text != " " {
                assert_eq!(shown.fgcolor(), vt_color(cell.fg), "at {x},{y}");
                assert_eq!(shown.bold(), cell.modifier.contains(Modifier::BOLD), "at {x},{y}");
                assert_eq!(shown.dim(), cell.modifier.contains(Modifier::DIM), "at {x},{y}");
                assert_eq!(shown.underline(), cell.modifier.contains(Modifier::UNDERLINED), "at {x},{y}");
            }
        }
    }
}

/// Every cell of `want` whose width is agreed on, on a terminal that takes ambiguous glyphs for wide.
fn same_as_wide(want: &Buffer, screen: &Wide) {
    let mut settled = Buffer::default();
    settle(want, &mut settled, true);
    for y in 0..want.area.height {
        for x in 0..want.area.width {
            let symbol = settled[(x, y)].symbol();
            if symbol.is_empty() || is_agreed(symbol) {
                assert_eq!(screen.cells[usize::from(y)][usize::from(x)], symbol, "at {x},{y}");
            }
        }
    }
}

const STYLES: [Style; 7] = [
    Style::new(),
    Style::new().add_modifier(Modifier::REVERSED),
    Style::new().fg(Color::Red).add_modifier(Modifier::BOLD),
    Style::new().bg(Color::LightBlue),
    Style::new().fg(Color::Indexed(200)).add_modifier(Modifier::UNDERLINED),
    Style::new().add_modifier(Modifier::DIM),
    Style::new().fg(Color::Red).add_modifier(Modifier::BOLD.union(Modifier::DIM)),
];

/// What changes from one frame to the next.
#[derive(Clone, Debug)]
enum Change {
    Text(u16, u16, String, usize),
    Raw(u16, u16, usize),
    Slide(u16, u16, u16, bool),
    Scroll(u16, u16, bool),
    Clear(u16),
    Repaint,
    Resize(u16, u16),
}

fn change() -> impl Strategy<Value = Change> {
    let text = "[a-c 兰溪市网●“│é▸]{1,14}";
    prop_oneof![
        8 => (0u16..24, 0u16..8, text, 0..STYLES.len()).prop_map(|(x, y, s, style)| Change::Text(x, y, s, style)),
        1 => (0u16..24, 0u16..8, 0..STYLES.len()).prop_map(|(x, y, style)| Change::Raw(x, y, style)),
        3 => (0u16..20, 0u16..8, 1u16..9, any::<bool>()).prop_map(|(x, y, n, left)| Change::Slide(x, y, n, left)),
        2 => (0u16..4, 4u16..8, any::<bool>()).prop_map(|(top, bottom, up)| Change::Scroll(top, bottom, up)),
        1 => (0u16..8).prop_map(Change::Clear),
        1 => Just(Change::Repaint),
        1 => (8u16..26, 2u16..9).prop_map(|(cols, rows)| Change::Resize(cols, rows)),
    ]
}

fn scrolled(buf: &mut Buffer, top: u16, bottom: u16, up: bool) {
    let cols = usize::from(buf.area.width);
    let bottom = usize::from(bottom.min(buf.area.height));
    let top = usize::from(top).min(bottom);
    let cells = &mut buf.content[top * cols..bottom * cols];
    let by = cols.min(cells.len());
    if up { cells.rotate_left(by) } else { cells.rotate_right(by) }
}

/// Moves the rest of a row, whole glyphs or not.
fn slid(buf: &mut Buffer, (x, y): (u16, u16), n: usize, left: bool) {
    let cols = usize::from(buf.area.width);
    let Some(row) = buf.content.chunks_mut(cols).nth(y.into()) else { return };
    let Some(rest) = row.get_mut(usize::from(x)..).filter(|rest| rest.len() > n) else { return };
    if left { rest.rotate_left(n) } else { rest.rotate_right(n) }
}

proptest! {
    #[test]
    fn the_terminal_shows_exactly_the_frame(
        frames in prop::collection::vec((prop::collection::vec(change(), 1..9), any::<Option<(u8, u8)>>()), 1..7)
    ) {
        let mut want = Buffer::empty(Rect::new(0, 0, 24, 8));
        let mut painter = Painter::new(true);
        let (mut vt, mut wide) = (vt(want.area), Wide::new(want.area));
        vt.process("残留的内容".repeat(20).as_bytes());
        for (changes, cursor) in frames {
            for change in changes {
                match change {
                    Change::Text(x, y, s, style) => {
                        text::put(&mut want, x, y, &s, 30, STYLES[style]);
                    }
                    Change::Raw(x, y, style) => {
                        if let Some(cell) = want.cell_mut((x, y)) {
                            cell.set_symbol("|").set_style(STYLES[style]);
                        }
                    }
                    Change::Slide(x, y, n, left) => slid(&mut want, (x, y), n.into(), left),
                    Change::Scroll(top, bottom, up) => scrolled(&mut want, top, bottom, up),
                    Change::Clear(y) => {
                        let area = Rect::new(0, y, 30, 1).intersection(want.area);
                        crate::ui::popup::clear(&mut want, area);
                    }
                    Change::Repaint => painter.repaint(),
                    Change::Resize(cols, rows) => {
                        want = Buffer::empty(Rect::new(0, 0, cols, rows));
                        let (rows, cols) = (NonZeroU16::new(rows).unwrap(), NonZeroU16::new(cols).unwrap());
                        vt.set_size(rows, cols);
                        wide = Wide::new(want.area);
                        painter.repaint();
                    }
                }
            }
            let cursor = cursor.map(|(x, y)| (u16::from(x) % want.area.width, u16::from(y) % want.area.height));
            let bytes = painter.paint(&want, cursor);
            vt.process(&bytes);
            wide.feed(&bytes);
            same_as_vt(&want, vt.screen());
            same_as_wide(&want, &wide);
            prop_assert_eq!(vt.screen().hide_cursor(), cursor.is_none());
            if let Some((x, y)) = cursor {
                prop_assert_eq!(vt.screen().cursor_position(), (y, x));
            }
            prop_assert_eq!(painter.paint(&want, cursor), b"", "nothing to say is nothing");
        }
    }
}

fn painted(painter: &mut Painter, buf: &Buffer) -> String {
    String::from_utf8(painter.paint(buf, None)).unwrap()
}

#[test]
fn after_an_ambiguous_glyph_the_cursor_is_placed_and_after_hanzi_it_is_not() {
    let mut buf = Buffer::empty(Rect::new(0, 0, 20, 1));
    let mut painter = Painter::new(true);
    painter.paint(&buf, None);
    text::put(&mut buf, 0, 0, "兰溪市第1网格", 20, Style::new());
    assert_eq!(painted(&mut painter, &buf), "兰溪市第1网格");
    let mut buf = Buffer::empty(buf.area);
    painter.repaint();
    painter.paint(&buf, None);
    text::put(&mut buf, 0, 0, "a·b●“c", 20, Style::new());
    assert_eq!(painted(&mut painter, &buf), "a·\x1b[3Gb●\x1b[5G“\x1b[6Gc");
}

#[test]
fn without_colour_no_colour_code_and_no_bare_reset_is_sent_and_reverse_still_is() {
    let mut buf = Buffer::empty(Rect::new(0, 0, 20, 2));
    let mut painter = Painter::new(false);
    text::put(&mut buf, 0, 0, "逾期", 20, STYLES[2].bg(Color::LightBlue));
    text::put(&mut buf, 0, 1, "选中", 20, STYLES[1]);
    let mut bytes = painted(&mut painter, &buf);
    text::put(&mut buf, 0, 1, "选中", 20, Style::reset());
    bytes += &painted(&mut painter, &buf);
    assert!(bytes.contains("\x1b[0;7m") || bytes.contains("\x1b[7m"));
    let codes: Vec<&str> = bytes.split("\x1b[").skip(1).filter_map(|s| s.split_once('m').map(|(c, _)| c)).collect();
    for code in
        codes.iter().filter(|code| code.chars().all(|c| c.is_ascii_digit() || c == ';')).flat_map(|c| c.split(';'))
    {
        assert!(matches!(code, "0" | "1" | "22" | "7" | "27"), "{code:?} in {bytes:?}");
    }
}

#[test]
fn a_repaint_asks_the_terminal_nothing() {
    let mut buf = Buffer::empty(Rect::new(0, 0, 20, 2));
    text::put(&mut buf, 0, 0, "网格智治", 20, Style::new());
    let mut painter = Painter::new(true);
    let first = painted(&mut painter, &buf);
    painter.repaint();
    assert_eq!(painted(&mut painter, &buf), first);
    for query in ["\x1b[6n", "\x1b[5n", "\x1b[c", "\x1b[>", "\x1b]"] {
        assert!(!first.contains(query), "{query:?}");
    }
}

#[test]
fn only_the_cursor_moves_when_only_the_cursor_moved() {
    let buf = Buffer::empty(Rect::new(0, 0, 20, 2));
    let mut painter = Painter::new(true);
    painter.paint(&buf, Some((3, 1)));
    assert_eq!(painter.paint(&buf, Some((5, 1))), b"\x1b[6G");
    assert_eq!(painter.paint(&buf, Some((5, 1))), b"");
    assert_eq!(painter.paint(&buf, None), b"\x1b[?25l");
    assert_eq!(painter.paint(&buf, Some((0, 0))), b"\x1b[H\x1b[?25h");
}

#[test]
fn where_a_key_goes_the_others_move_up() {
    let hints = |text: &str| {
        let mut buf = Buffer::empty(Rect::new(0, 0, 60, 1));
        let mut x = 1;
        for word in text.split("  ") {
            let (key, word) = word.split_once(' ').unwrap();
            x = text::put(&mut buf, x, 0, key, 20, STYLES[2]) + 1;
            x = text::put(&mut buf, x, 0, word, 20, Style::new()) + 2;
        }
        buf
    };
    let (with, without) =
        (hints("回车 打开  d 办结  r 记一笔  . 下一页签  q 退出"), hints("回车 打开  r 记一笔  . 下一页签  q 退出"));
    let mut painter = Painter::new(true);
    painter.paint(&with, None);
    assert_eq!(painted(&mut painter, &without), "\x1b[13G\x1b[8P");
    let back = painted(&mut painter, &with);
    assert_eq!(back, "\x1b[8@d \x1b[0m办结", "the pen is in hand");
}

/// A screen with a list of units over its whole width.
fn units(area: Rect, window: &mut list::Window) -> Buffer {
    let mut buf = Buffer::empty(area);
    let look = Look::new(true, false);
    text::put(&mut buf, 1, 0, "网格智治  兰溪市 > 兰江街道 > 工业第2网格", 78, look.theme.style(Role::Title));
    let rows = Rect { y: 1, height: area.height - 2, ..area };
    list::draw(&mut buf, rows, look, window, 500, true, |buf, row, i| {
        let plain = look.theme.style(Role::Text);
        let end = text::put_fit(buf, row.x, row.y, &format!("兰溪市第{i}纺织有限公司"), 30, plain);
        text::put(buf, row.x + 36, row.y, &format!("{}天前  化学纤维制造", i % 90), 30, plain);
        end - row.x
    });
    text::put(&mut buf, 1, area.bottom() - 1, "空格 记走访  v 选多家  / 查找  ? 帮助", 78, look.theme.style(Role::Dim));
    buf
}

#[test]
fn a_full_screen_a_move_and_a_scroll_stay_within_their_bytes() {
    for (area, full) in [(Rect::new(0, 0, 80, 24), 5_000), (Rect::new(0, 0, 120, 40), 8_000)] {
        let mut window = list::Window::default();
        let mut painter = Painter::new(true);
        let first = painter.paint(&units(area, &mut window), None);
        assert!(first.len() <= full, "first paint {} B", first.len());
        let (mut most, mut sum) = (0, 0);
        for _ in 0..200 {
            let top = window.top;
            window.step(1, 500);
            let bytes = painter.paint(&units(area, &mut window), None).len();
            sum += bytes;
            if window.top == top {
                most = most.max(bytes);
            }
        }
        assert!(most <= 300, "a move {most} B");
        assert!(sum / 200 <= 300, "a move with its share of half pages {} B", sum / 200);
        // A list that moves by one row: the terminal moves the rows itself.
        let mut scrolled = window;
        scrolled.top += 1;
        scrolled.at += 1;
        let one = painter.paint(&units(area, &mut scrolled), None).len();
        assert!(one <= 300, "a row further {one} B");
    }
}
