//! What the desk is made of above the rules: keys by name, the command table. No terminal, no I/O.
pub mod command;
pub mod key;

pub use command::{COMMANDS, Command, CommandRow, Context};
pub use key::{Code, Key};
