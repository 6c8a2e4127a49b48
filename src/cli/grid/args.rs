//! The arguments of `wangge grid`.
use clap::{Args as ClapArgs, Subcommand};

use crate::cli::args::TEMPLATE;

#[derive(Debug, ClapArgs)]
pub(crate) struct Grid {
    #[command(subcommand)]
    pub verb: GridVerb,
}

/// How grids change.
#[derive(Debug, Subcommand)]
pub(crate) enum GridVerb {
    #[command(about = "新建一个网格", help_template = TEMPLATE)]
    New(New),
    #[command(about = "拆分：把一部分企业拆成旁边的新网格", help_template = TEMPLATE)]
    Split(Split),
    #[command(about = "合并：把几个网格并入另一个", help_template = TEMPLATE)]
    Merge(Merge),
    #[command(about = "撤销一个网格", help_template = TEMPLATE)]
    Close(Close),
    #[command(about = "改名", help_template = TEMPLATE)]
    Rename(Rename),
    #[command(about = "移到另一个上级下面", help_template = TEMPLATE)]
    Move(Move),
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct How {
    #[arg(long, help = "只看会怎样，不写入")]
    pub dry_run: bool,
    #[arg(long, help = "输出一行 JSON")]
    pub json: bool,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct From {
    #[arg(
        long,
        value_name = "日期",
        help = "从哪天起：2026-12-01、+7、明天、-1（默认今天）",
        allow_hyphen_values = true
    )]
    pub from: Option<String>,
    #[command(flatten)]
    pub how: How,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct New {
    #[arg(value_name = "名称", help = "新网格的名称，例如 工业第3网格")]
    pub name: String,
    #[arg(long, value_name = "上级", help = "建在哪个乡镇（街道）或部门下面")]
    pub under: String,
    #[arg(
        long,
        value_name = "行业",
        help = "agriculture 农业、industry 工业、service 服务业、construction 建筑业、real_estate 房地产、\
                investment 投资项目、mixed 跨行业"
    )]
    pub sector: Option<String>,
    #[arg(long, help = "是扁平网格（默认垂直网格）")]
    pub flat: bool,
    #[command(flatten)]
    pub from: From,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct Split {
    #[arg(value_name = "网格", help = "编号，或「乡镇/网格」")]
    pub grid: String,
    #[arg(value_name = "企业", required = true, help = "拆出的企业：统一社会信用代码，或名称，或名称的一部分")]
    pub units: Vec<String>,
    #[arg(long, value_name = "名称", help = "新网格的名称")]
    pub name: String,
    #[arg(long, value_name = "姓名", help = "新网格的网格长；名册里没有就新登记一人")]
    pub leader: Option<String>,
    #[command(flatten)]
    pub from: From,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct Merge {
    #[arg(value_name = "网格", required = true, help = "并走的网格：编号，或「乡镇/网格」；可写几个")]
    pub grids: Vec<String>,
    #[arg(long, value_name = "网格", help = "并入哪个网格")]
    pub into: String,
    #[command(flatten)]
    pub from: From,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct Close {
    #[arg(value_name = "网格", help = "编号，或「乡镇/网格」")]
    pub grid: String,
    #[arg(long, value_name = "网格", help = "企业划入哪个网格")]
    pub into: Option<String>,
    #[arg(long, help = "确认让企业未划入任何网格", conflicts_with = "into")]
    pub unplaced: bool,
    #[command(flatten)]
    pub from: From,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct Rename {
    #[arg(value_name = "网格", help = "编号，或「乡镇/网格」；也可以是乡镇或部门")]
    pub node: String,
    #[arg(value_name = "名称", help = "新的名称")]
    pub name: String,
    #[command(flatten)]
    pub how: How,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct Move {
    #[arg(value_name = "网格", help = "编号，或「乡镇/网格」；也可以是部门")]
    pub node: String,
    #[arg(long, value_name = "上级", help = "移到哪个乡镇（街道）或部门下面")]
    pub under: String,
    #[command(flatten)]
    pub from: From,
}
