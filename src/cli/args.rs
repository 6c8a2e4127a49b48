//! The arguments. Their help is made when it is asked for, in the language that is spoken then.
use std::{ffi::OsStr, path::PathBuf};

use clap::{
    Args as ClapArgs, Parser, Subcommand,
    builder::{PossibleValue, StringValueParser, TypedValueParser},
};

pub(crate) use super::record::args::Record;
use super::to::To;
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
    Demo(Demo),
    #[command(about = word("cli.about.setup"), help_template = template())]
    Setup,
    #[command(about = word("cli.about.init"), help_template = template())]
    Init(Init),
    #[command(about = word("cli.about.import"), help_template = template())]
    Import(Import),
    #[command(about = word("cli.about.record"), help_template = template())]
    Record(Record),
    #[command(about = word("cli.about.grid"), help_template = template())]
    Grid(super::grid::Grid),
    #[command(about = word("cli.about.matters"), help_template = template())]
    Matters(Matters),
    #[command(about = word("cli.about.list"), help_template = template())]
    List(List),
    #[command(about = word("cli.about.due"), help_template = template())]
    Due(Due),
    #[command(about = word("cli.about.assess"), help_template = template())]
    Assess(super::assess::Assess),
    #[command(about = word("cli.about.export"), help_template = template())]
    Export(super::export::Export),
    #[command(about = word("cli.about.burden"), help_template = template())]
    Burden(Burden),
    #[command(about = word("cli.about.paste"), help_template = template())]
    Paste(super::paste::Paste),
    #[command(about = word("cli.about.plan"), help_template = template())]
    Plan(Plan),
    #[command(about = word("cli.about.overview"), help_template = template())]
    Overview(Overview),
    #[command(about = word("cli.about.timeline"), help_template = template())]
    Timeline(Timeline),
    #[command(about = word("cli.about.pack"), help_template = template())]
    Pack(Pack),
    #[command(about = word("cli.about.log"), help_template = template())]
    Log(Log),
    #[command(about = word("cli.about.audit"), help_template = template())]
    Audit(Audit),
    #[command(about = word("cli.about.sync"), help_template = template())]
    Sync(Sync),
    #[command(about = word("cli.about.bundle"), help_template = template())]
    Bundle(Bundle),
    #[command(about = word("cli.about.handover"), help_template = template())]
    Handover(super::handover::Handover),
    #[command(about = word("cli.about.held"), help_template = template())]
    Held(Held),
    #[command(about = word("cli.about.keys"), help_template = template())]
    Keys(Keys),
    #[command(about = word("cli.about.serve"), help_template = template())]
    Serve(Serve),
    #[command(about = word("cli.about.attach"), help_template = template())]
    Attach,
    #[command(about = word("cli.about.verify"), help_template = template())]
    Verify(Verify),
    #[command(about = word("cli.about.account"), help_template = template())]
    Account(Account),
    #[command(about = word("cli.about.device"), help_template = template())]
    Device(Device),
    #[command(about = word("cli.about.doctor"), help_template = template())]
    Doctor,
    #[command(about = word("cli.about.backup"), help_template = template())]
    Backup(Backup),
    #[command(about = word("cli.about.restore"), help_template = template())]
    Restore(Restore),
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

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Serve {
    #[arg(long, value_name = word("cli.value.file"), help = word("cli.help.socket"))]
    pub socket: Option<PathBuf>,
    #[arg(long, help = word("cli.help.serve_check"))]
    pub check: bool,
    #[arg(long, value_name = word("cli.value.count"), help = word("cli.help.per_user"),
          value_parser = clap::value_parser!(u32).range(1..=1024))]
    pub per_user: Option<u32>,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Demo {
    #[arg(long, value_name = word("cli.value.units"), help = word("cli.help.units"), default_value_t = 2000,
          value_parser = clap::value_parser!(u32).range(10..=200_000))]
    pub units: u32,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct List {
    #[arg(value_name = word("cli.value.list"), help = word("cli.help.list"))]
    pub name: Option<String>,
    #[arg(long, value_name = word("cli.value.grid"), help = word("cli.help.list_at"))]
    pub at: Option<String>,
    #[arg(long, help = word("cli.help.list_json"), conflicts_with = "csv")]
    pub json: bool,
    #[arg(long, help = word("cli.help.csv"), conflicts_with = "output")]
    pub csv: bool,
    #[command(flatten)]
    pub table: To,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Init {
    #[arg(long, value_name = word("cli.value.name"), help = word("cli.help.init_pack"))]
    pub pack: String,
    #[arg(long, value_name = word("cli.value.date"), help = word("cli.help.init_from"))]
    pub from: Option<String>,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Import {
    #[arg(value_name = word("cli.value.file"), help = word("cli.help.import_file"))]
    pub file: PathBuf,
    #[arg(long, help = word("cli.help.dry_run"))]
    pub dry_run: bool,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Overview {
    #[arg(long, value_name = word("cli.value.grid"), help = word("cli.help.at"))]
    pub at: Option<String>,
    #[arg(long, value_name = word("cli.value.period"), help = word("cli.help.overview_month"))]
    pub month: Option<String>,
    #[arg(long, value_name = word("cli.value.measure"), help = word("cli.help.measure"), hide_possible_values = true,
          requires = "output")]
    pub measure: Option<super::overview::Measured>,
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
    #[command(flatten)]
    pub table: To,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Burden {
    #[arg(long, value_name = word("cli.value.grid"), help = word("cli.help.at"))]
    pub at: Option<String>,
    #[arg(long, value_name = word("cli.value.period"), help = word("cli.help.burden_period"))]
    pub period: Option<String>,
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
    #[command(flatten)]
    pub table: To,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Due {
    #[arg(long, value_name = word("cli.value.grid"), help = word("cli.help.at"))]
    pub at: Option<String>,
    #[arg(long, help = word("cli.help.overdue"))]
    pub overdue: bool,
    #[arg(long, value_name = word("cli.value.date"), help = word("cli.help.as_of"))]
    pub as_of: Option<String>,
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
    #[command(flatten)]
    pub table: To,
    #[arg(long, conflicts_with_all = ["at", "overdue", "as_of", "json", "output"],
          help = word("cli.help.brief"))]
    pub brief: bool,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Plan {
    #[arg(value_name = word("cli.value.town"), help = word("cli.help.town"))]
    pub town: String,
    #[arg(long, value_name = word("cli.value.date"), help = word("cli.help.from"), allow_hyphen_values = true)]
    pub from: Option<String>,
    #[arg(long, help = word("cli.help.apply"))]
    pub apply: bool,
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
    #[command(flatten)]
    pub table: To,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Timeline {
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
    #[command(flatten)]
    pub table: To,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Pack {
    #[command(subcommand)]
    pub what: PackWhat,
}

/// What is done with packs.
#[derive(Debug, Subcommand)]
pub(crate) enum PackWhat {
    #[command(about = word("cli.about.pack_check"), help_template = template())]
    Check {
        #[arg(value_name = word("cli.value.folder_or_file"), help = word("cli.help.pack_path"))]
        path: PathBuf,
    },
    #[command(about = word("cli.about.pack_list"), help_template = template())]
    List,
    #[command(about = word("cli.about.pack_show"), help_template = template())]
    Show {
        #[arg(value_name = word("cli.value.name"), help = word("cli.help.pack_id"))]
        id: Option<String>,
    },
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Matters {
    #[arg(long, value_name = word("cli.value.grid"), help = word("cli.help.at"))]
    pub at: Option<String>,
    #[arg(long, help = word("cli.help.open"))]
    pub open: bool,
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
    #[command(flatten)]
    pub table: To,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Log {
    #[arg(long, value_name = word("cli.value.grid"), help = word("cli.help.at"))]
    pub at: Option<String>,
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
    #[command(flatten)]
    pub table: To,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Audit {
    #[arg(value_name = word("cli.value.audit"), help = word("cli.help.audit_what"), hide_possible_values = true)]
    pub what: Option<super::audit::What>,
    #[arg(long, value_name = word("cli.value.date"), help = word("cli.help.audit_from"))]
    pub from: Option<String>,
    #[arg(long, value_name = word("cli.value.date"), help = word("cli.help.audit_to"))]
    pub to: Option<String>,
    #[arg(long, value_name = word("cli.value.grid"), help = word("cli.help.at"))]
    pub at: Option<String>,
    #[arg(long, value_name = word("cli.value.person"), help = word("cli.help.audit_by"))]
    pub by: Option<String>,
    #[arg(long, help = word("cli.help.json"), conflicts_with = "csv")]
    pub json: bool,
    #[arg(long, help = word("cli.help.csv"), conflicts_with = "output")]
    pub csv: bool,
    #[command(flatten)]
    pub table: To,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Keys {
    #[arg(long, value_name = word("cli.value.file"), help = word("cli.help.check_keys"))]
    pub check: Option<PathBuf>,
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Verify {
    #[arg(long, value_name = word("cli.value.period"), help = word("cli.help.verify_period"))]
    pub period: Option<String>,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Account {
    #[command(subcommand)]
    pub what: Option<AccountWhat>,
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
    #[command(flatten)]
    pub table: To,
}

/// What is done with logins.
#[derive(Debug, Subcommand)]
pub(crate) enum AccountWhat {
    #[command(about = word("cli.about.account_give"), help_template = template(),
              next_help_heading = word("cli.heading.arguments"))]
    Give {
        #[arg(value_name = word("cli.value.login"), help = word("cli.help.login"))]
        login: String,
        #[arg(long = "person", value_name = word("cli.value.person"), help = word("cli.help.whose"))]
        whose: String,
    },
    #[command(about = word("cli.about.account_close"), help_template = template(),
              next_help_heading = word("cli.heading.arguments"))]
    Close {
        #[arg(value_name = word("cli.value.login"), help = word("cli.help.login"))]
        login: String,
    },
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Device {
    #[command(subcommand)]
    pub what: Option<DeviceWhat>,
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
    #[command(flatten)]
    pub table: To,
}

/// What is done with devices.
#[derive(Debug, Subcommand)]
pub(crate) enum DeviceWhat {
    #[command(about = word("cli.about.device_enroll"), help_template = template(),
              next_help_heading = word("cli.heading.arguments"))]
    Enroll {
        #[arg(value_name = word("cli.value.code"), help = word("cli.help.code"))]
        code: String,
        #[arg(long = "person", value_name = word("cli.value.person"), help = word("cli.help.whose"))]
        whose: String,
        #[arg(long, value_name = word("cli.value.name"), help = word("cli.help.device_name"))]
        name: Option<String>,
    },
    #[command(about = word("cli.about.device_revoke"), help_template = template(),
              next_help_heading = word("cli.heading.arguments"))]
    Revoke {
        #[arg(value_name = word("cli.value.device"), help = word("cli.help.device"))]
        device: String,
        #[arg(long, value_name = word("cli.value.date"), help = word("cli.help.revoke_from"),
              allow_hyphen_values = true)]
        from: String,
        #[arg(long, value_name = word("cli.value.text"), help = word("cli.help.reason"))]
        reason: String,
    },
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Sync {
    #[arg(value_name = word("cli.value.host_or_file"), help = word("cli.help.sync_target"))]
    pub target: String,
    #[arg(long, help = word("cli.help.one_json"))]
    pub json: bool,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Bundle {
    #[arg(short, long, value_name = word("cli.value.file"), help = word("cli.help.bundle_file"))]
    pub output: PathBuf,
    #[arg(long = "for", value_name = word("cli.value.device_or_file"), help = word("cli.help.bundle_for"))]
    pub device: Option<String>,
    #[arg(long, help = word("cli.help.one_json"))]
    pub json: bool,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Held {
    #[arg(long, value_name = word("cli.value.record"), requires = "note",
          conflicts_with_all = ["leave_out", "output"], help = word("cli.help.held_count"))]
    pub count: Option<String>,
    #[arg(long, value_name = word("cli.value.record"), requires = "note", conflicts_with = "output",
          help = word("cli.help.held_leave_out"))]
    pub leave_out: Option<String>,
    #[arg(long, value_name = word("cli.value.text"), help = word("cli.help.held_note"))]
    pub note: Option<String>,
    #[arg(long, help = word("cli.help.held_all"))]
    pub all: bool,
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
    #[command(flatten)]
    pub table: To,
}

impl Held {
    /// Which one is decided about, and whether it is to count.
    pub(crate) fn answer(&self) -> Option<(&str, bool)> {
        let (count, leave_out) = (self.count.as_deref(), self.leave_out.as_deref());
        count.map(|id| (id, true)).or(leave_out.map(|id| (id, false)))
    }
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Backup {
    #[arg(value_name = word("cli.value.file"), help = word("cli.help.backup_file"))]
    pub file: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Restore {
    #[arg(value_name = word("cli.value.file"), help = word("cli.help.restore_file"))]
    pub file: PathBuf,
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
