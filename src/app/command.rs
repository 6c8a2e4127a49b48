//! The command table: one row feeds the keymap, the help, the hints and the manual.
use Command as C;
use Context::{Board, Desk, Form, Global, Help, List, Prompt};

/// Where a key is pressed: which bindings hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// Everywhere, after the bindings of the place itself.
    Global,
    /// The tree and the detail pane.
    Desk,
    /// The visits board: enterprises by months.
    Board,
    /// A list on its own, such as a history.
    List,
    /// A form; characters go to the text field that has the focus.
    Form,
    /// The help.
    Help,
    /// A one-line question, such as the filter.
    Prompt,
}

impl Context {
    /// All of them, in the order in which help lists them.
    pub const ALL: [Context; 7] = [Desk, Board, List, Form, Help, Prompt, Global];

    /// The name in keymap files, for example `desk`.
    pub fn id(self) -> &'static str {
        match self {
            Global => "global",
            Desk => "desk",
            Board => "board",
            List => "list",
            Form => "form",
            Help => "help",
            Prompt => "prompt",
        }
    }

    /// The Chinese term.
    pub fn label(self) -> &'static str {
        match self {
            Global => "到处可用",
            Desk => "案头",
            Board => "走访板",
            List => "列表",
            Form => "表单",
            Help => "帮助",
            Prompt => "输入行",
        }
    }

    /// The context of that name in keymap files.
    pub fn from_id(id: &str) -> Option<Context> {
        Context::ALL.into_iter().find(|context| context.id() == id)
    }
}

/// What a person can ask for; [`COMMANDS`] says the rest about each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each variant is described by its row of COMMANDS")]
pub enum Command {
    Quit,
    Back,
    Help,
    Repaint,
    Reload,
    Suspend,
    Up,
    Down,
    Left,
    Right,
    PageUp,
    PageDown,
    Home,
    End,
    NextFocus,
    PrevFocus,
    Open,
    ToggleFold,
    NextTab,
    PrevTab,
    /// The tab of that number, from 1 to 9.
    Tab(u8),
    VisitToday,
    VisitForm,
    MarkRange,
    MarkAll,
    MarkClear,
    Undo,
    Today,
    PrevMonth,
    NextMonth,
    Filter,
    Board,
    Training,
    Activity,
    Done,
    CloseProblem,
    Record,
    AssignUnit,
    Plan,
    ApplyPlan,
    Regroup,
    Timeline,
    History,
    NextOverdue,
    PrevOverdue,
    SaveForm,
    NextValue,
    PrevValue,
}

/// One command: everything that keymap, help, hints and manual say about it.
#[derive(Debug)]
pub struct CommandRow {
    /// The command.
    pub command: Command,
    /// The stable name in keymap files, for example `visit.today`.
    pub id: &'static str,
    /// Two to five Chinese characters for the hint line.
    pub name: &'static str,
    /// One Chinese sentence for the help.
    pub help: &'static str,
    /// Where it means something; [`Context::Global`] means everywhere.
    pub contexts: &'static [Context],
}

impl Command {
    /// The row of this command.
    pub fn row(self) -> &'static CommandRow {
        // Every command has a row: a test goes through them.
        COMMANDS.iter().find(|row| row.command == self).unwrap_or(&COMMANDS[0])
    }

    /// The command of that name in keymap files.
    pub fn from_id(id: &str) -> Option<Command> {
        COMMANDS.iter().find(|row| row.id == id).map(|row| row.command)
    }
}

const fn row(
    command: Command,
    id: &'static str,
    name: &'static str,
    help: &'static str,
    contexts: &'static [Context],
) -> CommandRow {
    CommandRow { command, id, name, help, contexts }
}

const MOVE: &[Context] = &[Desk, Board, List, Form, Help, Prompt];
const UNITS: &[Context] = &[Desk, Board, List];
const TABS: &[Context] = &[Desk];

