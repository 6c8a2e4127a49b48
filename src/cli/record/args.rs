//! The arguments of `wangge record` that are not made from forms.
use clap::Subcommand;

use super::form::What;
use crate::cli::args::template;
use crate::words::word;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub what: What,
}

/// What is recorded beside the forms.
#[derive(Debug, Subcommand)]
pub(crate) enum Plain {
    #[command(about = word("cli.about.visit"), help_template = template())]
    Visit(RecordVisit),
    #[command(about = word("cli.about.training"), help_template = template())]
    Training(RecordSession),
    #[command(about = word("cli.about.activity"), help_template = template())]
    Activity(RecordSession),
    #[command(about = word("cli.about.done"), help_template = template())]
    Done(RecordDone),
    #[command(about = word("cli.about.place"), help_template = template())]
    Place(RecordPlace),
    #[command(about = word("cli.about.post"), help_template = template())]
    Post(RecordPost),
    #[command(about = word("cli.about.close"), help_template = template())]
    Close(RecordFact),
    #[command(about = word("cli.about.withdraw"), help_template = template())]
    Withdraw(RecordFact),
    #[command(about = word("cli.about.exempt"), help_template = template())]
    Exempt(RecordExempt),
    #[command(about = word("cli.about.lock"), help_template = template())]
    Lock(RecordLock),
    #[command(about = word("cli.about.unlock"), help_template = template())]
    Unlock(RecordUnlock),
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct When {
    #[arg(
        long,
        value_name = word("cli.value.date"),
        help = word("cli.help.on"),
        allow_hyphen_values = true
    )]
    pub on: Option<String>,
    #[arg(long, value_name = word("cli.value.text"), help = word("cli.help.note"), default_value = "", hide_default_value = true)]
    pub note: String,
    #[arg(long, value_name = word("cli.value.text"), help = word("cli.help.why"), default_value = "", hide_default_value = true)]
    pub why: String,
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct RecordVisit {
    #[arg(value_name = word("cli.value.unit"), required = true, help = word("cli.help.unit"))]
    pub units: Vec<String>,
    #[command(flatten)]
    pub when: When,
    #[arg(
        long = "topic",
        value_name = word("cli.value.topic"),
        help = word("cli.help.topics")
    )]
    pub topics: Vec<String>,
    #[arg(long, value_name = word("cli.value.text"), help = word("cli.help.problem"))]
    pub problem: Option<String>,
    #[arg(long, value_name = word("cli.value.date"), help = word("cli.help.follow_up"), requires = "problem")]
    pub follow_up: Option<String>,
    #[arg(long, value_name = word("cli.value.person_name"), help = word("cli.help.with"))]
    pub with: Vec<String>,
    #[arg(long, value_name = word("cli.value.record"), help = word("cli.help.amends_visit"))]
    pub amends: Option<String>,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct RecordSession {
    #[arg(value_name = word("cli.value.grid"), help = word("cli.help.node"))]
    pub grid: String,
    #[arg(long, value_name = word("cli.value.text"), help = word("cli.help.session_topic"))]
    pub topic: String,
    #[command(flatten)]
    pub when: When,
    #[arg(long, value_name = word("cli.value.hours"), help = word("cli.help.hours"), default_value_t = 2.0)]
    pub hours: f64,
    #[arg(long, value_name = word("cli.value.person_name"), help = word("cli.help.late"))]
    pub late: Vec<String>,
    #[arg(long, value_name = word("cli.value.person_name"), help = word("cli.help.left_early"))]
    pub left_early: Vec<String>,
    #[arg(long, value_name = word("cli.value.person_name"), help = word("cli.help.substitute"))]
    pub substitute: Vec<String>,
    #[arg(long, value_name = word("cli.value.person_name"), help = word("cli.help.excused"))]
    pub excused: Vec<String>,
    #[arg(long, value_name = word("cli.value.person_name"), help = word("cli.help.absent"))]
    pub absent: Vec<String>,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct RecordDone {
    #[arg(value_name = word("cli.value.duty"), help = word("cli.help.done_duty"))]
    pub duty: String,
    #[arg(value_name = word("cli.value.grid"), help = word("cli.help.node"))]
    pub grid: String,
    #[arg(long = "unit", value_name = word("cli.value.unit"), help = word("cli.help.done_units"))]
    pub units: Vec<String>,
    #[arg(long, value_name = word("cli.value.period"), help = word("cli.help.done_period"))]
    pub period: Option<String>,
    #[command(flatten)]
    pub when: When,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct RecordPlace {
    #[arg(value_name = word("cli.value.unit"), required = true, help = word("cli.help.unit"))]
    pub units: Vec<String>,
    #[arg(long, value_name = word("cli.value.grid"), help = word("cli.help.node"))]
    pub grid: String,
    #[arg(long, value_name = word("cli.value.date"), help = word("cli.help.from"), allow_hyphen_values = true)]
    pub from: Option<String>,
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct RecordPost {
    #[arg(value_name = word("cli.value.person_name"), help = word("cli.help.post_name"))]
    pub name: String,
    #[arg(value_name = word("cli.value.grid"), help = word("cli.help.node"))]
    pub grid: String,
    #[arg(long, value_name = word("cli.value.post"), help = word("cli.help.post"))]
    pub post: String,
    #[arg(long, value_name = word("cli.value.phone"), help = word("cli.help.phone"), default_value = "", hide_default_value = true)]
    pub phone: String,
    #[arg(long, value_name = word("cli.value.date"), help = word("cli.help.from"), allow_hyphen_values = true)]
    pub from: Option<String>,
    #[arg(long, value_name = word("cli.value.date"), help = word("cli.help.term"), allow_hyphen_values = true)]
    pub until: Option<String>,
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct RecordFact {
    #[arg(value_name = word("cli.value.record"), help = word("cli.help.fact"))]
    pub fact: String,
    #[command(flatten)]
    pub when: When,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct RecordExempt {
    #[arg(value_name = word("cli.value.duty"), help = word("cli.help.duty"))]
    pub duty: String,
    #[arg(value_name = word("cli.value.grid"), help = word("cli.help.node"))]
    pub node: String,
    #[arg(long, value_name = word("cli.value.period"), help = word("cli.help.period"))]
    pub period: String,
    #[arg(long, value_name = word("cli.value.text"), help = word("cli.help.exempt_reason"))]
    pub reason: String,
    #[arg(long, value_name = word("cli.value.person_name"), help = word("cli.help.approver"))]
    pub approver: String,
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct RecordLock {
    #[arg(value_name = word("cli.value.grid"), help = word("cli.help.lock_node"))]
    pub node: String,
    #[arg(long, value_name = word("cli.value.date"), help = word("cli.help.through"), allow_hyphen_values = true)]
    pub through: String,
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct RecordUnlock {
    #[arg(value_name = word("cli.value.grid"), help = word("cli.help.node"))]
    pub node: String,
    #[arg(long, value_name = word("cli.value.date"), help = word("cli.help.unlock_from"), allow_hyphen_values = true)]
    pub from: String,
    #[arg(long, value_name = word("cli.value.date"), help = word("cli.help.unlock_through"), allow_hyphen_values = true)]
    pub through: String,
    #[arg(long, value_name = word("cli.value.date"), help = word("cli.help.until"))]
    pub until: String,
    #[arg(long, value_name = word("cli.value.text"), help = word("cli.help.unlock_reason"))]
    pub reason: String,
    #[arg(long, value_name = word("cli.value.person_name"), help = word("cli.help.approver"))]
    pub approver: String,
    #[arg(long, help = word("cli.help.json"))]
    pub json: bool,
}
