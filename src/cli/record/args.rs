//! The arguments of `wangge record` that are not made from forms.
use clap::{Args as ClapArgs, Subcommand};

use super::form::What;
use crate::cli::args::TEMPLATE;

#[derive(Debug, ClapArgs)]
pub(crate) struct Record {
    #[command(subcommand)]
    pub what: What,
}

/// What is recorded beside the forms.
#[derive(Debug, Subcommand)]
pub(crate) enum Plain {
    #[command(about = "走访", help_template = TEMPLATE)]
    Visit(RecordVisit),
    #[command(about = "统计业务培训", help_template = TEMPLATE)]
    Training(RecordSession),
    #[command(about = "统计之家活动", help_template = TEMPLATE)]
    Activity(RecordSession),
    #[command(about = "办结一项职责", help_template = TEMPLATE)]
    Done(RecordDone),
    #[command(about = "把企业划入网格", help_template = TEMPLATE)]
    Place(RecordPlace),
    #[command(about = "任职：谁从哪天起担任哪个网格的什么岗位", help_template = TEMPLATE)]
    Post(RecordPost),
    #[command(about = "问题销号", help_template = TEMPLATE)]
    Close(RecordFact),
    #[command(about = "撤销一条记录", help_template = TEMPLATE)]
    Withdraw(RecordFact),
    #[command(about = "免除一项职责的一期，要写理由和批准人", help_template = TEMPLATE)]
    Exempt(RecordExempt),
    #[command(about = "封账：这一天和以前的不能再补录", help_template = TEMPLATE)]
    Lock(RecordLock),
    #[command(about = "准予补录封了账的几天", help_template = TEMPLATE)]
    Unlock(RecordUnlock),
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct When {
    #[arg(
        long,
        value_name = "日期",
        help = "发生在哪天：2026-11-20、11-20、20、-1、昨天（默认今天）",
        allow_hyphen_values = true
    )]
    pub on: Option<String>,
    #[arg(long, value_name = "文字", help = "备注", default_value = "", hide_default_value = true)]
    pub note: String,
    #[arg(
        long,
        value_name = "文字",
        help = "补录原因：为什么当月没有记",
        default_value = "",
        hide_default_value = true
    )]
    pub why: String,
    #[arg(long, help = "每条输出一行 JSON")]
    pub json: bool,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct RecordVisit {
    #[arg(value_name = "企业", required = true, help = "统一社会信用代码，或名称，或名称的一部分")]
    pub units: Vec<String>,
    #[command(flatten)]
    pub when: When,
    #[arg(
        long = "topic",
        value_name = "内容",
        help = "call 走访、ledger 台账检查、law 法治宣传、policy 政策送达、guidance 辅导；可写几个"
    )]
    pub topics: Vec<String>,
    #[arg(long, value_name = "文字", help = "发现的问题")]
    pub problem: Option<String>,
    #[arg(long, value_name = "日期", help = "复查日期", requires = "problem")]
    pub follow_up: Option<String>,
    #[arg(long, value_name = "姓名", help = "同行的人，可写几次")]
    pub with: Vec<String>,
    #[arg(long, value_name = "记录编号", help = "更正这一条走访")]
    pub amends: Option<String>,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct RecordSession {
    #[arg(value_name = "网格", help = "编号，或「乡镇/网格」")]
    pub grid: String,
    #[arg(long, value_name = "文字", help = "主题")]
    pub topic: String,
    #[command(flatten)]
    pub when: When,
    #[arg(long, value_name = "小时", help = "时长", default_value_t = 2.0)]
    pub hours: f64,
    #[arg(long, value_name = "姓名", help = "迟到的人，可写几次；没点到名的都算到")]
    pub late: Vec<String>,
    #[arg(long, value_name = "姓名", help = "早退的人")]
    pub left_early: Vec<String>,
    #[arg(long, value_name = "姓名", help = "由别人代会的人")]
    pub substitute: Vec<String>,
    #[arg(long, value_name = "姓名", help = "请假的人")]
    pub excused: Vec<String>,
    #[arg(long, value_name = "姓名", help = "缺席的人")]
    pub absent: Vec<String>,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct RecordDone {
    #[arg(value_name = "职责", help = "职责的编号，例如 analysis；见 wangge due")]
    pub duty: String,
    #[arg(value_name = "网格", help = "编号，或「乡镇/网格」")]
    pub grid: String,
    #[arg(long = "unit", value_name = "企业", help = "逐家办的职责写明哪几家")]
    pub units: Vec<String>,
    #[arg(long, value_name = "期", help = "为哪一期办的：2026-10、2026-Q3、2026（默认是日期所在的一期）")]
    pub period: Option<String>,
    #[command(flatten)]
    pub when: When,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct RecordPlace {
    #[arg(value_name = "企业", required = true, help = "统一社会信用代码，或名称，或名称的一部分")]
    pub units: Vec<String>,
    #[arg(long, value_name = "网格", help = "编号，或「乡镇/网格」")]
    pub grid: String,
    #[arg(long, value_name = "日期", help = "从哪天起（默认今天）", allow_hyphen_values = true)]
    pub from: Option<String>,
    #[arg(long, help = "每条输出一行 JSON")]
    pub json: bool,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct RecordPost {
    #[arg(value_name = "姓名", help = "姓名；名册里没有就新登记一人")]
    pub name: String,
    #[arg(value_name = "网格", help = "编号，或「乡镇/网格」")]
    pub grid: String,
    #[arg(long, value_name = "岗位", help = "leader 网格长、deputy 副网格长、member 网格员、guide 指导员")]
    pub post: String,
    #[arg(long, value_name = "电话", help = "联系电话", default_value = "", hide_default_value = true)]
    pub phone: String,
    #[arg(long, value_name = "日期", help = "从哪天起（默认今天）", allow_hyphen_values = true)]
    pub from: Option<String>,
    #[arg(long, help = "每条输出一行 JSON")]
    pub json: bool,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct RecordFact {
    #[arg(value_name = "记录编号", help = "见 wangge log")]
    pub fact: String,
    #[command(flatten)]
    pub when: When,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct RecordExempt {
    #[arg(value_name = "职责", help = "职责的编号，见 wangge due")]
    pub duty: String,
    #[arg(value_name = "网格", help = "编号，或「乡镇/网格」")]
    pub node: String,
    #[arg(long, value_name = "期", help = "哪一期：2026-10、2026-Q3、2026")]
    pub period: String,
    #[arg(long, value_name = "文字", help = "为什么免除")]
    pub reason: String,
    #[arg(long, value_name = "姓名", help = "批准人：上级的网格长或副网格长")]
    pub approver: String,
    #[arg(long, help = "每条输出一行 JSON")]
    pub json: bool,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct RecordLock {
    #[arg(value_name = "网格", help = "编号，或「乡镇/网格」；它和它下面都封")]
    pub node: String,
    #[arg(long, value_name = "日期", help = "封到哪天", allow_hyphen_values = true)]
    pub through: String,
    #[arg(long, help = "每条输出一行 JSON")]
    pub json: bool,
}

#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "参数")]
pub(crate) struct RecordUnlock {
    #[arg(value_name = "网格", help = "编号，或「乡镇/网格」")]
    pub node: String,
    #[arg(long, value_name = "日期", help = "从哪天起的可以补录", allow_hyphen_values = true)]
    pub from: String,
    #[arg(long, value_name = "日期", help = "到哪天为止的可以补录", allow_hyphen_values = true)]
    pub through: String,
    #[arg(long, value_name = "日期", help = "最晚哪天补完")]
    pub until: String,
    #[arg(long, value_name = "文字", help = "为什么准予")]
    pub reason: String,
    #[arg(long, value_name = "姓名", help = "批准人：上级的网格长或副网格长")]
    pub approver: String,
    #[arg(long, help = "每条输出一行 JSON")]
    pub json: bool,
}
