//! A field that narrows the list below it: what is typed, pasted or deleted there.
use crate::{
    app::{Code, Event},
    ui::field::Field,
};

/// What an event did to the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Narrowed {
    /// Its text is another one now: look again.
    Changed,
    /// Backspace in the empty field: one step back.
    Left,
    /// The event is about something else.
    Elsewhere,
}

/// Types into `field`. A key that is no edit stands there by its name where `by_key`, to find what it does.
pub(super) fn narrow(field: &mut Field, event: &Event, by_key: bool) -> Narrowed {
    match event {
        Event::Text(key) if key.code == Code::Backspace && field.value().is_empty() => Narrowed::Left,
        Event::Text(key) => {
            if !field.handle(*key) && by_key {
                *field = Field::new(&key.label());
            }
            Narrowed::Changed
        }
        Event::Paste(text) => {
            field.paste(text);
            Narrowed::Changed
        }
        _ => Narrowed::Elsewhere,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Key;

    #[test]
    fn text_narrows_a_key_is_looked_for_and_backspace_in_the_empty_field_leaves() {
        let mut field = Field::default();
        let key = |code| Event::Text(Key::plain(code));
        assert_eq!(narrow(&mut field, &key(Code::Char('a')), false), Narrowed::Changed);
        assert_eq!(narrow(&mut field, &Event::Paste("b\n".into()), false), Narrowed::Changed);
        assert_eq!(field.value().trim_end(), "ab");
        let mut empty = Field::default();
        assert_eq!(narrow(&mut empty, &key(Code::Backspace), false), Narrowed::Left);
        assert_eq!(narrow(&mut empty, &key(Code::F(5)), false), Narrowed::Changed);
        assert_eq!(empty.value(), "");
        assert_eq!(narrow(&mut empty, &key(Code::F(5)), true), Narrowed::Changed);
        assert_eq!(empty.value(), "F5");
        assert_eq!(narrow(&mut empty, &Event::Saved, true), Narrowed::Elsewhere);
    }
}
