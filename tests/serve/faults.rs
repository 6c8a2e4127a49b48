//! What fails on the server's disk, told to whoever asks in the language that they read.
use std::{fs, os::unix::fs::FileExt};

use wangge::{
    sync::{
        message::{Ask, Part, Span, Tell, Why},
        serve::Limits,
    },
    words::Language,
};

use super::house::{Client, House};

/// Why the store's first facts are not given.
fn refusal(client: &mut Client) -> String {
    client.link.ask(&Ask::Read { of: 3, part: Part::All, span: Span::After(0), limit: 10 }).unwrap();
    match client.link.hearing.hear().unwrap() {
        Tell::Refused { of: 3, why: Why::Said, text } => text,
        tell => panic!("{tell:?}"),
    }
}

#[test]
fn what_fails_on_the_disk_is_told_in_the_language_of_whoever_asks() {
    let house = House::open(Limits::default());
    let mut here = Language::Zh.during(|| house.enter(1)).unwrap();
    let mut there = Language::En.during(|| house.enter(2)).unwrap();
    let is_plain = |text: &str| text.chars().all(|c| c.is_ascii() || c == '–');
    let journal = house.store.join("journal/000001.wgj");
    fs::File::options().write(true).open(&journal).unwrap().write_all_at(&[0xff; 64], 200).unwrap();
    let [zh, en] = [&mut here, &mut there].map(refusal);
    assert!(zh.contains("校验") && zh.contains("读不出来"), "{zh}");
    assert!(en.contains("can't be read") && is_plain(&en), "{en}");
    fs::remove_file(&journal).unwrap();
    let [zh, en] = [&mut here, &mut there].map(refusal);
    assert!(zh.contains("没有这个文件") || zh.contains("缺少文件"), "{zh}");
    assert!(en.contains("journal/000001.wgj") && is_plain(&en), "{en}");
}
