//! Handing a laptop's file over to the server of this machine.
use indicatif::ProgressBar;

use super::{Failure, Place, draw};
use crate::{
    run::Courier,
    sync::{
        bundle::{Batches, Head},
        laptop::{Done, Step},
        plan::Stop,
        push::push_batch,
        talk::{SyncError, Talk},
    },
    words::t,
};

/// Gives the server batch after batch; it passes over what it has.
pub(super) fn hand_over(
    place: &Place,
    head: &Head,
    batches: &mut Batches<'_>,
    bar: &ProgressBar,
) -> Result<Done, Failure> {
    let Some(server) = &place.at_server() else { return Err(Failure::said(t!("cli.bundle.goes_up"))) };
    let mut courier = Courier::at(server, &place.files)?;
    if courier.store != head.store {
        return Err(SyncError::Stop(Stop::OtherStore).into());
    }
    let mut done = Done::default();
    let mut talk = Talk::over(&mut courier.wire);
    while let Some(bytes) = batches.next_batch().map_err(|fault| Failure::said(fault.to_string()))? {
        push_batch(&mut talk, bytes, &mut done.pushed)?;
        draw(bar, Step::Up { done: done.pushed.facts, all: head.entries });
    }
    done.notices = talk.notices;
    courier.wire.bye();
    Ok(done)
}
