//! Arguments to a mode; what a person sees of an error is one sentence on standard error.
use std::process::ExitCode;

fn main() -> ExitCode {
    wangge::cli::main()
}
