//! Who may come in: logins, devices, and devices that may no longer write.
use minicbor::{Decode, Encode};

use super::{
    id::WriterId,
    sign::{DeviceKey, is_signed_by},
};

/// A login of the shared server is the subject's, a person, from now on (账号); see [`super::Body::Account`].
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Account {
    /// The Unix user's name on the server.
    #[n(0)]
    pub login: String,
    /// Whether the login is closed, and no longer anybody's.
    #[n(1)]
    #[cbor(default)]
    pub closed: bool,
}

/// What a device's key signs is the subject's, a person (设备登记); see [`super::Body::Enrolled`].
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Enrolled {
    /// The public key, ed25519 (RFC 8032); the device's name among writers follows from it, see [`WriterId::of_key`].
    #[cbor(n(0), with = "minicbor::bytes")]
    pub key: [u8; 32],
    /// What people call the device: the laptop of the office.
    #[n(1)]
    pub name: String,
    /// The device that this one is a further window of, where it is one (分窗).
    #[n(2)]
    pub window: Option<Window>,
}

impl Enrolled {
    /// The name under which the device writes.
    pub fn writer(&self) -> WriterId {
        WriterId::of_key(&self.key)
    }

    /// The enrolment of a further window's key by the device itself, as the first fact of the window's own chain.
    pub fn as_window(key: [u8; 32], name: String, device: &DeviceKey) -> Enrolled {
        let signature = device.sign(&to_vouch(&key)).to_vec();
        Enrolled { key, name, window: Some(Window { of: device.public(), signature }) }
    }

    /// The device whose window it is, if that device says so.
    pub fn vouched(&self) -> Option<WriterId> {
        let Window { of, signature } = self.window.as_ref()?;
        let signature = <&[u8; 64]>::try_from(signature.as_slice()).ok()?;
        is_signed_by(of, &to_vouch(&self.key), signature).then(|| WriterId::of_key(of))
    }
}

/// A window that was open at once with its device's first one, and has a key of its own so that no two share a chain.
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Window {
    /// The device's public key.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub of: [u8; 32],
    /// The device's signature over the window's key, 64 bytes.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub signature: Vec<u8>,
}

/// What a device signs to say that a key is that of a window of its own.
fn to_vouch(key: &[u8; 32]) -> Vec<u8> {
    [b"wangge window 1 ".as_slice(), key].concat()
}

/// What a device wrote from a moment on does not count (设备停用); see [`super::Body::Revoked`].
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Revoked {
    /// Which device.
    #[n(0)]
    pub writer: WriterId,
    /// From when on, UTC milliseconds since 1970, by the time at which facts were written down.
    #[n(1)]
    pub from_ms: i64,
    /// Why: lost, stolen, sold.
    #[n(2)]
    pub reason: String,
}
