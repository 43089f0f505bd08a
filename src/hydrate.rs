//! Where the browser begins: takes over the page that the server rendered.
//!
//! The module comes in parts (`cargo leptos build --split`). What every page needs, and the open visit, are in the first; each of
//! the clinic's pages has a `#[lazy]` function here, and its part is whatever only that function reaches. So nobody waits for the
//! code of a page that they do not see. What acts for a call is a part too, and the fire in the waiting room: a page is read, and its
//! buttons heard, without them.

use crate::{
    api::Page,
    app::{
        self,
        components::{self, Fireplace},
        pages::VisitPage,
    },
    video::{self, Engine},
};
use any_spawner::Executor;
use leptos::{
    lazy,
    mount::{hydrate_body, hydrate_from},
    prelude::*,
    task::spawn_local,
    wasm_split::{self, SplitLoaderError},
};

/// Takes over the page at this address.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    // Mounting does this too, but for the clinic's pages it comes after their part was loaded. A second time has no effect.
    drop(Executor::init_wasm_bindgen());
    video::engine_from(|| Box::pin(async { parts::call_engine().await.ok() }));
    components::fireplace_from(|| Box::pin(async { parts::fireplace().await.ok() }));
    match app::page_here() {
        Page::Visit(role) => hydrate_body(move || view! { <VisitPage role /> }),
        Page::Seat => spawn_local(seat()),
        Page::Queue => spawn_local(queue()),
        Page::ClinicVisit => spawn_local(care()),
        // These load no script.
        Page::Home | Page::NotFound => {}
    }
}

#[lazy]
async fn seat() {
    hydrate_body(app::clinic::SeatPage);
}

#[lazy]
async fn queue() {
    app::clinic::hydrate_queue(|place, view| hydrate_from(place, view).forget()).await;
}

#[lazy]
async fn care() {
    hydrate_body(app::clinic::CarePage);
}

mod parts {
    #![expect(clippy::unnecessary_wraps, reason = "what can fail is to fetch it")]

    //! Unlike `#[lazy]` ones these may fail to come without taking the page along.

    use super::{Engine, Fireplace, SplitLoaderError, components, video, wasm_split};

    #[wasm_split::wasm_split(call_engine, wasm_split_path = wasm_split, fallible)]
    pub fn call_engine() -> Result<&'static Engine, SplitLoaderError> {
        Ok(video::engine())
    }

    #[wasm_split::wasm_split(fireplace, wasm_split_path = wasm_split, fallible)]
    pub fn fireplace() -> Result<&'static Fireplace, SplitLoaderError> {
        Ok(components::fireplace())
    }
}
