//! Signatures, receipts and the month's head, as `verify` sees them.
use std::path::Path;

use wangge::{
    grid::fact::{
        Body, Chain, DeviceKey, Draft, Enrolled, Envelope, Hash, Head, Receipt, Received, StoreOpened, Visit, WriterId,
    },
    log::{
        StoreHandle,
        disk::{ChainCheck, MonthHead, Verified, backup, restore, verify},
    },
};

use super::common::{NOW, fresh, open};

const DAY: i64 = 86_400_000;

fn draft(subject: Option<&str>, body: Body) -> Draft {
    Draft {
        occurred: "2026-11-20".parse().unwrap(),
        by: None,
        at: Some("330".to_owned()),
        subject: subject.map(str::to_owned),
        replaces: None,
        reason: None,
        effort: None,
        body,
    }
}

/// A device that writes into a store.
struct Device {
    key: DeviceKey,
    chain: Chain,
}

impl Device {
    fn new(secret: u8) -> Device {
        let key = DeviceKey::from_secret(&[secret; 32]);
        Device { chain: Chain::new(key.writer(), Head::default()), key }
    }

    fn seal(&mut self, drafts: &[Draft]) -> (Head, Vec<Envelope>) {
        (self.chain.head, self.chain.seal_group(drafts, NOW, &self.key))
    }

    fn write(&mut self, store: &StoreHandle, drafts: &[Draft], at: i64) -> Vec<Envelope> {
        let (before, sealed) = self.seal(drafts);
        store.append(sealed.clone(), before, at).unwrap();
        sealed
    }
}

fn visits(n: usize) -> Vec<Draft> {
    (0..n).map(|i| draft(Some(&format!("u{i}")), Body::Visit(Visit::default()))).collect()
}

fn opened(server: &Device) -> Draft {
    let key = server.key.public().to_vec();
    let from = "2026-09-01".parse().unwrap();
    draft(None, Body::StoreOpened(StoreOpened { pack: "tiny".to_owned(), from, sample: false, key }))
}

fn enrolled(device: &Device) -> Draft {
    draft(Some("p1"), Body::Enrolled(Enrolled { key: device.key.public(), name: "本".to_owned(), window: None }))
}

fn receipt(writer: WriterId, (from, to): (u64, u64), hash: Hash, received_ms: i64) -> Draft {
    draft(None, Body::Receipt(Receipt { of: vec![Received { writer, from, to, hash, received_ms }] }))
}

fn checked(dir: &Path) -> Verified {
    verify(dir, NOW, Some((NOW - DAY, NOW + DAY)), &mut |_| {}).unwrap()
}

#[test]
fn a_signature_covers_what_stands_before_it_and_the_rest_is_told() {
    let (_temp, dir) = fresh();
    let store = open(&dir).store;
    let (mut server, mut laptop, mut unknown) = (Device::new(1), Device::new(2), Device::new(3));
    server.write(&store, &[opened(&server), enrolled(&laptop)], NOW);
    laptop.write(&store, &visits(5), NOW);
    // Two more that nobody signed yet, as a broken link leaves them.
    let (before, sealed) = laptop.seal(&visits(2));
    let plain: Vec<Envelope> = sealed.into_iter().map(|envelope| envelope.with_signature(None)).collect();
    store.append(plain, before, NOW).unwrap();
    unknown.write(&store, &visits(1), NOW);
    store.close().unwrap();
    let found = checked(&dir);
    assert_eq!((found.problems, found.signatures, found.receipts), (vec![], 3, 0));
    let told = |device: &Device| *found.chains.iter().find(|chain| chain.writer == device.key.writer()).unwrap();
    let check = |device: &Device, last, signed, known| ChainCheck { writer: device.key.writer(), last, signed, known };
    assert_eq!(told(&server), check(&server, 2, 2, true));
    assert_eq!(told(&laptop), check(&laptop, 7, 5, true));
    assert_eq!(told(&unknown), check(&unknown, 1, 0, false));
}

