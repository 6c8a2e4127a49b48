//! The words for people, in two languages: which one is spoken, and [`t!`](t) that says them.
//!
//! The words themselves lie in `data/locales/`, Chinese and English side by side. The language is one for the whole
//! process, chosen once at start and again where a person changes it; nothing that is stored depends on it.
pub mod fault;

use std::{
    borrow::Cow,
    sync::atomic::{AtomicU8, Ordering},
};

/// A language of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Chinese.
    #[default]
    Zh = 0,
    /// English.
    En = 1,
}

static SPOKEN: AtomicU8 = AtomicU8::new(Language::Zh as u8);

impl Language {
    /// All of them.
    pub const ALL: [Language; 2] = [Language::Zh, Language::En];

    /// The name in files and options: `zh` or `en`.
    pub const fn id(self) -> &'static str {
        match self {
            Language::Zh => "zh",
            Language::En => "en",
        }
    }

    /// What the language calls itself.
    pub const fn label(self) -> &'static str {
        match self {
            Language::Zh => "中文",
            Language::En => "English",
        }
    }

    /// The language of a name as options, configuration files and locales write it: `en`, `zh_CN.UTF-8`, `zh-Hans`.
    pub fn from_id(name: &str) -> Option<Language> {
        let tag = name.split(['_', '-', '.', '@']).next().unwrap_or_default();
        Language::ALL.into_iter().find(|language| tag.eq_ignore_ascii_case(language.id()))
    }

    /// The one of the locale variables (`LC_ALL`, `LC_MESSAGES`, `LANG`, in the order of POSIX.1-2017, 8.2); Chinese
    /// where none names a language that we have (`C`, `POSIX`, unset, others).
    pub fn of_locale(variable: impl Fn(&str) -> Option<String>) -> Language {
        let set = |name: &&str| variable(name).filter(|value| !value.is_empty());
        let named = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(set);
        named.and_then(|value| Language::from_id(&value)).unwrap_or_default()
    }

    /// The one that is spoken now.
    pub fn spoken() -> Language {
        if SPOKEN.load(Ordering::Relaxed) == Language::En as u8 { Language::En } else { Language::Zh }
    }

    /// From now on this one is spoken.
    pub fn speak(self) {
        SPOKEN.store(self as u8, Ordering::Relaxed);
    }
}

/// The words of a key that is put together while running, for example `command.visit.today.name`; the key itself where
/// there are none, which a test forbids.
pub fn said(key: &str) -> Cow<'static, str> {
    said_in(Language::spoken(), key)
}

/// The words of a key in a language, whichever is spoken; for documents that are the same for everybody.
pub fn said_in(language: Language, key: &str) -> Cow<'static, str> {
    let words: Cow<'_, str> = rust_i18n::t!(key, locale = language.id());
    Cow::Owned(words.into_owned())
}

/// The words of a key that has nothing to fill in, as they lie in the binary, in the language that is spoken. Nothing
/// where there are none, which a test forbids.
pub fn word(key: &str) -> &'static str {
    word_in(Language::spoken(), key)
}

/// [`word`] in a language, whichever is spoken: for what is stored, and for what is understood in any of them.
pub fn word_in(language: Language, key: &str) -> &'static str {
    let words = crate::_rust_i18n_try_translate(language.id(), key);
    debug_assert!(words.is_some(), "{key} has no words");
    match words {
        Some(Cow::Borrowed(words)) => words,
        _ => "",
    }
}

/// Sentences one after the other, with a space in between where the language writes one.
pub fn sentences(all: &[String]) -> String {
    all.join(match Language::spoken() {
        Language::Zh => "",
        Language::En => " ",
    })
}

/// The words of a key in the language that is spoken: `t!("desk.marked", n = 3)` fills `%{n}` in.
///
/// The result is a `Cow<'static, str>`.
#[macro_export]
#[doc(hidden)]
macro_rules! __t {
    ($key:literal $(, $name:ident = $value:expr)* $(,)?) => {{
        let words: ::std::borrow::Cow<'static, str> =
            ::rust_i18n::t!($key, locale = $crate::words::Language::spoken().id() $(, $name = $value)*);
        words
    }};
}
#[doc(inline)]
pub use crate::__t as t;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_found_by_the_names_that_options_and_locales_use() {
        for (name, found) in [
            ("en", Some(Language::En)),
            ("EN", Some(Language::En)),
            ("zh_CN.UTF-8", Some(Language::Zh)),
            ("zh-Hans", Some(Language::Zh)),
            ("en_US", Some(Language::En)),
            ("enx", None),
            ("C", None),
            ("", None),
        ] {
            assert_eq!(Language::from_id(name), found, "{name}");
        }
    }

    #[test]
    fn the_locale_is_read_in_the_order_of_posix_and_chinese_is_meant_where_it_says_nothing() {
        let of = |set: &[(&str, &str)]| {
            Language::of_locale(|name| set.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned()))
        };
        assert_eq!(of(&[]), Language::Zh);
        assert_eq!(of(&[("LANG", "C")]), Language::Zh);
        assert_eq!(of(&[("LANG", "en_GB.UTF-8")]), Language::En);
        assert_eq!(of(&[("LANG", "en_GB.UTF-8"), ("LC_ALL", "zh_CN.UTF-8")]), Language::Zh);
        assert_eq!(of(&[("LANG", "zh_CN.UTF-8"), ("LC_MESSAGES", "en_US.UTF-8"), ("LC_ALL", "")]), Language::En);
    }

    #[test]
    fn words_come_in_the_default_language_with_their_values_filled_in() {
        assert_eq!(t!("word.month_left", n = 6), "余6个工作日");
        assert_eq!(said("word.language"), "语言");
        let none = "word.no_such_key";
        assert_eq!(said(none), none);
    }
}
