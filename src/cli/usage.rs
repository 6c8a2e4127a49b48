//! Wrong usage in Chinese: one sentence that says what is wrong and what to do next.
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Tells what is wrong with the arguments; help and version are no errors.
pub(super) fn tell(error: &clap::Error) -> ExitCode {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        print!("{}", in_chinese(&error.render().to_string()));
        return ExitCode::SUCCESS;
    }
    eprintln!("{}", sentence(error));
    ExitCode::from(2)
}

/// The words that clap writes by itself.
fn in_chinese(help: &str) -> String {
    const WORDS: [(&str, &str); 5] = [
        ("[OPTIONS]", "[选项]"),
        ("[COMMAND]", "[命令]"),
        ("<COMMAND>", "<命令>"),
        ("Commands:", "命令:"),
        ("[possible values:", "[可写:"),
    ];
    WORDS.iter().fold(help.to_owned(), |help, (from, to)| help.replace(from, to))
}

fn sentence(error: &clap::Error) -> String {
    let named = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join("、"),
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
        meant => format!("，是不是 {meant}？"),
    };
    let what = match error.kind() {
        ErrorKind::InvalidSubcommand => format!("没有叫「{}」的命令{meant}", named(ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => format!("不认识「{argument}」{meant}"),
        ErrorKind::MissingRequiredArgument => format!("还要写上 {argument}"),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => match named(ContextKind::InvalidValue) {
            value if value.is_empty() => format!("{argument} 后面要写上内容"),
            value => format!("{argument} 不能是「{value}」"),
        },
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            // Only the help that comes with it says which command it was.
            let help = error.render().to_string();
            match () {
                () if help.contains("wangge grid") => {
                    "还要写上怎样调整：new、split、merge、close、rename 或 move".to_owned()
                }
                () if help.contains("wangge pack") => "还要写上做什么：check、list 或 show".to_owned(),
                () => "还要写上记什么，例如 visit 走访、meeting 会议，都有哪些见 wangge record --help".to_owned(),
            }
        }
        ErrorKind::ArgumentConflict => format!("「{argument}」写了两次，或不能和别的一起用"),
        ErrorKind::InvalidUtf8 => "有的字不是 UTF-8；请把终端的编码设为 UTF-8".to_owned(),
        _ => "命令写得不对".to_owned(),
    };
    format!("{what}；用法见 wangge --help")
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::args::Args;

    #[test]
    fn wrong_usage_is_told_in_chinese() {
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
