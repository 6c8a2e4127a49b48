//! Wrong usage: one sentence that says what is wrong and what to do next.
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::words::{t, word};

/// Tells what is wrong with the arguments; help and version are no errors.
pub(super) fn tell(error: &clap::Error) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        print!("{}", in_words(&error.render().to_string()));
        return ExitCode::SUCCESS;
    }
    eprintln!("{}", sentence(error));
    ExitCode::from(2)
}

/// The words that clap writes by itself.
fn in_words(help: &str) -> String {
    let words = [
        ("[OPTIONS]", word("cli.usage.options")),
        ("[COMMAND]", word("cli.usage.command")),
        ("<COMMAND>", word("cli.usage.the_command")),
        ("Commands:", word("cli.usage.commands")),
        ("[possible values:", word("cli.usage.values")),
    ];
    words.iter().fold(help.to_owned(), |help, (from, to)| help.replace(from, to))
}

fn sentence(error: &clap::Error) -> String {
    let named = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(word("word.list")),
        Some(other) => other.to_string(),
        None => String::new(),
    };
    let argument = named(ContextKind::InvalidArg);
    // Of several, the last one is the nearest.
    let nearest = |kind| match error.get(kind) {
        Some(ContextValue::Strings(texts)) => texts.last().cloned().unwrap_or_default(),
        _ => named(kind),
    };
    let meant = match nearest(ContextKind::SuggestedSubcommand) + &nearest(ContextKind::SuggestedArg) {
        meant if meant.is_empty() => String::new(),
        meant => t!("cli.usage.meant", meant = meant).into_owned(),
    };
    let what = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            t!("cli.usage.no_command", name = named(ContextKind::InvalidSubcommand), meant = meant).into_owned()
        }
        ErrorKind::UnknownArgument => t!("cli.usage.no_argument", name = argument, meant = meant).into_owned(),
        ErrorKind::MissingRequiredArgument => t!("cli.usage.missing", name = argument).into_owned(),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => match named(ContextKind::InvalidValue) {
            value if value.is_empty() => t!("cli.usage.no_value", name = argument).into_owned(),
            value => t!("cli.usage.wrong_value", name = argument, value = value).into_owned(),
        },
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            // Only the help that comes with it says which command it was.
            let help = error.render().to_string();
            match () {
                () if help.contains("wangge grid") => t!("cli.usage.grid_what").into_owned(),
                () if help.contains("wangge pack") => t!("cli.usage.pack_what").into_owned(),
                () => t!("cli.usage.record_what").into_owned(),
            }
        }
        ErrorKind::ArgumentConflict => t!("cli.usage.conflict", name = argument).into_owned(),
        ErrorKind::InvalidUtf8 => t!("cli.usage.not_utf8").into_owned(),
        _ => t!("cli.usage.wrong").into_owned(),
    };
    t!("cli.usage.see_help", what = what).into_owned()
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::args::Args;

    #[test]
    fn wrong_usage_is_told_in_words() {
        let told = |line: &str| match Args::try_parse_from(line.split(' ')) {
            Ok(_) => String::from("no error"),
            Err(error) => sentence(&error),
        };
        assert_eq!(told("wangge duee"), "没有叫「duee」的命令，是不是 due？；用法见 wangge --help");
        assert_eq!(told("wangge due --overdu"), "不认识「--overdu」，是不是 --overdue？；用法见 wangge --help");
        assert_eq!(told("wangge demo --units 3"), "--units <家数> 不能是「3」；用法见 wangge --help");
        assert_eq!(told("wangge pack"), "还要写上做什么：check、list 或 show；用法见 wangge --help");
        let forms =
            "还要写上记什么，例如 visit 走访、meeting 会议，都有哪些见 wangge record --help；用法见 wangge --help";
        assert_eq!(told("wangge record"), forms);
        assert_eq!(told("wangge import"), "还要写上 <文件>；用法见 wangge --help");
        let verbs = "还要写上怎样调整：new、split、merge、close、rename 或 move；用法见 wangge --help";
        assert_eq!(told("wangge grid"), verbs);
        assert_eq!(told("wangge init"), "还要写上 --pack <名称>；用法见 wangge --help");
    }
}
