//! Fetches the engine, and keeps in line what is to be done until it is there.

use super::{super::send, ENGINE};
use crate::{
    domain::call::{Effect, Event, MediaFailure, Report, TicketFailure},
    video::loader,
};
use gloo_timers::callback::Timeout;
use std::cell::{Cell, RefCell};
use wasm_bindgen_futures::spawn_local;

thread_local! {
    static LINE: RefCell<Vec<Effect>> = const { RefCell::new(Vec::new()) };
    static FETCHING: Cell<bool> = const { Cell::new(false) };
    /// A part that neither comes nor fails would leave the person waiting for ever.
    static PATIENCE: RefCell<Option<Timeout>> = const { RefCell::new(None) };
}

/// Brings the engine and the SDK beside each other once the page has been painted, to have them at hand.
pub fn prepare() {
    loader::after_the_paint(|| {
        fetch();
        spawn_local(async {
            // Joining waits for it too, tries again, and tells if it cannot be had.
            let _ = loader::ready().await;
        });
    });
}

/// Does what the machine wants, in its order: now, or as soon as the engine is there.
pub fn carry_out(effects: Vec<Effect>) {
    if let Some(engine) = ENGINE.get() {
        effects.into_iter().for_each(engine.carry_out);
    } else if !effects.is_empty() {
        LINE.with_borrow_mut(|line| line.extend(effects));
        PATIENCE.set(Some(Timeout::new(loader::PATIENCE_MS, give_up)));
        fetch();
    }
}

fn fetch() {
    if ENGINE.get().is_some() || FETCHING.replace(true) {
        return;
    }
    spawn_local(async {
        let fetched = the_engine().await;
        FETCHING.set(false);
        match fetched {
            Ok(engine) => {
                ENGINE.set(Some(engine));
                PATIENCE.take();
                LINE.take().into_iter().for_each(engine.carry_out);
            }
            // Whoever tries again fetches again.
            Err(_) => give_up(),
        }
    });
}

/// Says of everything in line that it cannot be done.
fn give_up() {
    LINE.take().into_iter().filter_map(failure).for_each(send);
}

fn failure(effect: Effect) -> Option<Event> {
    let (attempt, report) = match effect {
        Effect::AskForMedia(attempt, _) => (attempt, Report::MediaFailed(MediaFailure::Unavailable)),
        Effect::FetchTicket(attempt) => (attempt, Report::TicketFailed(TicketFailure::Unreachable)),
        Effect::Connect(attempt) => (attempt, Report::ConnectFailed(None)),
        // Nothing was begun that these could change or end.
        Effect::Publish
        | Effect::Disconnect
        | Effect::Switch(..)
        | Effect::Restart(..)
        | Effect::StopMedia => return None,
    };
    Some(Event::reported(attempt, report))
}

#[cfg(feature = "hydrate")]
use split::the_engine;

/// The split of the module. Whatever only [`super::PARTS`] reaches is in the engine's part.
#[cfg(feature = "hydrate")]
mod split {
    #![expect(clippy::unnecessary_wraps, reason = "what can fail is to fetch it")]

    use super::super::{Engine, PARTS};
    use leptos::wasm_split::{self, SplitLoaderError};

    #[wasm_split::wasm_split(call_engine, wasm_split_path = wasm_split, fallible)]
    pub fn the_engine() -> Result<&'static Engine, SplitLoaderError> {
        Ok(&PARTS)
    }
}

/// Where the module is whole, as in the tests of the binding, so is the engine.
#[cfg(not(feature = "hydrate"))]
#[expect(clippy::unused_async, reason = "as where it has to be fetched")]
async fn the_engine() -> Result<&'static super::Engine, std::convert::Infallible> {
    Ok(&super::PARTS)
}
