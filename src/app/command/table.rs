//! Every command in one line: the name in the code, the name in keymap files, where it means something, and the words.
use std::borrow::Cow;

use super::Context::{self, Board, Desk, Form, Global, Help, List, Prompt};

/// Where one moves.
const MOVE: &[Context] = &[Desk, Board, List, Form, Help, Prompt];
/// Where units are listed.
const UNITS: &[Context] = &[Desk, Board, List];
const WORK: &[Context] = &[Desk, List];
const TABS: &[Context] = &[Desk];
const LISTS: &[Context] = &[List];
const FORMS: &[Context] = &[Form];
const FILTERED: &[Context] = &[Desk, Board, List, Help];
const ANYWHERE: &[Context] = &[Global];

/// One command: everything that keymap, help, hints, palette and manual say about it.
#[derive(Debug)]
pub struct CommandRow {
    /// The command.
    pub command: Command,
    /// The stable name in keymap files, for example `visit.today`.
    pub id: &'static str,
    /// Where it means something; [`Context::Global`] means everywhere.
    pub contexts: &'static [Context],
    name: &'static str,
    help: &'static str,
}

impl CommandRow {
    /// Two to five Chinese characters, or at most ten columns of English, for hints, menus and the palette.
    pub fn name(&self) -> Cow<'static, str> {
        Cow::Borrowed(self.name)
    }

    /// One sentence of at most 48 columns, for the help.
    pub fn help(&self) -> Cow<'static, str> {
        Cow::Borrowed(self.help)
    }
}

/// Makes the enum, the table and [`Command::row`] of one list.
macro_rules! commands {
    ($($name:ident $id:literal $contexts:expr, $word:literal, $help:literal;)*) => {
        /// What a person can ask for; [`COMMANDS`] says the rest about each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Command {
            $(#[doc = concat!("`", $id, "`")] $name,)*
        }

        /// All commands, in the order in which help lists them: that of the enum.
        pub static COMMANDS: &[CommandRow] = &[
            $(CommandRow { command: Command::$name, id: $id, contexts: $contexts, name: $word, help: $help },)*
        ];
    };
}

// To add a command: a line here, and a key or an explicit "unbound" in every keymap.
commands! {
    VisitToday "visit.today" UNITS, "记走访", "给选中的企业记今天走访；选了多家就一次记多家。";
    VisitForm "visit.form" UNITS, "写走访", "填写走访：日期、内容、备注、问题、复查日期。";
    MarkRange "mark.range" UNITS, "选多家", "从这一行起选多家，移动光标扩大，再按一次结束。";
    MarkAll "mark.all" UNITS, "全选", "选中列表里看得到的全部企业。";
    MarkClear "mark.clear" UNITS, "不选", "取消全部选择。";
    Training "session.training" WORK, "记培训", "登记一次统计业务培训，名单已按网格成员填好。";
    Activity "session.activity" WORK, "记活动", "登记一次统计之家活动，名单已按网格成员填好。";
    Done "duty.done" WORK, "办结", "把选中的一项职责记为已办结。";
    Record "record" TABS, "记一笔", "记会议、任务、报表、台账核对等：先选哪一种。";
    CloseProblem "problem.close" WORK, "问题销号", "把选中走访里发现的问题记为已解决。";
    AssignUnit "unit.assign" UNITS, "划入网格", "把未划入网格的企业划到一个网格。";
    Plan "plan" TABS, "网格方案", "为选中的乡镇设计三级网格，看过再决定用不用。";
    ApplyPlan "plan.apply" LISTS, "采用方案", "采用正在看的网格方案；先问一声。";
    Regroup "grid.regroup" TABS, "调整网格", "拆分、合并、撤销、改名、移动网格，先看预览。";
    Timeline "timeline" TABS, "时间表", "看哪天以前谁该办成什么、办到了没有。";
    Undo "undo" UNITS, "撤销", "撤销自己刚才记的一笔；撤销本身也留有记录。";
    NextOverdue "overdue.next" UNITS, "下一逾期", "跳到下一处逾期。";
    PrevOverdue "overdue.prev" UNITS, "上一逾期", "跳到上一处逾期。";
    History "history" UNITS, "看记录", "看选中的网格或企业以前的每一笔记录。";
    Board "board" WORK, "走访板", "看全年走访：一行一家企业，一列一个月。";
    Filter "filter" FILTERED, "查找", "按名称或拼音首字母查找，例如 lxfz 找兰溪纺织。";
    PrevMonth "month.prev" UNITS, "上月", "看上一个月。";
    NextMonth "month.next" UNITS, "下月", "看下一个月。";
    Today "today" UNITS, "今日", "回到今天所在的月份。";
    Open "open" MOVE, "打开", "打开选中的一行；表单里到下一项，输入行里确认。";
    ToggleFold "fold.toggle" TABS, "展开收起", "展开或收起选中的网格。";
    NextFocus "focus.next" MOVE, "下一处", "到下一个窗格或表单的下一项。";
    PrevFocus "focus.prev" MOVE, "上一处", "到上一个窗格或表单的上一项。";
    NextTab "tab.next" TABS, "下一页签", "看右边的页签。";
    PrevTab "tab.prev" TABS, "上一页签", "看左边的页签。";
    Tab1 "tab.1" TABS, "页签1", "看第1个页签。";
    Tab2 "tab.2" TABS, "页签2", "看第2个页签。";
    Tab3 "tab.3" TABS, "页签3", "看第3个页签。";
    Tab4 "tab.4" TABS, "页签4", "看第4个页签。";
    Tab5 "tab.5" TABS, "页签5", "看第5个页签。";
    Tab6 "tab.6" TABS, "页签6", "看第6个页签。";
    Tab7 "tab.7" TABS, "页签7", "看第7个页签。";
    Tab8 "tab.8" TABS, "页签8", "看第8个页签。";
    Tab9 "tab.9" TABS, "页签9", "看第9个页签。";
    Drafts "drafts" TABS, "草稿", "看没有保存的草稿，接着填或者丢掉。";
    DropDraft "draft.drop" LISTS, "丢掉草稿", "丢掉选中的草稿。";
    SaveForm "form.save" FORMS, "保存", "保存这张表单。";
    NextValue "form.next" FORMS, "换一个", "换成下一个可选的值，例如 到、迟到、早退。";
    PrevValue "form.prev" FORMS, "换回", "换成上一个可选的值。";
    Up "up" MOVE, "上移", "上移一行。";
    Down "down" MOVE, "下移", "下移一行。";
    Left "left" MOVE, "左移", "左移；在树上收起或回到上一级。";
    Right "right" MOVE, "右移", "右移；在树上展开。";
    PageUp "page.up" MOVE, "上翻", "上翻一屏。";
    PageDown "page.down" MOVE, "下翻", "下翻一屏。";
    Home "home" MOVE, "到头", "到第一行；在输入里到开头。";
    End "end" MOVE, "到尾", "到最后一行；在输入里到末尾。";
    Back "back" ANYWHERE, "返回", "退一步；表单里有没保存的内容时先问一声。";
    Help "help" ANYWHERE, "帮助", "看这里有哪些键可用。";
    Reload "reload" ANYWHERE, "刷新", "重新读取别人新记的内容。";
    Repaint "repaint" ANYWHERE, "重画", "屏幕乱了时整屏重画。";
    Suspend "suspend" ANYWHERE, "暂离", "暂时回到命令行；输入 fg 回来。";
    Quit "quit" ANYWHERE, "退出", "退出；记下的都已存好。";
}
