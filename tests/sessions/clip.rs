//! Clips: frames of sessions that stand in a document between `<!-- clip: SESSION/FRAME SIZE -->` and the fence
//! that closes the block after it. The word of the tests' standing clock is left out: no reader ever sees it.
use super::script::{Script, Size};

/// The document with every clip as the sessions show it; the error names a clip that no session shows.
pub fn fill(document: &str, scripts: &[Script]) -> Result<String, String> {
    let mut out = String::with_capacity(document.len());
    let mut lines = document.lines();
    while let Some(line) = lines.next() {
        out += line;
        out.push('\n');
        let Some(marker) = line.trim().strip_prefix("<!-- clip:").and_then(|rest| rest.strip_suffix("-->")) else {
            continue;
        };
        let rows =
            find(marker.trim(), scripts).ok_or_else(|| format!("no session shows the clip `{}`", marker.trim()))?;
        let open = lines.next().filter(|fence| fence.starts_with("```"));
        let open = open.ok_or_else(|| format!("the clip `{}` needs a fenced block below it", marker.trim()))?;
        out += open;
        out.push('\n');
        rows.iter().for_each(|row| {
            out += &without_standing_clock(row);
            out.push('\n');
        });
        lines.find(|fence| *fence == "```").ok_or("a clip's block is never closed")?;
        out += "```\n";
    }
    Ok(out)
}

/// The row without `停钟`; its columns go to the widest gap, so that what is right-aligned stays so.
fn without_standing_clock(row: &str) -> String {
    let Some((before, after)) = row.split_once("  停钟") else { return row.to_owned() };
    let row = format!("{before}{after}");
    let gaps = row.match_indices(|c: char| c != ' ').map(|(at, _)| at);
    let ends = gaps.map(|at| (at - row[..at].trim_end_matches(' ').len(), at));
    let widest = ends.max().map_or(0, |(_, at)| at);
    format!("{}      {}", &row[..widest], &row[widest..])
}

fn find<'a>(marker: &str, scripts: &'a [Script]) -> Option<&'a [String]> {
    let (place, size) = marker.split_once(' ')?;
    let (session, frame) = place.rsplit_once('/')?;
    let script = scripts.iter().find(|script| script.name == session)?;
    script.frames(frame)?.get(&Size::parse(size.trim())?).map(Vec::as_slice)
}
