//! `wangge pack`: packs checked, listed and shown.
use std::{io::Write, path::Path};

use super::{
    Failure, Place,
    args::{self, PackWhat},
};
use crate::{
    grid::{
        org::{Form, Post},
        pack::{Duty, Fault, Pack, Seat},
    },
    run::{BookError, PACK_FILES},
    ui::text::pad_right,
};

pub(super) fn run(place: &Place, args: &args::Pack, out: &mut dyn Write) -> Result<(), Failure> {
    match &args.what {
        PackWhat::Check { path } => check(place, path, out),
        PackWhat::List => list(place, out),
        PackWhat::Show { id } => show(place, id.as_deref(), out),
    }
}

/// Says everything that is wrong with the pack in a folder, or what there is in it.
fn check(place: &Place, path: &Path, out: &mut dyn Write) -> Result<(), Failure> {
    let folder = folder_of(path)?;
    let text = place.files.pack_in(&folder).map_err(|wrong| Failure::said(wrong.join("\n")))?;
    match Pack::parse(&text.files()) {
        Ok(pack) => {
            writeln!(out, "职责包 {}「{}」可以用：{}", pack.id, pack.name, contents(&pack))?;
            for (post, duties) in posts(&pack) {
                writeln!(out, "  {} {:>3} 条", pad_right(&post, 24), duties.len())?;
            }
            Ok(())
        }
        Err(error) => {
            let line = |fault: &Fault| format!("{}\n", folder.join(fault.to_string()).display());
            let lines: String = error.faults.iter().map(line).collect();
            Err(Failure::said(format!("{lines}共 {} 处不对，改好后再检查一次", error.faults.len())))
        }
    }
}

/// The folder that is meant, by itself or by one of its files.
fn folder_of(path: &Path) -> Result<std::path::PathBuf, Failure> {
    if path.is_dir() {
        return Ok(path.to_owned());
    }
    let is_one = path.file_name().is_some_and(|name| PACK_FILES.iter().any(|file| name == *file));
    if !path.is_file() || !is_one {
        let files = PACK_FILES.join("、");
        return Err(Failure::said(format!(
            "{} 不是职责包的文件夹，也不是其中的文件；职责包是一个文件夹，里面有 {files}",
            path.display()
        )));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    Ok(folder.unwrap_or(Path::new(".")).to_owned())
}

fn contents(pack: &Pack) -> String {
    let assumed = pack.duties.iter().filter(|duty| duty.assumed).count();
    format!(
        "{} 条职责（{assumed} 条的次数或期限由本包设定），{} 个节点，{} 个区划，{} 份清单，{} 个选项，{} 条规则",
        pack.duties.len(),
        pack.nodes.len(),
        pack.divisions.len(),
        pack.checklists.len(),
        pack.options.len(),
        pack.rules.len()
    )
}

/// The posts that have duties, by name, each with what it has.
fn posts(pack: &Pack) -> Vec<(String, Vec<&Duty>)> {
    let levels = [(1, Form::Vertical), (0, Form::Office), (2, Form::Vertical), (3, Form::Vertical), (3, Form::Flat)];
    let seats = levels.into_iter().flat_map(|(level, form)| Post::ALL.map(|post| Seat { level, form, post }));
    let of = |seat: Seat| {
        let duties: Vec<&Duty> = pack.duties.iter().filter(|duty| duty.seats.contains(&seat)).collect();
        (pack.names.seat(seat), duties)
    };
    seats.map(of).filter(|(_, duties)| !duties.is_empty()).collect()
}

fn list(place: &Place, out: &mut dyn Write) -> Result<(), Failure> {
    for (id, own) in place.files.packs() {
        let from = own.map_or_else(|| "自带".to_owned(), |folder| folder.display().to_string());
        let what = match place.files.pack(&id) {
            Some(Ok(pack)) => format!("{}，{} 条职责", pack.name, pack.duties.len()),
            Some(Err(error)) => error.to_string(),
            None => "文件不全".to_owned(),
        };
        writeln!(out, "{}  {what}（{from}）", pad_right(&id, 12))?;
    }
    Ok(())
}

fn show(place: &Place, id: Option<&str>, out: &mut dyn Write) -> Result<(), Failure> {
    match id {
        Some(id) => {
            let pack =
                place.files.pack(id).ok_or_else(|| BookError::NoPack(id.to_owned()))?.map_err(BookError::from)?;
            describe(&pack, out)
        }
        None => {
            let book = place.open()?;
            describe(book.state.pack(), out)?;
            Ok(book.close()?)
        }
    }
}

/// Everything in a pack that a person asks for: what can be chosen, whose the duties are, and what rules keep.
fn describe(pack: &Pack, out: &mut dyn Write) -> Result<(), Failure> {
    writeln!(out, "{}「{}」：{}", pack.id, pack.name, contents(pack))?;
    writeln!(out, "依据：{}", pack.source)?;
    for option in &pack.options {
        let values = option.values.join("、");
        writeln!(out, "\n选项 {} = {}（可写 {values}）\n  {}", option.id, option.value, option.note)?;
    }
    for (post, duties) in posts(pack) {
        writeln!(out, "\n{post}")?;
        for duty in duties {
            let own = if duty.assumed { "，本包设定" } else { "" };
            let kind = duty.kind.name();
            let how = match (kind, duty.once()) {
                (_, Some(day)) => format!("{day} 前"),
                ("response" | "monitor", None) => "随时".to_owned(),
                (_, None) => duty.cadence.label().to_owned(),
            };
            let (id, name) = (pad_right(&duty.id, 20), pad_right(&duty.name, 18));
            writeln!(out, "  {id} {name} {} {kind}{own}  [{} {}]", pad_right(&how, 13), duty.clause, duty.cite)?;
        }
    }
    for list in &pack.checklists {
        let items: Vec<_> = list.items.iter().map(|item| item.text.as_str()).collect();
        writeln!(out, "\n清单 {}「{}」[{}]\n  {}", list.id, list.name, list.clause, items.join("；"))?;
    }
    if !pack.rules.is_empty() {
        writeln!(out, "\n由规则落实的条款")?;
    }
    for rule in &pack.rules {
        writeln!(out, "  {} {}（{}）", pad_right(&rule.clause, 5), rule.text, rule.place)?;
    }
    Ok(())
}
