//! Why a form can't be recorded: one sentence each, naming the field.
use chrono::NaiveDate;

/// Why a form as it was filled in can't be recorded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecordRefusal {
    /// A field must be filled in.
    #[error("请填写「{0}」，例如 {1}")]
    Missing(&'static str, String),
    /// The form has no such field.
    #[error("「{0}」没有 {1} 这一栏，请去掉")]
    NoSuchField(&'static str, String),
    /// The value is of another kind than the field.
    #[error("「{0}」填的不是这一栏要的内容，例如 {1}")]
    OtherInput(&'static str, String),
    /// The text is too long.
    #[error("「{0}」太长，请缩短到 {1} 字以内")]
    TooLong(&'static str, usize),
    /// The number is too small or too large.
    #[error("「{0}」应在 {1} 到 {2} {3}之间，现在是 {4}")]
    OutOfRange(&'static str, i64, i64, &'static str, i64),
    /// No such choice.
    #[error("「{0}」没有「{1}」这一项，可选的是 {2}")]
    NoSuchChoice(&'static str, String, String),
    /// The period can't be read or is of another length.
    #[error("「{0}」{1} 不对，应写作 {2}")]
    NoSuchPeriod(&'static str, String, String),
    /// The period begins after the day of the record.
    #[error("「{0}」{1} 在 {2} 还没有开始，请核对")]
    PeriodAhead(&'static str, String, NaiveDate),
    /// The deadline lies before the record.
    #[error("「{0}」{1} 早于记录的日期 {2}，请改晚一些")]
    PastDeadline(&'static str, NaiveDate, NaiveDate),
    /// The node is not known, or did not exist.
    #[error("「{0}」里没有叫「{1}」的网格或单位，请写「乡镇/网格」或编号")]
    NoSuchNode(&'static str, String),
    /// Several nodes have the name.
    #[error("「{0}」里的「{1}」不止一个，请写「乡镇/网格」或编号")]
    SeveralNodes(&'static str, String),
    /// The person is not known.
    #[error("「{0}」里的「{1}」不在人员名册里，请先登记任职")]
    NoSuchPerson(&'static str, String),
    /// Several people have the name.
    #[error("「{0}」里叫「{1}」的不止一人，请用人员编号")]
    SeveralPeople(&'static str, String),
    /// A person stands on the roster twice.
    #[error("「{0}」里 {1} 出现了两次，请留一次")]
    Twice(&'static str, String),
    /// The pack has no such checklist for this form.
    #[error("没有编号为「{0}」的清单可在这里核对，可选的是 {1}")]
    NoSuchChecklist(String, String),
    /// The checklist has no such item.
    #[error("「{0}」没有「{1}」这一条，请从清单里选")]
    NoSuchItem(String, String),
    /// A line of resolutions can't be read.
    #[error("「{0}」的「{1}」不对，应写作 事项 | 承办 | 期限，例如 核实用电量 | 兰江街道 | 2026-11-30")]
    TaskLine(&'static str, String),
    /// The form is about a unit.
    #[error("「{0}」是关于一家企业的，请写明是哪一家")]
    NoUnit(&'static str),
    /// The form is not about a unit.
    #[error("「{0}」记在网格上，不写企业")]
    UnitNotAsked(&'static str),
    /// The form answers something.
    #[error("「{0}」要写明答复的是哪一条记录，编号见 wangge matters")]
    NoMatter(&'static str),
    /// What is answered is not there.
    #[error("找不到要答复的那条记录，可能已经撤销或更正；现有的见 wangge matters")]
    NoSuchMatter,
    /// The form does not answer that.
    #[error("「{0}」不能用来答复「{1}」，可用的是 {2}")]
    OtherMatter(&'static str, &'static str, String),
    /// The form is no part of that.
    #[error("「{0}」不能挂在这条记录下面，请去掉或换一条")]
    NoPartOf(&'static str),
    /// It is settled already.
    #[error("「{0}」已经办结，不用再记")]
    Settled(String),
    /// It lies before what it answers.
    #[error("「{0}」是 {1} 才有的，日期不能更早")]
    BeforeIt(String, NaiveDate),
    /// Parts of it are open.
    #[error("「{0}」还有 {1} 项分解出去的没有办结（{2}），请等它们办结或退回")]
    OpenParts(String, usize, String),
    /// Another form comes first.
    #[error("「{0}」还没有「{1}」，请先记那一步")]
    TooSoon(String, &'static str),
    /// A task goes down the tree.
    #[error("{0} 不在{1}之下，任务只能往下派；请换一个承办或下达单位")]
    NotBelow(String, String),
    /// A corrected task stays where it is.
    #[error("更正任务不能换承办，请撤销这一项再重新下达")]
    TaskStays,
    /// A grid reviews another one, not itself.
    #[error("互查不能和自己，请在「互查网格」里换一个")]
    WithItself,
    /// The pairs rotate.
    #[error("{0} 上一次就是和 {1} 互查的，这次请换一个网格")]
    SamePartner(String, String),
    /// Only nodes of the same level review each other.
    #[error("{0} 和 {1} 不同级，不能互查，请换一个同级的网格")]
    NoPeer(String, String),
    /// It was recorded already.
    #[error("{0} 的「{1}」已经记过，不必再记；要改请更正原来那一条")]
    Already(String, &'static str),
}

impl RecordRefusal {
    /// The label of the field that it is about, where it is about one.
    pub fn label(&self) -> Option<&'static str> {
        match self {
            RecordRefusal::Missing(label, _)
            | RecordRefusal::OtherInput(label, _)
            | RecordRefusal::TooLong(label, _)
            | RecordRefusal::OutOfRange(label, ..)
            | RecordRefusal::NoSuchChoice(label, ..)
            | RecordRefusal::NoSuchPeriod(label, ..)
            | RecordRefusal::PeriodAhead(label, ..)
            | RecordRefusal::PastDeadline(label, ..)
            | RecordRefusal::NoSuchNode(label, _)
            | RecordRefusal::SeveralNodes(label, _)
            | RecordRefusal::NoSuchPerson(label, _)
            | RecordRefusal::SeveralPeople(label, _)
            | RecordRefusal::Twice(label, _)
            | RecordRefusal::TaskLine(label, _) => Some(label),
            RecordRefusal::WithItself | RecordRefusal::SamePartner(..) | RecordRefusal::NoPeer(..) => Some("互查网格"),
            RecordRefusal::NotBelow(..) | RecordRefusal::TaskStays => Some("承办"),
            RecordRefusal::NoSuchItem(..) => Some("已达到"),
            RecordRefusal::NoSuchChecklist(..) => Some("清单"),
            _ => None,
        }
    }
}
