//! What can happen: the bodies of facts, one per kind.
//!
//! Every body is a CBOR map with small integer keys, so that a later version can add fields and an earlier one
//! skips what it does not know. Keys are never reused.
use chrono::NaiveDate;
use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::{
    access::{Account, Enrolled, Revoked},
    codec,
    custody::{Held, Receipt, Settled, Strayed},
    handover::{Handover, HandoverStep},
    id::FactId,
    record::{Acting, Exempt, Lock, Record, Unlock},
};
use crate::grid::org::{Form, Post, Sector};

/// The content of a fact.
#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// The store begins (开账): which pack it follows and since when duties count.
    StoreOpened(StoreOpened),
    /// A node of the tree as it stands from now on (网格、单位所在的层级); the subject is the node's id.
    Node(NodeRecord),
    /// A 统计调查对象 as it stands from now on; the subject is the unit's id.
    Unit(UnitRecord),
    /// A person as they stand from now on; the subject is the person's id.
    Person(PersonRecord),
    /// A unit belongs to the fact's node from a day on (划入网格); without a node it belongs to none.
    Placement(Placement),
    /// A person holds a post at the fact's node from a day to a day (任职).
    Post(PostHolding),
    /// A visit to the subject, a unit (走访).
    Visit(Visit),
    /// A training session or a 统计之家 activity at the fact's node.
    Session(Session),
    /// A duty's own record at the fact's node, for a subject where the duty asks for one (办结).
    Done(Done),
    /// An earlier fact no longer holds (撤销).
    Withdrawn(Withdrawn),
    /// A problem found on a visit is solved (问题销号).
    ProblemClosed(ProblemClosed),
    /// A record of one of the forms (会议、任务、报表、台账核对……).
    Record(Record),
    /// A duty need not be done in one period (免除).
    Exempt(Exempt),
    /// A period is closed for recording (封账).
    Lock(Lock),
    /// A named exception from a lock (准予补录).
    Unlock(Unlock),
    /// A login of the shared server is a person's (账号); the subject is the person's id.
    Account(Account),
    /// A device writes for a person (设备登记); the subject is the person's id.
    Enrolled(Enrolled),
    /// A device's facts no longer count from a moment on (设备停用); the subject is the person's id.
    Revoked(Revoked),
    /// The server took in facts of devices at a time (回执).
    Receipt(Receipt),
    /// A fact is kept and does not count until somebody decides (存疑).
    Held(Held),
    /// Somebody decided about what is held (裁定).
    Settled(Settled),
    /// An envelope that can't join its chain, kept whole; held from birth (分叉).
    Strayed(Strayed),
    /// A post is offered to who is to hold it next (移交); the subject is that person's id.
    Handover(Handover),
    /// What is said to such an offer (接交、退回、收回); the subject is who was to take over.
    HandoverStep(HandoverStep),
    /// A kind that this build does not know: kept, shown, passed on.
    Unknown {
        /// The kind's name as written.
        kind: String,
        /// The body's CBOR as written.
        cbor: Vec<u8>,
    },
}

/// See [`Body::StoreOpened`].
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct StoreOpened {
    /// The pack's id, for example `lanxi`.
    #[n(0)]
    pub pack: String,
    /// Duties count from this day.
    #[cbor(n(1), with = "codec::day")]
    pub from: NaiveDate,
    /// Whether the store holds generated sample data.
    #[n(2)]
    pub sample: bool,
    /// The public key (ed25519) of the device that says so, 32 bytes: who has the facts can check its signatures. Empty in
    /// stores of the time before keys.
    #[cbor(n(3), with = "minicbor::bytes", default)]
    pub key: Vec<u8>,
}

/// See [`Body::Node`].
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct NodeRecord {
    /// The name people read.
    #[n(0)]
    pub name: String,
    /// The id of the node above; the root has none.
    #[n(1)]
    pub parent: Option<String>,
    /// 1 一级, 2 二级, 3 三级; 0 for departments and groups, which carry no level of their own.
    #[n(2)]
    pub level: u8,
    /// Vertical, flat or office.
    #[n(3)]
    pub form: Form,
    /// What the grid is about, where it is about one thing.
    #[n(4)]
    pub sector: Option<Sector>,
    /// The first day it exists.
    #[cbor(n(5), with = "codec::day")]
    pub from: NaiveDate,
    /// The first day it no longer exists.
    #[cbor(n(6), with = "codec::maybe_day", has_nil)]
    pub to: Option<NaiveDate>,
    /// The id of the node that takes over its open work from the day it no longer exists (the successor).
    #[n(7)]
    pub into: Option<String>,
}

/// See [`Body::Unit`].
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct UnitRecord {
    /// 统一社会信用代码 (GB 32100-2015), 18 characters; villages have a 12-digit statistical code instead.
    #[n(0)]
    pub code: String,
    /// 单位详细名称.
    #[n(1)]
    pub name: String,
    /// 行业代码 (GB/T 4754-2017), four digits; empty for villages.
    #[n(2)]
    pub industry: String,
    /// 行政区划代码: the statistical code of the township (9 digits) or village (12 digits).
    #[n(3)]
    pub division: String,
    /// What it is surveyed as.
    #[n(4)]
    pub sector: Option<Sector>,
    /// 报表类别, as the office writes it.
    #[n(5)]
    pub form: String,
    /// 统计负责人 by name.
    #[n(6)]
    pub contact: String,
    /// 联系电话.
    #[n(7)]
    pub phone: String,
}

