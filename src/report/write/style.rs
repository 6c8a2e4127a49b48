//! The formats of a spreadsheet's cells.
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// All formats of one workbook.
pub(super) struct Styles {
    pub title: Format,
    pub subtitle: Format,
    pub heading: Format,
    pub head: Format,
    pub text: Format,
    pub number: Format,
    pub money: Format,
    pub rate: Format,
    pub day: Format,
    pub moment: Format,
    pub none: Format,
    pub note: Format,
    pub signer: Format,
    pub sign: Format,
}

const LINE: Color = Color::RGB(0x00B8_C2CC);
const SHADE: Color = Color::RGB(0x00E8_EEF4);

/// What a workbook's cells look like where nothing else is said. Programs measure columns in the digits of this font, so
/// that it must be the one that stands in them.
pub(super) fn usual(font: &str) -> Format {
    Format::new().set_font_name(font).set_font_size(10).set_align(FormatAlign::VerticalCenter)
}

impl Styles {
    pub(super) fn new(font: &str) -> Styles {
        let base = || usual(font);
        let boxed = || base().set_border(FormatBorder::Thin).set_border_color(LINE);
        let figure = |code: &str| boxed().set_num_format(code).set_align(FormatAlign::Right);
        Styles {
            title: base().set_font_size(16).set_bold().set_align(FormatAlign::Center),
            subtitle: base().set_align(FormatAlign::Center),
            heading: base().set_font_size(12).set_bold(),
            head: boxed().set_bold().set_background_color(SHADE).set_text_wrap().set_align(FormatAlign::Center),
            text: boxed().set_text_wrap().set_align(FormatAlign::Left),
            // A blank as wide as a blank behind it, away from the text that may begin right behind the line.
            number: figure("0_ "),
            money: figure("#,##0.00_ "),
            rate: figure("0.0%_ "),
            day: boxed().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Center),
            moment: boxed().set_num_format("yyyy-mm-dd hh:mm").set_align(FormatAlign::Center),
            none: boxed().set_align(FormatAlign::Center),
            note: base().set_text_wrap().set_align(FormatAlign::Left),
            signer: base().set_align(FormatAlign::Right),
            sign: base().set_border_bottom(FormatBorder::Thin),
        }
    }
}
