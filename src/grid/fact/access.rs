//! Who may come in: logins, devices, and devices that may no longer write.
use minicbor::{Decode, Encode};

use super::id::WriterId;

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
}

impl Enrolled {
    /// The name under which the device writes.
    pub fn writer(&self) -> WriterId {
        WriterId::of_key(&self.key)
    }
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
