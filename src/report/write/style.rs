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
    pub note: Format,
    pub signer: Format,
    pub sign: Format,
}

const LINE: Color = Color::RGB(0x00B8_C2CC);
const SHADE: Color = Color::RGB(0x00E8_EEF4);

impl Styles {
    pub(super) fn new(font: &str) -> Styles {
        let base = || Format::new().set_font_name(font).set_font_size(10).set_align(FormatAlign::VerticalCenter);
        let boxed = || base().set_border(FormatBorder::Thin).set_border_color(LINE);
        let figure = |code: &str| boxed().set_num_format(code).set_align(FormatAlign::Right);
        Styles {
            title: base().set_font_size(16).set_bold().set_align(FormatAlign::Center),
            subtitle: base().set_align(FormatAlign::Center),
            heading: base().set_font_size(12).set_bold(),
            head: boxed().set_bold().set_background_color(SHADE).set_text_wrap().set_align(FormatAlign::Center),
            text: boxed().set_text_wrap().set_align(FormatAlign::Left),
            number: figure("0"),
            money: figure("#,##0.00"),
            rate: figure("0.0%"),
            day: boxed().set_num_format("yyyy-mm-dd").set_align(FormatAlign::Center),
            moment: boxed().set_num_format("yyyy-mm-dd hh:mm").set_align(FormatAlign::Center),
            note: base(),
            signer: base().set_align(FormatAlign::Right),
            sign: base().set_border_bottom(FormatBorder::Thin),
        }
    }
}