/// All commands, in the order in which help lists them.
pub static COMMANDS: &[CommandRow] = &[
    row(C::VisitToday, "visit.today", "记走访", "给选中的企业记今天走访；选了多家就一次记多家。", UNITS),
    row(C::VisitForm, "visit.form", "写走访", "填写走访：日期、内容、备注、问题、复查日期。", UNITS),
    row(C::MarkRange, "mark.range", "选多家", "从这一行起选多家，移动光标扩大，再按一次结束。", UNITS),
    row(C::MarkAll, "mark.all", "全选", "选中列表里看得到的全部企业。", UNITS),
    row(C::MarkClear, "mark.clear", "不选", "取消全部选择。", UNITS),
    row(C::Training, "session.training", "记培训", "登记一次统计业务培训，名单已按网格成员填好。", &[Desk, List]),
    row(C::Activity, "session.activity", "记活动", "登记一次统计之家活动，名单已按网格成员填好。", &[Desk, List]),
    row(C::Done, "duty.done", "办结", "把选中的一项职责记为已办结。", &[Desk, List]),
    row(C::Record, "record", "记一笔", "记会议、任务、报表、台账核对等：先选哪一种。", &[Desk]),
    row(C::CloseProblem, "problem.close", "问题销号", "把选中走访里发现的问题记为已解决。", &[Desk, List]),
    row(C::AssignUnit, "unit.assign", "划入网格", "把未划入网格的企业划到一个网格。", UNITS),
    row(C::Plan, "plan", "网格方案", "为选中的乡镇设计三级网格，看过再决定用不用。", &[Desk]),
    row(C::ApplyPlan, "plan.apply", "采用方案", "采用正在看的网格方案；先问一声。", &[List]),
    row(C::Regroup, "grid.regroup", "调整网格", "拆分、合并、撤销、改名、移动网格，先看预览。", TABS),
    row(C::Timeline, "timeline", "时间表", "看哪天以前谁该办成什么、办到了没有。", &[Desk]),
    row(C::Undo, "undo", "撤销", "撤销自己刚才记的一笔；撤销本身也留有记录。", UNITS),
    row(C::NextOverdue, "overdue.next", "下一逾期", "跳到下一处逾期。", UNITS),
    row(C::PrevOverdue, "overdue.prev", "上一逾期", "跳到上一处逾期。", UNITS),
    row(C::History, "history", "看记录", "看选中的网格或企业以前的每一笔记录。", UNITS),
    row(C::Board, "board", "走访板", "看全年走访：一行一家企业，一列一个月。", &[Desk, List]),
    row(C::Filter, "filter", "查找", "按名称或拼音首字母查找，例如 lxfz 找兰溪纺织。", &[Desk, Board, List, Help]),
    row(C::PrevMonth, "month.prev", "上月", "看上一个月。", UNITS),
    row(C::NextMonth, "month.next", "下月", "看下一个月。", UNITS),
    row(C::Today, "today", "今日", "回到今天所在的月份。", UNITS),
    row(C::Open, "open", "打开", "打开选中的一行；表单里到下一项，输入行里确认。", MOVE),
    row(C::ToggleFold, "fold.toggle", "展开收起", "展开或收起选中的网格。", TABS),
    row(C::NextFocus, "focus.next", "下一处", "到下一个窗格或表单的下一项。", MOVE),
    row(C::PrevFocus, "focus.prev", "上一处", "到上一个窗格或表单的上一项。", MOVE),
    row(C::NextTab, "tab.next", "下一页签", "看右边的页签。", TABS),
    row(C::PrevTab, "tab.prev", "上一页签", "看左边的页签。", TABS),
    row(C::Tab(1), "tab.1", "页签1", "看第1个页签。", TABS),
    row(C::Tab(2), "tab.2", "页签2", "看第2个页签。", TABS),
    row(C::Tab(3), "tab.3", "页签3", "看第3个页签。", TABS),
    row(C::Tab(4), "tab.4", "页签4", "看第4个页签。", TABS),
    row(C::Tab(5), "tab.5", "页签5", "看第5个页签。", TABS),
    row(C::Tab(6), "tab.6", "页签6", "看第6个页签。", TABS),
    row(C::Tab(7), "tab.7", "页签7", "看第7个页签。", TABS),
    row(C::Tab(8), "tab.8", "页签8", "看第8个页签。", TABS),
    row(C::Tab(9), "tab.9", "页签9", "看第9个页签。", TABS),
    row(C::SaveForm, "form.save", "保存", "保存这张表单。", &[Form]),
    row(C::NextValue, "form.next", "换一个", "换成下一个可选的值，例如 到、迟到、早退。", &[Form]),
    row(C::PrevValue, "form.prev", "换回", "换成上一个可选的值。", &[Form]),
    row(C::Up, "up", "上移", "上移一行。", MOVE),
    row(C::Down, "down", "下移", "下移一行。", MOVE),
    row(C::Left, "left", "左移", "左移；在树上收起或回到上一级。", MOVE),
    row(C::Right, "right", "右移", "右移；在树上展开。", MOVE),
    row(C::PageUp, "page.up", "上翻", "上翻一屏。", MOVE),
    row(C::PageDown, "page.down", "下翻", "下翻一屏。", MOVE),
    row(C::Home, "home", "到头", "到第一行；在输入里到开头。", MOVE),
    row(C::End, "end", "到尾", "到最后一行；在输入里到末尾。", MOVE),
    row(C::Back, "back", "返回", "退一步；表单里有没保存的内容时先问一声。", &[Global]),
    row(C::Help, "help", "帮助", "看这里有哪些键可用。", &[Global]),
    row(C::Reload, "reload", "刷新", "重新读取别人新记的内容。", &[Global]),
    row(C::Repaint, "repaint", "重画", "屏幕乱了时整屏重画。", &[Global]),
    row(C::Suspend, "suspend", "暂离", "暂时回到命令行；输入 fg 回来。", &[Global]),
    row(C::Quit, "quit", "退出", "退出；记下的都已存好。", &[Global]),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_command_has_one_row_with_words_for_people() {
        let mut ids = BTreeSet::new();
        let mut commands = BTreeSet::new();
        for row in COMMANDS {
            assert!(ids.insert(row.id), "{} twice", row.id);
            assert!(commands.insert(row.command), "{:?} twice", row.command);
            assert!((2..=5).contains(&row.name.chars().count()), "{}", row.name);
            assert!(row.help.ends_with('。') && !row.help.contains('\n'), "{}", row.help);
            // 80 columns leave 48 for it beside the key and the name.
            assert!(unicode_width::UnicodeWidthStr::width(row.help) <= 48, "{}", row.help);
            assert!(!row.contexts.is_empty(), "{}", row.id);
            assert_eq!(Command::from_id(row.id), Some(row.command));
        }
        assert_eq!(commands.len(), PLAIN + 9, "a command has no row");
        for command in commands {
            count(command);
            assert_eq!(command.row().command, command);
        }
    }

    /// How many variants the match below names, tabs aside.
    const PLAIN: usize = 47;

    /// Stops compiling when a variant is added: count it in [`PLAIN`] and give it a row.
    fn count(command: Command) {
        match command {
            C::Quit | C::Back | C::Help | C::Repaint | C::Reload | C::Suspend | C::Up | C::Down | C::Left => (),
            C::Right | C::PageUp | C::PageDown | C::Home | C::End | C::NextFocus | C::PrevFocus | C::Open => (),
            C::ToggleFold | C::NextTab | C::PrevTab | C::Tab(_) | C::VisitToday | C::VisitForm | C::MarkRange => (),
            C::MarkAll | C::MarkClear | C::Undo | C::Today | C::PrevMonth | C::NextMonth | C::Filter => (),
            C::Board
            | C::Training
            | C::Activity
            | C::Done
            | C::CloseProblem
            | C::Record
            | C::AssignUnit
            | C::History => (),
            C::Plan | C::ApplyPlan => (),
            C::Regroup | C::Timeline => (),
            C::NextOverdue | C::PrevOverdue | C::SaveForm | C::NextValue | C::PrevValue => (),
        }
    }

    #[test]
    fn contexts_are_found_by_their_id() {
        for context in Context::ALL {
            assert_eq!(Context::from_id(context.id()), Some(context));
        }
    }
}
