//! One row against every rule that needs nothing but the row.
use super::{
    cell::{Cell, Value},
    clean,
    error::{Place, RowError},
    header::{Field, Header},
    roster::RosterRow,
};
use crate::grid::code::{
    credit_code,
    division::{self, Divisions},
    industry,
};
use crate::words::{t, word};

/// The longest text of a cell that is taken in, in characters.
const LONGEST_TEXT: usize = 200;

/// What is wrong with a cell: what, and what would be right.
type Wrong = (String, String);

/// Checks a row. Every error goes to `errors`; where there is one, its field of the result is empty.
pub(super) fn row(
    place: &Place,
    cells: &[Cell],
    header: &Header,
    divisions: &Divisions,
    errors: &mut Vec<RowError>,
) -> RosterRow {
    let cell = |field| {
        let column = header.column(field)?;
        cells.iter().find(|c| c.column == column).map(|c| &c.value).filter(|v| !v.is_blank())
    };
    let mut take = |field, read: Result<String, Wrong>| {
        read.unwrap_or_else(|(what, right)| {
            errors.push(RowError::at(place, header.title(field), what, right));
            String::new()
        })
    };
    let code = take(Field::Code, credit(cell(Field::Code)));
    let name = take(Field::Name, unit_name(cell(Field::Name)));
    let class = take(Field::Industry, class(cell(Field::Industry)));
    let by = if cell(Field::Division).is_some() || header.column(Field::Township).is_none() {
        Field::Division
    } else {
        Field::Township
    };
    let found = place_of(cell(by), divisions).and_then(|d| agrees(d, cell(Field::Township), divisions));
    let division = take(by, found);
    let form = take(Field::Form, free(cell(Field::Form)));
    let contact = take(Field::Contact, free(cell(Field::Contact)));
    let phone = take(Field::Phone, phone(cell(Field::Phone)));
    let grid = take(Field::Grid, free(cell(Field::Grid)));
    let sector = industry::sector(&class);
    let grid = Some(grid).filter(|g| !g.is_empty());
    RosterRow { place: place.clone(), code, name, industry: class, division, form, contact, phone, grid, sector }
}

/// The text of a cell that must not be empty, as a code; `right` says what belongs there.
fn code_text(value: Option<&Value>, right: &str) -> Result<String, Wrong> {
    let Some(value) = value else { return Err((t!("sheet.empty").into_owned(), right.to_owned())) };
    whole(value)?;
    let text = clean::code(&value.shown());
    if text.chars().count() > LONGEST_TEXT {
        return Err((t!("sheet.too_long").into_owned(), right.to_owned()));
    }
    Ok(text)
}

/// Refuses what a spreadsheet has spoilt: a formula's error, a date, a number with its digits lost.
fn whole(value: &Value) -> Result<(), Wrong> {
    match value {
        Value::Other(what) => Err((what.clone(), t!("sheet.text_or_number").into_owned())),
        Value::Text(text) if is_scientific(text) => Err(lost_digits(&clean::code(text))),
        Value::Number(number) if number.abs() >= 1e15 => Err(lost_digits(&format!("{number:E}"))),
        Value::Text(_) | Value::Number(_) => Ok(()),
    }
}

fn lost_digits(shown: &str) -> Wrong {
    (t!("sheet.lost_digits", shown = shown).into_owned(), t!("sheet.as_text").into_owned())
}

/// `9.13308E+17`, as Excel writes long numbers into a csv.
fn is_scientific(text: &str) -> bool {
    let text = clean::code(text);
    let Some((number, exponent)) = text.split_once("E+") else { return false };
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    digits(exponent) && digits(&number.replacen('.', "", 1))
}

fn credit(value: Option<&Value>) -> Result<String, Wrong> {
    let code = code_text(value, word("refused.code.right_length"))?;
    match credit_code::check(&code) {
        Ok(()) => Ok(code),
        Err(_)
            if code.len() == credit_code::LENGTH
                && code.bytes().all(|b| b.is_ascii_digit())
                && code.ends_with("000") =>
        {
            Err(lost_digits(&code))
        }
        Err(error) => Err((t!("sheet.code_wrong", code = code, error = error).into_owned(), error.right())),
    }
}

fn unit_name(value: Option<&Value>) -> Result<String, Wrong> {
    let name = free(value)?;
    if name.is_empty() {
        return Err((t!("sheet.empty").into_owned(), t!("sheet.want_name").into_owned()));
    }
    Ok(name)
}

