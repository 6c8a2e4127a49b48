//! A laptop and its server on the command line: what is said, what goes wrong, how it ends.
#![allow(clippy::disallowed_methods, reason = "how long a broken link is waited for is measured")]
use std::time::{Duration, Instant};

use super::laptop::Pair;

#[test]
fn a_link_whose_upward_half_alone_has_ended_is_given_up_at_once() {
    let pair = Pair::open();
    // Before a server has spoken.
    pair.way("deaf", "exec tail -f /dev/null <&-");
    let begun = Instant::now();
    let said = pair.on_laptop("deaf", &["sync", "server"]);
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    assert!(said.err.starts_with("同步中断：对方断开了。"), "{}", said.err);
    // In the middle: what comes after some bytes is read by nobody, and the server does not hear of it.
    pair.enroll();
    let cut = "exec 3<&0 </dev/null\n\
               { head -c 500 <&3 3<&-; exec tail --pid=$$ -f /dev/null 3<&-; } | WANGGE attach 3<&- &\n\
               exec 3<&-\nwait";
    pair.way("cut", cut);
    let said = pair.on_laptop("cut", &["sync", "server"]);
    assert_eq!((said.code, said.out.as_str()), (1, ""), "{}", said.err);
    // What was on its way is still told: the server may have said why it does not go on.
    assert!(said.err.starts_with("同步中断：对方断开了。") || said.err.contains("只来了一半"), "{}", said.err);
    assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
    // And over a link that stands it is made up for.
    assert_eq!(pair.on_laptop("way", &["sync", "server"]).code, 0);
}
