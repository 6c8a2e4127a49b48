//! What people call the topics of visits.
use super::Topic;
use crate::words::{Language, word_in};

impl Topic {
    /// All of them.
    pub const ALL: [Topic; 5] = [Topic::Call, Topic::Ledger, Topic::Law, Topic::Policy, Topic::Guidance];

    /// The id in packs and on the command line: `call`, `ledger`, `law`, `policy`, `guidance`.
    pub fn key(self) -> &'static str {
        match self {
            Topic::Call => "call",
            Topic::Ledger => "ledger",
            Topic::Law => "law",
            Topic::Policy => "policy",
            Topic::Guidance => "guidance",
        }
    }

    /// The one that people mean: by its id, or by its words or a part of them in any language.
    pub fn parse(text: &str) -> Option<Topic> {
        let said = |topic: Topic| Language::ALL.map(|language| word_in(language, &format!("topic.{}", topic.key())));
        let means = |topic: Topic| !text.is_empty() && said(topic).iter().any(|words| words.contains(text));
        let by_key = Topic::ALL.into_iter().find(|topic| topic.key() == text);
        by_key.or_else(|| Topic::ALL.into_iter().find(|topic| means(*topic)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_are_known_by_their_ids_and_by_their_words_in_both_languages() {
        for (text, topic) in [
            ("ledger", Some(Topic::Ledger)),
            ("走访", Some(Topic::Call)),
            ("业务辅导", Some(Topic::Guidance)),
            ("guidance", Some(Topic::Guidance)),
            ("ledger check", Some(Topic::Ledger)),
            ("", None),
            ("喝茶", None),
        ] {
            assert_eq!(Topic::parse(text), topic, "{text}");
        }
    }
}