fn class(value: Option<&Value>) -> Result<String, Wrong> {
    let text = code_text(value, word("sheet.want_class"))?;
    let bare = match text.chars().next() {
        Some(letter) if letter.is_ascii_alphabetic() && industry::section(&text[1..]) == Some(letter) => &text[1..],
        _ => text.as_str(),
    };
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let (code, rest) = bare.split_at(digits);
    let rest = rest.trim_start_matches(['-', '_', ':', '.']);
    let says_the_same = rest.is_empty() || industry::name(code).is_some_and(|n| clean::code(n) == rest);
    if industry::is_class(code) && says_the_same {
        return Ok(code.to_owned());
    }
    Err((t!("sheet.no_class", text = text).into_owned(), right_class(code, &text)))
}

/// What could have been meant by a code that is no 小类.
fn right_class(code: &str, text: &str) -> String {
    let padded = format!("0{code}");
    if let (3, true) = (code.len(), industry::is_class(&padded)) {
        let name = industry::name(&padded).unwrap_or_default();
        return t!("sheet.class_zero", code = padded, name = name).into_owned();
    }
    let group = match code.len() {
        2 | 3 => code,
        4.. => &code[..3],
        _ => "",
    };
    let classes: Vec<String> = industry::classes_of(group)
        .take(8)
        .map(|(c, n)| t!("word.also_called", id = c, name = n).into_owned())
        .collect();
    if let (Some(name), false) = (industry::name(group), classes.is_empty()) {
        return t!("sheet.class_among", code = group, name = name, classes = classes.join(word("word.list")))
            .into_owned();
    }
    match industry::classes_of("").find(|(_, name)| clean::code(name) == text) {
        Some((code, _)) => t!("sheet.class_named", code = code).into_owned(),
        None => t!("sheet.class_example").into_owned(),
    }
}

fn place_of(value: Option<&Value>, divisions: &Divisions) -> Result<String, Wrong> {
    let want = word("sheet.want_division");
    let text = code_text(value, want)?;
    if divisions.known(&text) {
        return Ok(text);
    }
    if let Some(township) = text.strip_suffix("000").filter(|t| t.len() == 9 && divisions.known(t)) {
        return Ok(township.to_owned());
    }
    if let Some(code) = by_name(&text, divisions) {
        return Ok(code.to_owned());
    }
    let example = divisions
        .townships()
        .next()
        .map_or_else(String::new, |t| t!("sheet.division_example", code = t.code, name = t.name).into_owned());
    let right = match text.get(..9).and_then(|t| Some((t, divisions.name(t)?))) {
        Some((code, name)) => t!("sheet.division_below", code = code, name = name).into_owned(),
        None => format!("{want}{example}"),
    };
    Err((t!("sheet.no_division", text = text).into_owned(), right))
}

/// A township by its name, with or without the county before it, or by the end of its name where that is clear.
fn by_name<'a>(text: &str, divisions: &'a Divisions) -> Option<&'a str> {
    let mut matches = divisions
        .townships()
        .filter(|t| text.ends_with(&t.name) || (text.chars().count() >= 3 && t.name.ends_with(text)));
    let first = matches.next()?;
    matches.next().is_none().then_some(first.code.as_str())
}

/// Holds a division against the township that the row names beside it.
fn agrees(found: String, township: Option<&Value>, divisions: &Divisions) -> Result<String, Wrong> {
    let named = township.and_then(|t| by_name(&clean::code(&t.shown()), divisions));
    match (named, division::township(&found)) {
        (Some(named), Some(of_code)) if named != of_code => {
            let name = |code| divisions.name(code).unwrap_or_default();
            Err((
                t!("sheet.two_townships", code = found, of = name(of_code), named = name(named)).into_owned(),
                t!("sheet.agree").into_owned(),
            ))
        }
        _ => Ok(found),
    }
}

fn phone(value: Option<&Value>) -> Result<String, Wrong> {
    if let Some(value) = value {
        whole(value)?;
    }
    free(value)
}

fn free(value: Option<&Value>) -> Result<String, Wrong> {
    let Some(value) = value else { return Ok(String::new()) };
    if let Value::Other(_) = value {
        whole(value)?;
    }
    let text = clean::words(&value.shown());
    match text.chars().count() {
        0..=LONGEST_TEXT => Ok(text),
        count => {
            Err((t!("sheet.characters", n = count).into_owned(), t!("sheet.at_most", n = LONGEST_TEXT).into_owned()))
        }
    }
}