#[test]
fn a_wrong_signature_and_a_wrong_receipt_are_found_and_named() {
    let (_temp, dir) = fresh();
    let store = open(&dir).store;
    let (mut server, mut laptop, other) = (Device::new(1), Device::new(2), Device::new(3));
    server.write(&store, &[opened(&server), enrolled(&laptop)], NOW);
    let good = laptop.write(&store, &visits(3), NOW);
    let (before, sealed) = laptop.seal(&visits(1));
    let forged: Vec<Envelope> = sealed.into_iter().map(|envelope| envelope.signed(&other.key)).collect();
    store.append(forged.clone(), before, NOW).unwrap();
    let writer = laptop.key.writer();
    server.write(&store, &[receipt(writer, (1, 3), good[2].hash(), NOW)], NOW);
    server.write(&store, &[receipt(writer, (4, 4), good[2].hash(), NOW)], NOW);
    server.write(&store, &[receipt(writer, (5, 9), good[2].hash(), NOW)], NOW);
    store.close().unwrap();
    let found = checked(&dir);
    assert_eq!(found.receipts, 3);
    assert_eq!(
        found.problems,
        [
            format!("第 6 条（{writer}-4）的签名不对：不是这台设备签的，或者签过以后改了"),
            format!("第 8 条是服务器对 {writer}-4 的回执，与这里的那条记录不符"),
            format!("第 9 条是服务器对 {writer}-9 的回执，与这里的那条记录不符"),
        ]
    );
    assert_eq!(found.chains.iter().find(|chain| chain.writer == writer).unwrap().signed, 3);
}

#[test]
fn the_month_s_head_is_the_same_wherever_all_facts_are_and_however_they_came() {
    let (temp, dir) = fresh();
    let heads: Vec<MonthHead> = [false, true]
        .into_iter()
        .map(|turned| {
            let folder = temp.path().join(format!("store{turned}"));
            wangge::log::disk::Store::create(&folder).unwrap();
            let store = open(&folder).store;
            let (mut server, mut one, mut two) = (Device::new(1), Device::new(2), Device::new(3));
            server.write(&store, &[opened(&server)], NOW - 40 * DAY);
            // On a replica the others come in another order, and bear the time at which they came here.
            let mut writes: Vec<(&mut Device, i64)> = vec![(&mut one, NOW), (&mut two, NOW + 1)];
            if turned {
                writes.reverse();
            }
            let mut last = Vec::new();
            for (device, at) in writes {
                let at = if turned { at + 3 * DAY } else { at };
                last.push(device.write(&store, &visits(4), at).pop().unwrap());
            }
            last.sort_by_key(Envelope::id);
            let given: Vec<Draft> =
                last.iter().map(|envelope| receipt(envelope.id().writer, (1, 3), envelope.previous(), NOW)).collect();
            server.write(&store, &given, NOW);
            store.close().unwrap();
            let found = checked(&folder);
            assert_eq!(found.problems, Vec::<String>::new());
            found.month.unwrap()
        })
        .collect();
    assert_eq!(heads[0], heads[1]);
    // Three of each laptop with a receipt, and the two receipts; the fourths have none, and the opening is October's.
    assert_eq!((heads[0].facts, heads[0].open), (8, 2));
    // Another month has another head, and a backup the same one.
    let october = verify(&temp.path().join("storefalse"), NOW, Some((NOW - 50 * DAY, NOW - 30 * DAY)), &mut |_| {});
    let october = october.unwrap().month.unwrap();
    assert_eq!(october.facts, 1);
    assert_ne!(october.hash, heads[0].hash);
    let file = temp.path().join("copy.wgb");
    backup(&temp.path().join("storefalse"), &file, &mut |_| {}).unwrap();
    let again = temp.path().join("again");
    restore(&file, &again, NOW, &mut |_| {}).unwrap();
    let found = checked(&again);
    assert_eq!((found.month, found.signatures), (Some(heads[0]), 4), "signatures come along");
    drop(dir);
}
