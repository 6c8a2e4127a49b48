//! The arguments of `wangge grid`.
use clap::Subcommand;

use crate::cli::args::template;
use crate::words::word;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub verb: GridVerb,
}

/// How grids change.
#[derive(Debug, Subcommand)]
pub(crate) enum GridVerb {
    #[command(about = word("cli.about.grid_new"), help_template = template())]
    New(New),
    #[command(about = word("cli.about.grid_split"), help_template = template())]
    Split(Split),
    #[command(about = word("cli.about.grid_merge"), help_template = template())]
    Merge(Merge),
    #[command(about = word("cli.about.grid_close"), help_template = template())]
    Close(Close),
    #[command(about = word("cli.about.grid_rename"), help_template = template())]
    Rename(Rename),
    #[command(about = word("cli.about.grid_move"), help_template = template())]
    Move(Move),
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct How {
    #[arg(long, help = word("cli.help.dry_run"))]
    pub dry_run: bool,
    #[arg(long, help = word("cli.help.one_json"))]
    pub json: bool,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct From {
    #[arg(
        long,
        value_name = word("cli.value.date"),
        help = word("cli.help.regroup_from"),
        allow_hyphen_values = true
    )]
    pub from: Option<String>,
    #[command(flatten)]
    pub how: How,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct New {
    #[arg(value_name = word("cli.value.name"), help = word("cli.help.new_name"))]
    pub name: String,
    #[arg(long, value_name = word("cli.value.parent"), help = word("cli.help.under"))]
    pub under: String,
    #[arg(
        long,
        value_name = word("cli.value.sector"),
        help = word("cli.help.sector")
    )]
    pub sector: Option<String>,
    #[arg(long, help = word("cli.help.flat"))]
    pub flat: bool,
    #[command(flatten)]
    pub from: From,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Split {
    #[arg(value_name = word("cli.value.grid"), help = word("cli.help.node"))]
    pub grid: String,
    #[arg(value_name = word("cli.value.unit"), required = true, help = word("cli.help.split_units"))]
    pub units: Vec<String>,
    #[arg(long, value_name = word("cli.value.name"), help = word("cli.help.split_name"))]
    pub name: String,
    #[arg(long, value_name = word("cli.value.person_name"), help = word("cli.help.leader"))]
    pub leader: Option<String>,
    #[command(flatten)]
    pub from: From,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Merge {
    #[arg(value_name = word("cli.value.grid"), required = true, help = word("cli.help.merge_grids"))]
    pub grids: Vec<String>,
    #[arg(long, value_name = word("cli.value.grid"), help = word("cli.help.merge_into"))]
    pub into: String,
    #[command(flatten)]
    pub from: From,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Close {
    #[arg(value_name = word("cli.value.grid"), help = word("cli.help.node"))]
    pub grid: String,
    #[arg(long, value_name = word("cli.value.grid"), help = word("cli.help.close_into"))]
    pub into: Option<String>,
    #[arg(long, help = word("cli.help.unplaced"), conflicts_with = "into")]
    pub unplaced: bool,
    #[command(flatten)]
    pub from: From,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Rename {
    #[arg(value_name = word("cli.value.grid"), help = word("cli.help.rename_node"))]
    pub node: String,
    #[arg(value_name = word("cli.value.name"), help = word("cli.help.rename_name"))]
    pub name: String,
    #[command(flatten)]
    pub how: How,
}

#[derive(Debug, clap::Args)]
#[command(next_help_heading = word("cli.heading.arguments"))]
pub(crate) struct Move {
    #[arg(value_name = word("cli.value.grid"), help = word("cli.help.move_node"))]
    pub node: String,
    #[arg(long, value_name = word("cli.value.parent"), help = word("cli.help.move_under"))]
    pub under: String,
    #[command(flatten)]
    pub from: From,
}
