//! `wangge import`: a roster from xlsx or csv.
use std::{fs, io::Write};

use indicatif::{ProgressBar, ProgressStyle};

use super::{Failure, Place, args};
use crate::{
    grid::{
        code::division::Divisions,
        decide::{RosterDecision, RosterLine, decide_roster},
        state::State,
    },
    run::Book,
    sheet::{self, RosterRow},
};

pub(super) fn run(place: &Place, args: &args::Import, out: &mut dyn Write) -> Result<(), Failure> {
    let book = place.open()?;
    let bar = ProgressBar::no_length();
    bar.set_style(
        ProgressStyle::with_template("读名册 [{bar:40}] {pos}/{len} 行")
            .unwrap_or_else(|_| ProgressStyle::default_bar())
            .progress_chars("##."),
    );
    import(place, book, args, &bar, out)
}

/// Takes a roster into a book and closes it; says what was done.
pub(super) fn import(
    place: &Place,
    mut book: Book,
    args: &args::Import,
    bar: &ProgressBar,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let shown = args.file.display();
    let bytes = fs::read(&args.file)
        .map_err(|error| Failure::said(format!("{shown} 打不开（{error}）；请检查文件名和路径")))?;
    let actor = place.actor(&book)?;
    let read = sheet::read(&bytes, &shown.to_string(), &divisions(&book.state), &mut |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    });
    bar.finish_and_clear();
    let roster = match read {
        Ok(roster) => roster,
        Err(errors) => return Err(listed(errors.iter().map(ToString::to_string), &shown.to_string())),
    };
    for note in &roster.notes {
        writeln!(out, "{note}")?;
    }
    let lines: Vec<RosterLine> = roster.rows.iter().map(line).collect();
    let decision = decide_roster(&book.state, &actor, &lines)
        .map_err(|errors| listed(errors.iter().map(ToString::to_string), &shown.to_string()))?;
    if args.dry_run {
        tell(&decision, "试读：将", out)?;
        writeln!(out, "没有写入任何东西；去掉 --dry-run 再运行就会写入。")?;
    } else {
        if !decision.drafts.is_empty() {
            book.append(&decision.drafts, place.clock.now_ms())?;
        }
        tell(&decision, "已", out)?;
    }
    out.flush()?;
    book.close()?;
    Ok(())
}

/// The divisions that a unit of this store can lie in: those of its pack.
fn divisions(state: &State) -> Divisions {
    let pack = state.pack();
    let mut text = String::from("code,name,parent\n");
    for division in &pack.divisions {
        text.push_str(&format!("{},{},{}\n", division.code, division.name, division.parent));
    }
    for node in pack.nodes.iter().filter(|node| node.level == 2) {
        text.push_str(&format!("{},{},{}\n", node.id, node.name, node.parent.as_deref().unwrap_or_default()));
    }
    Divisions::parse(&[&text])
}

fn line(row: &RosterRow) -> RosterLine {
    RosterLine {
        place: format!("{} 第 {} 行", row.place.sheet, row.place.row),
        code: row.code.clone(),
        name: row.name.clone(),
        industry: row.industry.clone(),
        division: row.division.clone(),
        form: row.form.clone(),
        contact: row.contact.clone(),
        phone: row.phone.clone(),
        grid: row.grid.clone(),
        sector: row.sector,
    }
}

/// All errors, a line each, and what to do next.
fn listed(errors: impl Iterator<Item = String>, file: &str) -> Failure {
    let errors: Vec<String> = errors.collect();
    let n = errors.len();
    Failure::said(format!("{}\n{file} 有 {n} 处错误，什么也没有导入；请改正后再导入", errors.join("\n")))
}

fn tell(decision: &RosterDecision, how: &str, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(
        out,
        "{how}新建 {} 家，更正 {} 家，没有变化 {} 家",
        decision.created, decision.corrected, decision.unchanged
    )?;
    if !decision.new_grids.is_empty() {
        writeln!(out, "{how}新建网格 {} 个：{}", decision.new_grids.len(), decision.new_grids.join("、"))?;
    }
    if decision.unplaced > 0 {
        writeln!(out, "{} 家没有合适的网格，标为未划入网格，请在案头划入", decision.unplaced)?;
    }
    Ok(())
}
