//! The words for people, in two languages: which one is spoken, and [`t!`](t) that says them.
//!
//! The words themselves lie in `data/locales/`, Chinese and English side by side. The language is one for the whole
//! process, chosen once at start and again where a person changes it; nothing that is stored depends on it. A server
//! speaks with each client in that one's language ([`Language::during`]).
pub mod fault;

use std::{
    borrow::Cow,
    cell::Cell,
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

thread_local! {
    /// The language of whom this thread is speaking with, where that is somebody else than who sits at this process.
    static HERE: Cell<Option<Language>> = const { Cell::new(None) };
}

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

    /// The one that is spoken now, on this thread.
    pub fn spoken() -> Language {
        if let Some(here) = HERE.get() {
            return here;
        }
        if SPOKEN.load(Ordering::Relaxed) == Language::En as u8 { Language::En } else { Language::Zh }
    }

    /// From now on this one is spoken.
    pub fn speak(self) {
        SPOKEN.store(self as u8, Ordering::Relaxed);
    }

    /// From now on this one is spoken on this thread, which speaks with one reader alone.
    pub fn speak_here(self) {
        HERE.set(Some(self));
    }

    /// Does `work` while this one is spoken on this thread: for somebody who reads another one than is spoken here.
    pub fn during<T>(self, work: impl FnOnce() -> T) -> T {
        /// Puts back what was spoken before, also where the work panics.
        struct Before(Option<Language>);
        impl Drop for Before {
            fn drop(&mut self) {
                HERE.set(self.0);
            }
        }
        let _before = Before(HERE.replace(Some(self)));
        work()
    }
}

/// What `say` says, in every language one after the other: for a reader of whom nothing is known yet.
pub fn in_all(say: impl Fn() -> Cow<'static, str>) -> String {
    Language::ALL.map(|language| language.during(&say)).join(" ")
}

/// Of a sentence that is kept in both languages the one that is spoken; the Chinese one where there is no other.
pub fn kept<'a>(zh: &'a str, en: &'a str) -> &'a str {
    if Language::spoken() == Language::En && !en.is_empty() { en } else { zh }
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
    fn one_thread_speaks_with_somebody_in_another_language_than_the_rest() {
        let here = || t!("word.month_left", n = 6);
        let zh = here();
        let en = Language::En.during(|| {
            assert_eq!(Language::Zh.during(here), zh, "within");
            std::thread::scope(|scope| scope.spawn(|| assert_eq!(here(), zh, "elsewhere")).join()).unwrap_or_default();
            here()
        });
        assert_ne!(en, zh);
        let broken = std::panic::catch_unwind(|| Language::En.during(|| assert_eq!(1, 2)));
        assert!(broken.is_err() && here() == zh, "and back, also after a panic");
        assert_eq!(in_all(here), format!("{zh} {en}"));
        assert_eq!((kept("好", "well"), kept("好", "")), ("好", "好"));
        assert_eq!(Language::En.during(|| (kept("好", "well"), kept("好", ""))), ("well", "好"));
    }

    #[test]
    fn words_come_in_the_default_language_with_their_values_filled_in() {
        assert_eq!(t!("word.month_left", n = 6), "余6个工作日");
        assert_eq!(said("word.language"), "语言");
        let none = "word.no_such_key";
        assert_eq!(said(none), none);
    }
}
