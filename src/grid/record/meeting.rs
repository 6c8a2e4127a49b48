//! Meetings, hearings and studies (M-2, A2-1长-4, A2-1副-7, A2-2长-3, A2-2副-4, A2-2副-5b, A2-2副-5c).
use super::{
    Form, Input, PLAIN,
    field::{NOTE, choice, may, must},
};

/// 会议.
pub(super) const MEETING: Form = Form {
    id: "meeting",
    name: "会议",
    help: "记议题、到会、决议；写明承办和期限的决议成为任务",
    fields: &[
        must(
            "kind",
            "会议种类",
            "经济形势分析会",
            Input::Choice(&[
                choice("joint", "联席会议"),
                choice("analysis", "经济形势分析会"),
                choice("statistics", "统计会议"),
                choice("study", "联审会"),
            ]),
        ),
        must("agenda", "议题", "三季度主要数据审查", Input::Text),
        may("people", "到会", "", Input::Attendance),
        may("with", "另有到会", "张三、李四", Input::People),
        may("resolutions", "决议", "核实用电量数据 | 兰江街道 | 11-30", Input::Tasks),
        NOTE,
    ],
    ..PLAIN
};

/// 听取汇报.
pub(super) const HEARING: Form = Form {
    id: "hearing",
    name: "听取汇报",
    help: "听取下级网格的汇报；记在汇报的那个网格",
    fields: &[
        must("reporter", "汇报人", "张三", Input::Person),
        must("content", "汇报内容", "10月走访和报表情况", Input::Lines),
        may("with", "一同听取", "李四", Input::People),
        NOTE,
    ],
    ..PLAIN
};

/// 调研.
pub(super) const STUDY: Form = Form {
    id: "study",
    name: "网格调研",
    help: "到一个网格调研，不指明哪家企业；看了企业的请记走访",
    fields: &[
        must("content", "调研内容", "查看统计之家和台账，座谈", Input::Lines),
        may("with", "同行", "李四", Input::People),
        NOTE,
    ],
    ..PLAIN
};
