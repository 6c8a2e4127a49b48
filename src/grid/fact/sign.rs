//! Signatures: a device's key, and whether an envelope was signed with it (ed25519, RFC 8032).
//!
//! Every envelope names the one before it by hash, so that a signature on the last one of a chain covers the whole chain
//! up to there: a device signs the last envelope of every group that it writes.
use std::fmt;

use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};

use super::{Envelope, WriterId};

/// What stands before the hash in what is signed, so that a signature says what it is about.
const PURPOSE: &[u8; 14] = b"wangge fact 1 ";

/// The secret key of a device. Printing it shows the device's name, never the secret.
#[derive(Clone)]
pub struct DeviceKey(SigningKey);

impl DeviceKey {
    /// The key whose secret these 32 bytes are.
    pub fn from_secret(secret: &[u8; 32]) -> DeviceKey {
        DeviceKey(SigningKey::from_bytes(secret))
    }

    /// The secret, to be kept in a file that only its owner can read.
    pub fn secret(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The public key, by which others know the signatures.
    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// The name under which the device writes.
    pub fn writer(&self) -> WriterId {
        WriterId::of_key(&self.public())
    }

    /// The signature of any bytes; whoever signs something else than an envelope begins it with a purpose of its own.
    pub fn sign(&self, bytes: &[u8]) -> [u8; 64] {
        self.0.sign(bytes).to_bytes()
    }
}

impl fmt::Debug for DeviceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DeviceKey({})", self.writer())
    }
}

/// A public key as people copy it from one machine to the other: hexadecimal digits in groups, the last group a check.
pub fn key_code(key: &[u8; 32]) -> String {
    let check = blake3::hash(key);
    let groups = key.chunks(4).chain([&check.as_bytes()[..2]]);
    let groups: Vec<String> = groups.map(|group| group.iter().map(|byte| format!("{byte:02x}")).collect()).collect();
    groups.join("-")
}

/// Reads what [`key_code`] wrote, with any spaces and dashes; none where a digit is wrong or missing.
pub fn parse_key_code(text: &str) -> Option<[u8; 32]> {
    let digits: Vec<u8> = text.chars().filter(|c| !c.is_whitespace() && *c != '-').map(hex).collect::<Option<_>>()?;
    let bytes: Vec<u8> = digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).copied().unwrap_or(0)).collect();
    let (key, check) = bytes.split_first_chunk::<32>()?;
    (digits.len() == 68 && check == &blake3::hash(key).as_bytes()[..2]).then_some(*key)
}

fn hex(c: char) -> Option<u8> {
    c.to_digit(16).map(|digit| digit as u8)
}

/// Whether these bytes were signed with the key; also false for bytes that are no public key.
pub fn is_signed_by(key: &[u8; 32], bytes: &[u8], signature: &[u8; 64]) -> bool {
    let signature = Signature::from_bytes(signature);
    VerifyingKey::from_bytes(key).is_ok_and(|key| key.verify_strict(bytes, &signature).is_ok())
}

impl Envelope {
    /// The envelope with this device's signature.
    #[must_use]
    pub fn signed(self, key: &DeviceKey) -> Envelope {
        let signature = key.sign(&self.signed_bytes());
        self.with_signature(Some(signature))
    }

    /// Whether it bears a signature of the device with this public key.
    pub fn is_signed_by(&self, key: &[u8; 32]) -> bool {
        self.signature().is_some_and(|signature| is_signed_by(key, &self.signed_bytes(), signature))
    }

    fn signed_bytes(&self) -> [u8; 46] {
        let mut bytes = [0; 46];
        bytes[..14].copy_from_slice(PURPOSE);
        bytes[14..].copy_from_slice(&self.hash().0);
        bytes
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::grid::fact::{Body, Chain, Done, Draft, Head};

    fn draft() -> Draft {
        Draft {
            occurred: "2026-11-20".parse().unwrap(),
            by: None,
            at: Some("G1".to_owned()),
            subject: None,
            replaces: None,
            reason: None,
            effort: None,
            body: Body::Done(Done::default()),
        }
    }

    #[test]
    fn a_key_s_name_comes_from_its_public_half_and_its_secret_is_never_printed() {
        // RFC 8032, 7.1, test 1.
        let secret = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
        let public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        let bytes = |hex: &str| -> [u8; 32] {
            std::array::from_fn(|i| u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).unwrap())
        };
        let key = DeviceKey::from_secret(&bytes(secret));
        assert_eq!((key.secret(), key.public()), (bytes(secret), bytes(public)));
        assert_eq!(key.writer(), WriterId::of_key(&bytes(public)));
        assert!(!format!("{key:?}").contains("9d61"));
    }

    #[test]
    fn a_key_is_copied_by_hand_and_a_slip_is_noticed() {
        let key = DeviceKey::from_secret(&[3; 32]).public();
        let code = key_code(&key);
        assert_eq!(parse_key_code(&code), Some(key));
        assert_eq!(parse_key_code(&format!(" {} ", code.replace('-', " ").to_uppercase())), Some(key));
        for i in 0..code.len() {
            let digit = if &code[i..=i] == "0" { "1" } else { "0" };
            let slip = [&code[..i], digit, &code[i + 1..]].concat();
            assert_eq!(parse_key_code(&slip), None, "{slip}");
        }
        for wrong in ["", "汉字", &code[1..], &code[..code.len() - 1], &format!("{code}0")] {
            assert_eq!(parse_key_code(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_signature_holds_for_these_bytes_and_this_key_only_and_is_no_part_of_the_fact() {
        let (key, other) = (DeviceKey::from_secret(&[1; 32]), DeviceKey::from_secret(&[2; 32]));
        let mut chain = Chain::new(key.writer(), Head::default());
        let plain = chain.seal(&draft(), 7);
        let next = chain.seal(&draft(), 7).signed(&key);
        let signed = plain.clone().signed(&key);
        assert!(signed.is_signed_by(&key.public()) && next.is_signed_by(&key.public()));
        assert!(!plain.is_signed_by(&key.public()) && !signed.is_signed_by(&other.public()));
        assert!(!signed.is_signed_by(&[0xff; 32]), "bytes that are no key");
        assert!(!next.clone().with_signature(signed.signature().copied()).is_signed_by(&key.public()));
        for bit in [0, 100, 511] {
            let mut broken = *signed.signature().unwrap();
            broken[bit / 8] ^= 1 << (bit % 8);
            assert!(!signed.clone().with_signature(Some(broken)).is_signed_by(&key.public()), "bit {bit}");
        }
        // The same fact, signed or not: the chain goes on either way.
        assert_eq!((&signed, signed.hash()), (&plain, plain.hash()));
        assert_eq!(next.previous(), plain.hash());
        assert_eq!(std::collections::HashSet::from([plain, signed]).len(), 1);
    }
}
