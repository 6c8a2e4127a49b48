//! The arguments, with their help in Chinese.
use std::{ffi::OsStr, path::PathBuf};

use clap::{
    Args as ClapArgs, Parser, Subcommand,
    builder::{PossibleValue, StringValueParser, TypedValueParser},
};

pub(crate) use super::record::args::Record;
use crate::term::Keymap;

pub(super) const TEMPLATE: &str = "{about}\n\n用法：{usage}\n\n{all-args}{after-help}";

/// The command line.
#[derive(Debug, Parser)]
#[command(
    name = "wangge",
    version,
    about = "统计网格的案头：看职责、记走访、办培训和统计之家活动",
    help_template = TEMPLATE,
    subcommand_help_heading = "命令",
    disable_help_subcommand = true,
    disable_help_flag = true,
    disable_version_flag = true,
    after_help = "不写命令就打开案头。先看一看：wangge demo"
)]
pub(crate) struct Args {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub verb: Option<Verb>,
}

/// What every subcommand takes.
#[derive(Clone, Debug, ClapArgs)]
#[command(next_help_heading = "通用选项")]
pub(crate) struct Global {
    #[arg(long, global = true, value_name = "目录", help = "账本所在的文件夹（默认在用户的数据目录里）")]
    pub store: Option<PathBuf>,
    #[arg(long = "as", global = true, value_name = "人员", help = "以谁的名义记录：姓名或编号")]
    pub person: Option<String>,
    #[arg(long, global = true, value_name = "名称|文件", help = "键位：default、vim、excel 或一个文件",
          value_parser = KeymapName, hide_possible_values = true)]
    pub keymap: Option<String>,
    #[arg(long, global = true, value_name = "语言", value_parser = ["zh", "en"], help = "界面语言：zh 或 en（默认看设置，再看系统语言）")]
    pub lang: Option<String>,
    #[arg(long, global = true, value_name = "名称", help = "主题：default、dark、light 等，或自己的主题")]
    pub theme: Option<String>,
    #[arg(long, global = true, help = "只用 ASCII 符号画屏幕（符号错位时用）")]
    pub ascii: bool,
    #[arg(long, global = true, value_name = "宽度", value_parser = ["narrow", "wide"],
          help = "引号、省略号等占一格（narrow）还是两格（wide），不写就问终端")]
    pub width: Option<String>,
    #[arg(short, long, global = true, action = clap::ArgAction::Help, help = "显示说明")]
    help: Option<bool>,
    #[arg(short = 'V', long, action = clap::ArgAction::Version, help = "显示版本")]
    version: Option<bool>,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub(crate) enum Verb {
    #[command(about = "看演示：真实的架构，编造的企业，退出后不留痕迹", help_template = TEMPLATE)]
    Demo(Demo),
    #[command(about = "初次使用的几个问题再问一遍：边框、语言、账本、名册、我是谁", help_template = TEMPLATE)]
    Setup,
    #[command(about = "新建账本，并按职责包建好各级网格", help_template = TEMPLATE)]
    Init(Init),
    #[command(about = "导入企业名册（xlsx 或 csv）；有一处错就什么也不建", help_template = TEMPLATE)]
    Import(Import),
    #[command(about = "记一笔：走访、会议、任务、报表、台账、办结、撤销等", help_template = TEMPLATE)]
    Record(Record),
    #[command(about = "调整网格：新建、拆分、合并、撤销、改名、移动", help_template = TEMPLATE)]
    Grid(super::grid::Grid),
    #[command(about = "列出在办的事：任务、问题、提问、人员变动等", help_template = TEMPLATE)]
    Matters(Matters),
    #[command(about = "列出一个名单里的企业，或有哪些名单", help_template = TEMPLATE)]
    List(List),
    #[command(about = "列出要办的和逾期的职责", help_template = TEMPLATE)]
    Due(Due),
    #[command(about = "设计三级网格：看方案、理由和差别，加 --apply 才采用", help_template = TEMPLATE)]
    Plan(Plan),
    #[command(about = "任务清单、实施步骤和每年期限的时间表：谁到哪天做成什么，现在怎样", help_template = TEMPLATE)]
    Timeline(Timeline),
    #[command(about = "职责包：检查、列出、查看", help_template = TEMPLATE)]
    Pack(Pack),
    #[command(about = "列出账本里的记录", help_template = TEMPLATE)]
    Log(Log),
    #[command(about = "列出正在用的键位，或检查一个键位文件", help_template = TEMPLATE)]
    Keys(Keys),
    #[command(about = "逐条核对账本是否完好", help_template = TEMPLATE)]
    Verify,
    #[command(about = "查看账本的毛病并说明怎么办；不改动任何东西", help_template = TEMPLATE)]
    Doctor,
    #[command(about = "把账本备份成一个文件（使用中也可以备份）", help_template = TEMPLATE)]
    Backup(Backup),
    #[command(about = "从备份恢复账本；原来的移到一边，不删除", help_template = TEMPLATE)]
    Restore(Restore),
    #[command(about = "按日志重建查询索引", help_template = TEMPLATE)]
    Rebuild,
    #[command(about = "输出命令补全脚本", help_template = TEMPLATE)]
    Completions {
        #[arg(value_name = "外壳", help = "bash、zsh、fish、elvish 或 powershell")]
        shell: clap_complete::Shell,
    },
    #[command(about = "输出手册页（man）", help_template = TEMPLATE)]
    Man,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct Demo {
    #[arg(long, value_name = "家数", help = "编造多少家企业（10 到 200000）", default_value_t = 2000,
          value_parser = clap::value_parser!(u32).range(10..=200_000))]
    pub units: u32,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct List {
    #[arg(value_name = "名单", help = "名单的名称；不写就列出有哪些名单")]
    pub name: Option<String>,
    #[arg(long, value_name = "网格", help = "只看这里和下级：编号，或「乡镇/网格」")]
    pub at: Option<String>,
    #[arg(long, help = "一行一个 JSON 对象", conflicts_with = "csv")]
    pub json: bool,
    #[arg(long, help = "CSV，Excel 可以直接打开")]
    pub csv: bool,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct Init {
    #[arg(long, value_name = "名称", help = "职责包，自带的是 lanxi 和 sample，见 wangge pack list")]
    pub pack: String,
    #[arg(long, value_name = "日期", help = "从哪天起计职责（默认本月一日）")]
    pub from: Option<String>,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct Import {
    #[arg(value_name = "文件", help = "xlsx 或 csv；UTF-8、GBK、GB18030 都可以")]
    pub file: PathBuf,
    #[arg(long, help = "只看会怎样，不写入")]
    pub dry_run: bool,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct Due {
    #[arg(long, value_name = "网格", help = "只看这里和它下面")]
    pub at: Option<String>,
    #[arg(long, help = "只看逾期的")]
    pub overdue: bool,
    #[arg(long, value_name = "日期", help = "看那一天的情形（默认今天）")]
    pub as_of: Option<String>,
    #[arg(long, help = "每条输出一行 JSON")]
    pub json: bool,
    #[arg(long, conflicts_with_all = ["at", "overdue", "as_of", "json"],
          help = "最多三行，供登录脚本用：总是成功，案头开着也能看")]
    pub brief: bool,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct Plan {
    #[arg(value_name = "乡镇", help = "乡镇（街道）或开发区：编号或名称")]
    pub town: String,
    #[arg(long, value_name = "日期", help = "从哪天起（默认今天）", allow_hyphen_values = true)]
    pub from: Option<String>,
    #[arg(long, help = "列出方案以后就采用；不写就什么也不改")]
    pub apply: bool,
    #[arg(long, help = "每条输出一行 JSON")]
    pub json: bool,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct Timeline {
    #[arg(long, help = "每条输出一行 JSON")]
    pub json: bool,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Pack {
    #[command(subcommand)]
    pub what: PackWhat,
}

/// What is done with packs.
#[derive(Debug, Subcommand)]
pub(crate) enum PackWhat {
    #[command(about = "检查一个职责包，把不对的地方全部列出来", help_template = TEMPLATE)]
    Check {
        #[arg(value_name = "文件夹|文件", help = "职责包的文件夹，或其中的一个文件")]
        path: PathBuf,
    },
    #[command(about = "列出可用的职责包", help_template = TEMPLATE)]
    List,
    #[command(about = "查看一个职责包：选项、清单、各岗位的职责、由规则落实的条款", help_template = TEMPLATE)]
    Show {
        #[arg(value_name = "名称", help = "职责包，不写就是这个账本用的")]
        id: Option<String>,
    },
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct Matters {
    #[arg(long, value_name = "网格", help = "只看这里和它下面")]
    pub at: Option<String>,
    #[arg(long, help = "只看还没有办结的")]
    pub open: bool,
    #[arg(long, help = "每条输出一行 JSON")]
    pub json: bool,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct Log {
    #[arg(long, value_name = "网格", help = "只看这里和它下面")]
    pub at: Option<String>,
    #[arg(long, help = "每条输出一行 JSON")]
    pub json: bool,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct Keys {
    #[arg(long, value_name = "文件", help = "检查这个键位文件，把不对的行全部列出来")]
    pub check: Option<PathBuf>,
    #[arg(long, help = "每条输出一行 JSON")]
    pub json: bool,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct Backup {
    #[arg(value_name = "文件", help = "备份写到哪里（默认当前文件夹，以日期为名）")]
    pub file: Option<PathBuf>,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct Restore {
    #[arg(value_name = "文件", help = "备份文件")]
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
