//! What the command line names of devices: keys.
use crate::{cli::Failure, words::t};

/// A public key as 64 hexadecimal digits.
pub(super) fn key(text: &str) -> Result<[u8; 32], Failure> {
    let wrong = || Failure::said(t!("cli.find.no_key", text = text).into_owned());
    if text.len() != 64 || !text.is_ascii() {
        return Err(wrong());
    }
    let mut key = [0; 32];
    for (i, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).map_err(|_| wrong())?;
    }
    Ok(key)
}
