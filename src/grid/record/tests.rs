//! The table of forms holds together.
use std::collections::BTreeSet;

use unicode_width::UnicodeWidthStr;

use super::*;

/// What the command line calls other things.
const RESERVED: &[&str] = &[
    "node",
    "unit",
    "of",
    "on",
    "json",
    "amends",
    "person",
    "store",
    "keymap",
    "lang",
    "ascii",
    "help",
    "late",
    "left-early",
    "substitute",
    "excused",
    "absent",
];

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

fn is_said_in(text: &str, language: Language) -> bool {
    let is_chinese = text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    !text.is_empty() && is_chinese == (language == Language::Zh)
}

#[test]
fn every_form_has_a_name_a_sentence_and_fields_of_its_own() {
    let mut ids = BTreeSet::new();
    let mut names = BTreeSet::new();
    assert!(FORMS.len() < usize::from(u8::MAX), "a form's number is a byte");
    for form in FORMS {
        assert!(is_key(form.id) && ids.insert(form.id), "{}", form.id);
        for language in Language::ALL {
            // 80 columns leave 12 for the name in the menu, and 56 beside it.
            let (name, help) = (form.name_in(language), form.help_in(language));
            assert!(is_said_in(name, language) && names.insert(name) && name.width() <= 12, "{name}");
            assert!(is_said_in(help, language) && !help.ends_with(['。', '.']) && help.width() <= 56, "{help}");
        }
        assert!(!form.fields.is_empty(), "{}", form.id);
        let mut keys = BTreeSet::new();
        for field in form.fields {
            let place = format!("{} {}", form.id, field.key);
            assert!(is_key(field.key) && keys.insert(field.key), "{place}");
            // The command line's own words.
            assert!(!RESERVED.contains(&field.key), "{place}");
            for language in Language::ALL {
                let label = field.label_in(language);
                assert!(is_said_in(label, language) && label.width() <= 14, "{place}: {label}");
            }
            let says_itself = matches!(
                field.input,
                Input::Flag | Input::Attendance | Input::Checklist | Input::ChecklistId | Input::CriterionId
            );
            assert_eq!(field.example().is_empty(), says_itself, "{place}: an example");
        }
    }
}

#[test]
fn choices_have_ids_and_words_and_their_examples_are_among_them() {
    for field in FORMS.iter().flat_map(|form| form.fields) {
        let Input::Choice(choices) = field.input else { continue };
        let ids: BTreeSet<_> = choices.iter().map(|choice| choice.id).collect();
        assert!(ids.len() == choices.len() && ids.iter().all(|id| is_key(id)), "{}", field.key);
        for language in Language::ALL {
            let labels: BTreeSet<_> = choices.iter().map(|choice| choice.label_in(language)).collect();
            assert_eq!(labels.len(), choices.len(), "{}: two choices read the same", field.key);
            assert!(labels.iter().all(|label| is_said_in(label, language)), "{labels:?}");
            assert!(labels.contains(field.example_in(language)), "{} {}", field.key, field.example_in(language));
        }
    }
}

#[test]
fn what_a_form_names_is_there() {
    for form in FORMS {
        let has = |key: &&str| assert!(form.field(key).is_some(), "{}: no field {key}", form.id);
        let known = |id: &str| assert!(id == "problem" || super::form(id).is_some(), "{}: no form {id}", form.id);
        form.readings.iter().chain(form.once).for_each(has);
        form.timely.iter().chain(&form.amount).for_each(has);
        form.part_of.iter().for_each(|id| known(id));
        for answers in form.answers {
            known(answers.form);
            answers.after.iter().for_each(|id| known(id));
            assert!(answers.finally.iter().all(|kind| form.kind_number(kind).is_some()), "{}", form.id);
            let opens = super::form(answers.form).is_none_or(|(_, form)| form.opens.is_some());
            assert!(opens, "{} answers {}, which starts no clock", form.id, answers.form);
        }
        assert_eq!(form.answers.is_empty(), form.about != About::Matter, "{}", form.id);
        if let Some(opens) = &form.opens {
            has(&opens.title);
            opens.due.iter().chain(&opens.post).chain(opens.unless).for_each(has);
            let answered = FORMS.iter().any(|other| other.answer_to(form.id).is_some());
            assert!(answered, "nothing answers {}", form.id);
        }
        for field in form.fields {
            match field.required {
                Required::Unless(flags) => flags.iter().for_each(has),
                Required::When(key, choice) => {
                    let Some(Input::Choice(choices)) = form.field(key).map(|field| field.input) else {
                        panic!("{}: {key} is no choice", form.id);
                    };
                    assert!(choices.iter().any(|one| one.id == choice), "{}: {key}={choice}", form.id);
                }
                Required::Always | Required::No => {}
            }
        }
        for key in form.once.iter().filter(|key| **key != "kind") {
            let is_period = form.period().is_some_and(|field| field.key == *key);
            assert!(is_period || form.readings.contains(key), "{}: {key} can't be compared", form.id);
        }
    }
}

#[test]
fn the_keys_that_rules_and_the_state_read_stay_where_they_are() {
    let readings = |id: &str| super::form(id).map(|(_, form)| form.readings);
    assert_eq!(readings("staffing"), Some(&["all", "farm", "industry", "service"][..]));
    assert_eq!(readings("spending"), Some(&["amount", "activity", "attended", "voucher"][..]));
    assert_eq!(readings("budget"), Some(&["amount"][..]));
    assert_eq!(readings("checklist"), Some(&["items"][..]));
    assert_eq!(readings("unit-checklist"), Some(&["items"][..]));
    assert_eq!(FORMS[0].id, "meeting");
}

#[test]
fn matters_are_answered_by_forms() {
    let by = |kind| answering(kind).map(|form| form.id).collect::<Vec<_>>().join(" ");
    assert_eq!(by(MatterKind::Problem), "follow");
    assert_eq!(by(MatterKind::Change), "filing");
    let of = |id: &str| by(MatterKind::Form(super::form(id).map_or(0, |(number, _)| number as u8)));
    assert_eq!((of("task"), of("instruction")), ("progress".to_owned(), "progress".to_owned()));
    assert_eq!((of("finding"), of("ledger")), ("fix".to_owned(), "fix".to_owned()));
    assert_eq!((of("need"), of("question")), ("feedback".to_owned(), "answer".to_owned()));
    assert_eq!(of("score"), "score-review score-confirm");
    assert_eq!(matter_name(MatterKind::Problem), "走访问题");
}
