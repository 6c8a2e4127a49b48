//! The device's own key in a store: 32 secret bytes in a small private file, from which its name among writers follows.
use std::{fs, io, path::Path};

use rustix::rand::{GetRandomFlags, getrandom};

use super::files::Files;
use crate::grid::fact::DeviceKey;

/// The file of the key of who owns the store.
const FILE: &str = "device.key";

/// Reads the key of this device; none if it is missing or not readable as one.
pub fn read(dir: &Path) -> Option<DeviceKey> {
    read_key(&dir.join(FILE))
}

/// Gives the device a new random key. A file that held something else is kept beside it.
pub(crate) fn make(dir: &Path, files: &Files) -> io::Result<DeviceKey> {
    let path = dir.join(FILE);
    if path.exists() {
        files.rename(&path, &dir.join("device.key.aside"))?;
    }
    make_key(&path, files)
}

/// Reads a device's key from a file of 64 hexadecimal digits; none if it is missing or something else.
pub fn read_key(path: &Path) -> Option<DeviceKey> {
    let text = fs::read_to_string(path).ok()?;
    let text = text.trim();
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    let mut secret = [0; 32];
    for (i, byte) in secret.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).ok()?;
    }
    Some(DeviceKey::from_secret(&secret))
}

/// Makes a new random key in a file that only its owner can read; replaces what was there.
///
/// # Errors
/// The file can't be written, or the system has no random bytes.
pub fn make_key(path: &Path, files: &Files) -> io::Result<DeviceKey> {
    let key = DeviceKey::from_secret(&random()?);
    let text: String = key.secret().iter().map(|byte| format!("{byte:02x}")).collect();
    files.replace(path, &[format!("{text}\n").as_bytes()])?;
    Ok(key)
}

/// Random bytes from the system, for keys and for the names of stores.
pub(crate) fn random<const N: usize>() -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    let mut filled = 0;
    while filled < N {
        filled += getrandom(&mut bytes[filled..], GetRandomFlags::empty())?;
    }
    Ok(bytes)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_key_is_private_comes_back_and_is_another_one_each_time() {
        let dir = tempfile::tempdir().unwrap();
        assert!(read(dir.path()).is_none());
        let key = make(dir.path(), &Files::new()).unwrap();
        let path = dir.path().join(FILE);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(read(dir.path()).unwrap().secret(), key.secret());
        // What is no key gives way to a new one and is kept.
        for wrong in ["", "0f", "汉".repeat(22).as_str(), "g".repeat(64).as_str()] {
            fs::write(&path, wrong).unwrap();
            assert!(read(dir.path()).is_none(), "{wrong}");
        }
        let other = make(dir.path(), &Files::new()).unwrap();
        assert_ne!(other.secret(), key.secret());
        assert_eq!(fs::read_to_string(dir.path().join("device.key.aside")).unwrap(), "g".repeat(64));
    }
}
