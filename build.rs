//! Tells cargo that the binary is made from the words as well: `rust_i18n::i18n!` embeds them and cargo can't see it.

fn main() {
    println!("cargo:rerun-if-changed=data/locales");
}