/// See [`Body::Person`].
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct PersonRecord {
    /// The name people read.
    #[n(0)]
    pub name: String,
    /// The unit that employs them, by id, where it is a member unit.
    #[n(1)]
    pub unit: Option<String>,
    /// 联系电话.
    #[n(2)]
    pub phone: String,
}

/// See [`Body::Placement`].
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Placement {
    /// The first day of membership.
    #[cbor(n(0), with = "codec::day")]
    pub from: NaiveDate,
}

/// See [`Body::Post`]. Named by (node, post, person, from): the same name again changes `to`.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct PostHolding {
    /// Which post.
    #[n(0)]
    pub post: Post,
    /// The first day.
    #[cbor(n(1), with = "codec::day")]
    pub from: NaiveDate,
    /// The first day they no longer hold it.
    #[cbor(n(2), with = "codec::maybe_day", has_nil)]
    pub to: Option<NaiveDate>,
    /// Whether it is a change of staff that must be reported upward (人员变动, A2-3长-7, A2-3员-6): somebody left the
    /// post, and not because their unit or the post moved.
    #[n(3)]
    #[cbor(default)]
    pub change: bool,
    /// Whether they only stand in for who holds it (代理), from the one day to the other.
    #[n(4)]
    #[cbor(default)]
    pub stand_in: bool,
}

/// What a visit was about; one visit can be about several things (M-7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// 走访调研.
    #[n(0)]
    Call,
    /// 台账检查.
    #[n(1)]
    Ledger,
    /// 法治宣传.
    #[n(2)]
    Law,
    /// 政策送达.
    #[n(3)]
    Policy,
    /// 业务辅导.
    #[n(4)]
    Guidance,
}

/// See [`Body::Visit`].
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Visit {
    /// What it was about; empty means a plain call.
    #[n(0)]
    pub topics: Vec<Topic>,
    /// Free text.
    #[n(1)]
    pub note: String,
    /// A problem that was found.
    #[n(2)]
    pub problem: Option<ProblemFound>,
    /// Who came along (同行), by id.
    #[n(3)]
    #[cbor(default)]
    pub with: Vec<String>,
    /// In which posts it was made, by those who came along too.
    #[n(4)]
    #[cbor(default)]
    pub acting: Vec<Acting>,
}

/// A problem found on a visit, open until a [`ProblemClosed`] names the visit.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct ProblemFound {
    /// What is wrong.
    #[n(0)]
    pub text: String,
    /// The day to look again.
    #[cbor(n(1), with = "codec::maybe_day", has_nil)]
    pub follow_up: Option<NaiveDate>,
}

/// What kind of session was held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum SessionKind {
    /// 统计业务培训.
    #[n(0)]
    Training,
    /// 统计之家活动.
    #[n(1)]
    Activity,
}

/// How a member took part (A2-3员-5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Encode, Decode, Serialize, Deserialize)]
#[cbor(index_only)]
#[serde(rename_all = "snake_case")]
pub enum AttendanceMark {
    /// 到.
    #[n(0)]
    Present,
    /// 迟到.
    #[n(1)]
    Late,
    /// 早退.
    #[n(2)]
    LeftEarly,
    /// 代会: someone sat in for them.
    #[n(3)]
    Substitute,
    /// 请假.
    #[n(4)]
    Excused,
    /// 缺席.
    #[n(5)]
    Absent,
}

/// One line of a session's roster.
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Attendance {
    /// The person's id.
    #[n(0)]
    pub person: String,
    /// How they took part.
    #[n(1)]
    pub mark: AttendanceMark,
}

/// See [`Body::Session`].
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Session {
    /// Training or activity.
    #[n(0)]
    pub kind: SessionKind,
    /// What it was about.
    #[n(1)]
    pub topic: String,
    /// How long it took, in minutes.
    #[n(2)]
    pub minutes: u32,
    /// Who took part, and how.
    #[n(3)]
    pub attendance: Vec<Attendance>,
    /// Free text.
    #[n(4)]
    pub note: String,
}

/// See [`Body::Done`].
#[derive(Clone, Debug, Default, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Done {
    /// The duty's id in the pack.
    #[n(0)]
    pub duty: String,
    /// Free text.
    #[n(1)]
    pub note: String,
    /// The period that it is for (所属期), where that is not the one in which it was done.
    #[n(2)]
    pub period: Option<String>,
}

/// See [`Body::Withdrawn`].
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct Withdrawn {
    /// The fact that no longer holds.
    #[n(0)]
    pub of: FactId,
    /// Why.
    #[n(1)]
    pub reason: String,
}

/// See [`Body::ProblemClosed`].
#[derive(Clone, Debug, PartialEq, Encode, Decode)]
#[cbor(map)]
pub struct ProblemClosed {
    /// The visit that found the problem.
    #[n(0)]
    pub of: FactId,
    /// How it was solved.
    #[n(1)]
    pub note: String,
}
