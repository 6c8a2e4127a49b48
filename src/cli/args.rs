//! The command line: what every subcommand takes, and which there are; what each takes by itself stands with it. The help is
//! made when it is asked for, in the language that is spoken then.
use std::{ffi::OsStr, path::PathBuf};

use clap::{
    Args as ClapArgs, Parser, Subcommand,
    builder::{PossibleValue, StringValueParser, TypedValueParser},
};

use crate::term::Keymap;
use crate::words::word;

/// The order of a help text.
pub(super) fn template() -> &'static str {
    word("cli.template")
}

/// The command line.
#[derive(Debug, Parser)]
#[command(
    name = "wangge",
    version,
    about = word("cli.about.wangge"),
    help_template = template(),
    subcommand_help_heading = word("cli.heading.commands"),
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    after_help = word("cli.about.after")
)]
pub(crate) struct Args {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub verb: Option<Verb>,
}

/// What every subcommand takes.
#[derive(Clone, Debug, ClapArgs)]
#[command(next_help_heading = word("cli.heading.global"))]
pub(crate) struct Global {
    #[arg(long, global = true, value_name = word("cli.value.folder"), help = word("cli.help.store"))]
    pub store: Option<PathBuf>,
    #[arg(long = "as", global = true, value_name = word("cli.value.person"), help = word("cli.help.person"))]
    pub person: Option<String>,
    #[arg(long, global = true, value_name = word("cli.value.name_or_file"), help = word("cli.help.keymap"),
          value_parser = KeymapName, hide_possible_values = true)]
    pub keymap: Option<String>,
    #[arg(long, global = true, value_name = word("cli.value.language"), value_parser = ["zh", "en"], help = word("cli.help.lang"))]
    pub lang: Option<String>,
    #[arg(long, global = true, value_name = word("cli.value.name"), help = word("cli.help.theme"))]
    pub theme: Option<String>,
    #[arg(long, global = true, help = word("cli.help.ascii"))]
    pub ascii: bool,
    #[arg(long, global = true, value_name = word("cli.value.width"), value_parser = ["narrow", "wide"],
          help = word("cli.help.width"))]
    pub width: Option<String>,
    #[arg(short, long, global = true, action = clap::ArgAction::Help, help = word("cli.help.help"))]
    help: Option<bool>,
    #[arg(short = 'V', long, action = clap::ArgAction::Version, help = word("cli.help.version"))]
    version: Option<bool>,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    #[command(about = word("cli.about.demo"), help_template = template())]
    Demo(super::demo::Args),
    #[command(about = word("cli.about.setup"), help_template = template())]
    Setup,
    #[command(about = word("cli.about.init"), help_template = template())]
    Init(super::init::Args),
    #[command(about = word("cli.about.import"), help_template = template())]
    Import(super::import::Args),
    #[command(about = word("cli.about.record"), help_template = template())]
    Record(super::record::Args),
    #[command(about = word("cli.about.grid"), help_template = template())]
    Grid(super::grid::Args),
    #[command(about = word("cli.about.matters"), help_template = template())]
    Matters(super::matters::Args),
    #[command(about = word("cli.about.list"), help_template = template())]
    List(super::list::Args),
    #[command(about = word("cli.about.due"), help_template = template())]
    Due(super::due::Args),
    #[command(about = word("cli.about.assess"), help_template = template())]
    Assess(super::assess::Args),
    #[command(about = word("cli.about.export"), help_template = template())]
    Export(super::export::Args),
    #[command(about = word("cli.about.burden"), help_template = template())]
    Burden(super::burden::Args),
    #[command(about = word("cli.about.paste"), help_template = template())]
    Paste(super::paste::Args),
    #[command(about = word("cli.about.plan"), help_template = template())]
    Plan(super::plan::Args),
    #[command(about = word("cli.about.overview"), help_template = template())]
    Overview(super::overview::Args),
    #[command(about = word("cli.about.timeline"), help_template = template())]
    Timeline(super::timeline::Args),
    #[command(about = word("cli.about.pack"), help_template = template())]
    Pack(super::pack::Args),
    #[command(about = word("cli.about.log"), help_template = template())]
    Log(super::log::Args),
    #[command(about = word("cli.about.audit"), help_template = template())]
    Audit(super::audit::Args),
    #[command(about = word("cli.about.sync"), help_template = template())]
    Sync(super::sync::Args),
    #[command(about = word("cli.about.bundle"), help_template = template())]
    Bundle(super::bundle::Args),
    #[command(about = word("cli.about.handover"), help_template = template())]
    Handover(super::handover::Args),
    #[command(about = word("cli.about.held"), help_template = template())]
    Held(super::held::Args),
    #[command(about = word("cli.about.keys"), help_template = template())]
    Keys(super::keys::Args),
    #[command(about = word("cli.about.serve"), help_template = template())]
    Serve(super::serve::Args),
    #[command(about = word("cli.about.attach"), help_template = template())]
    Attach,
    #[command(about = word("cli.about.verify"), help_template = template())]
    Verify(super::verify::Args),
    #[command(about = word("cli.about.account"), help_template = template())]
    Account(super::account::Args),
    #[command(about = word("cli.about.device"), help_template = template())]
    Device(super::device::Args),
    #[command(about = word("cli.about.doctor"), help_template = template())]
    Doctor,
    #[command(about = word("cli.about.backup"), help_template = template())]
    Backup(super::backup::Args),
    #[command(about = word("cli.about.restore"), help_template = template())]
    Restore(super::restore::Args),
    #[command(about = word("cli.about.rebuild"), help_template = template())]
    Rebuild,
    #[command(about = word("cli.about.completions"), help_template = template())]
    Completions {
        #[arg(value_name = word("cli.value.shell"), help = word("cli.help.shell"))]
        shell: clap_complete::Shell,
    },
    #[command(about = word("cli.about.man"), help_template = template())]
    Man,
}

/// The name of a keymap, which shells complete, or a file.
#[derive(Clone, Debug)]
struct KeymapName;

impl TypedValueParser for KeymapName {
    type Value = String;

    fn parse_ref(
        &self,
        command: &clap::Command,
        arg: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<String, clap::Error> {
        StringValueParser::new().parse_ref(command, arg, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Keymap::NAMES.into_iter().map(PossibleValue::new)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_arguments_are_well_formed() {
        use clap::CommandFactory;
        Args::command().debug_assert();
    }
}
