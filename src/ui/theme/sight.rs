//! What colours look like: contrast, and colours as people see them who lack a kind of cone.
use ratatui::style::Color;

/// sRGB, 0 to 255.
pub(super) type Rgb = [u8; 3];

pub(super) const BLACK: Rgb = [0, 0, 0];
pub(super) const WHITE: Rgb = [255, 255, 255];

/// xterm's palette, from its `XTerm-col.ad`: what the 16 colours are where nobody has changed them.
pub(super) fn rgb(color: Color) -> Option<Rgb> {
    Some(match color {
        Color::Black => BLACK,
        Color::Red => [205, 0, 0],
        Color::Green => [0, 205, 0],
        Color::Yellow => [205, 205, 0],
        Color::Blue => [0, 0, 238],
        Color::Magenta => [205, 0, 205],
        Color::Cyan => [0, 205, 205],
        Color::Gray => [229, 229, 229],
        Color::DarkGray => [127, 127, 127],
        Color::LightRed => [255, 0, 0],
        Color::LightGreen => [0, 255, 0],
        Color::LightYellow => [255, 255, 0],
        Color::LightBlue => [92, 92, 255],
        Color::LightMagenta => [255, 0, 255],
        Color::LightCyan => [0, 255, 255],
        Color::White => WHITE,
        Color::Rgb(r, g, b) => [r, g, b],
        Color::Reset | Color::Indexed(_) => return None,
    })
}

/// Light as it is, not as sRGB writes it: IEC 61966-2-1.
fn linear(color: Rgb) -> [f64; 3] {
    color.map(|v| {
        let v = f64::from(v) / 255.0;
        if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
    })
}

/// The contrast ratio of WCAG 2.1: from 1 to 21.
pub(super) fn contrast(a: Rgb, b: Rgb) -> f64 {
    let luminance = |color| {
        let [r, g, b] = linear(color);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b): (f64, f64) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Who looks.
#[derive(Clone, Copy, Debug)]
pub(super) enum Eyes {
    Usual,
    NoRed,
    NoGreen,
    NoBlue,
}

impl Eyes {
    pub(super) const ALL: [Eyes; 4] = [Eyes::Usual, Eyes::NoRed, Eyes::NoGreen, Eyes::NoBlue];

    /// Machado, Oliveira, Fernandes (2009), "A Physiologically-based Model for Simulation of Color Vision Deficiency",
    /// doi 10.1109/TVCG.2009.113, severity 1.0; for linear light.
    fn matrix(self) -> [[f64; 3]; 3] {
        match self {
            Eyes::Usual => [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
            Eyes::NoRed => {
                [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
            }
            Eyes::NoGreen => {
                [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
            }
            Eyes::NoBlue => {
                [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
            }
        }
    }

    /// How far two colours are apart for these eyes: CIE 1976 delta E under D65. 2.3 is just noticeable; side by side on
    /// a page of text, tens are told apart at a glance.
    pub(super) fn distance(self, a: Rgb, b: Rgb) -> f64 {
        let (a, b) = (self.lab(a), self.lab(b));
        a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
    }

    fn lab(self, color: Rgb) -> [f64; 3] {
        let light = linear(color);
        let times = |row: [f64; 3], by: [f64; 3]| row.iter().zip(by).map(|(a, b)| a * b).sum::<f64>();
        let seen = self.matrix().map(|row| times(row, light).clamp(0.0, 1.0));
        let x = times([0.4124, 0.3576, 0.1805], seen) / 0.9505;
        let y = times([0.2126, 0.7152, 0.0722], seen);
        let z = times([0.0193, 0.1192, 0.9505], seen) / 1.089;
        let [x, y, z] = [x, y, z].map(|t| if t > 0.008_856 { t.cbrt() } else { 7.787 * t + 16.0 / 116.0 });
        [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
    }
}
