//! What shells and manuals need.
use std::{fs, path::Path};

use super::{done, misused, with_tree};
use crate::pty::Home;

#[test]
fn bash_completes_commands_and_options() {
    let home = Home::new();
    fs::write(home.path().join("wangge.bash"), done(&home, &["completions", "bash"])).expect("a file");
    let complete = |words: &str, at: usize| {
        let script = format!(
            "source wangge.bash; COMP_WORDS=({words}); COMP_CWORD={at}; \
             _wangge wangge \"${{COMP_WORDS[{at}]}}\" \"${{COMP_WORDS[{at}-1]}}\"; echo \"${{COMPREPLY[*]}}\""
        );
        let output = home.program(Path::new("/bin/bash"), &["-c", &script]).command().output().expect("bash runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8").trim_end().to_owned()
    };
    assert_eq!(complete("wangge du", 1), "due");
    assert_eq!(complete("wangge due --as-", 2), "--as-of");
    assert_eq!(complete("wangge record wi", 2), "withdraw");
    assert_eq!(complete("wangge --keymap ex", 2), "excel");
    for shell in ["zsh", "fish"] {
        assert!(done(&home, &["completions", shell]).contains("wangge"), "{shell}");
    }
    assert_eq!(misused(&home, &["completions", "tcsh"]), "<外壳> 不能是「tcsh」；用法见 wangge --help");
}

#[test]
fn the_manual_has_every_command_and_every_key_of_the_desk() {
    let home = Home::new();
    let page = done(&home, &["man"]);
    assert!(page.contains(".TH wangge 1"), "{page}");
    for command in [
        "demo", "init", "import", "record", "grid", "list", "due", "log", "verify", "doctor", "backup", "restore",
        "rebuild",
    ] {
        assert!(page.contains(&format!("wangge\\-{command}")), "{command}");
    }
    assert!(page.contains(".SS 案头 [desk]") && page.contains("\\fB空格\\fR 记走访"), "the keys of the desk");
    for command in wangge::app::COMMANDS {
        assert!(page.contains(&command.id.replace('-', "\\-")) && page.contains(&*command.help()), "{}", command.id);
    }
}

#[test]
fn help_and_version_are_no_errors() {
    let home = with_tree();
    assert_eq!(done(&home, &["--version"]), concat!("wangge ", env!("CARGO_PKG_VERSION"), "\n"));
    let help = done(&home, &["--help"]);
    for word in ["统计网格的案头", "用法：", "命令:", "demo", "先看一看：wangge demo"] {
        assert!(help.contains(word), "{word} is not in\n{help}");
    }
    assert_eq!(misused(&home, &["duee"]), "没有叫「duee」的命令，是不是 due？；用法见 wangge --help");
}

#[test]
fn a_reader_that_has_gone_is_no_error() {
    let home = with_tree();
    let script = format!(
        "{} log --json --store store | head -n 1 >first; echo ${{PIPESTATUS[0]}}",
        env!("CARGO_BIN_EXE_wangge")
    );
    let output = home.program(Path::new("/bin/bash"), &["-c", &script]).command().output().expect("bash runs");
    assert_eq!((output.stdout, output.stderr), (b"0\n".to_vec(), Vec::new()));
}
