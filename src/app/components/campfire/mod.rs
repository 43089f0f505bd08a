//! The campfire of the waiting room: drawn and crackling in the browser, nothing fetched, nothing from elsewhere.
//!
//! `fire` and `noise` are pure and know no browser; `painter` draws, `hearth` owns the animation, `crackle` the sound. All that comes
//! when a fire is first to be seen (`fireplace`).

mod chance;
mod crackle;
mod fire;
mod fireplace;
mod frames;
mod hearth;
mod noise;
mod painter;
mod scenery;
mod surroundings;

use leptos::html::Canvas;
use leptos::prelude::*;

use crate::app::text::call::FireWords;
pub use fireplace::{FetchFireplace, Fireplace, fireplace, fireplace_from};

use crackle::CrackleButton;
use fireplace::use_fireplace;
use hearth::Hearth;
use surroundings::{Surroundings, use_surroundings};

/// A campfire with its crackle.
///
/// It moves only while `visible` is true, the tab is in front and the person has not asked for reduced motion; otherwise
/// no animation frame is asked for. `data-burning` tells which. Under reduced motion it is one still picture. It is
/// silent until asked, and silent again as soon as `visible` is false.
#[component]
pub fn Campfire(
    /// The words of the campfire.
    words: &'static FireWords,
    /// Whether the waiting room is shown.
    #[prop(into)]
    visible: Signal<bool>,
) -> impl IntoView {
    let canvas = NodeRef::<Canvas>::new();
    let fireplace = use_fireplace(visible);
    let Surroundings { in_view, still } = use_surroundings();
    let burning = Memo::new(move |_| visible.get() && in_view.get() && !still.get());
    let standing = Memo::new(move |_| visible.get() && still.get());
    // The hearth is the effect's own value: canvas and closures never lie in a signal, and none exists on the server.
    Effect::new(move |before: Option<Option<Hearth>>| {
        drop(before);
        let (canvas, fireplace) = (canvas.get()?, fireplace.get()?);
        if burning.get() {
            Some((fireplace.burn)(canvas))
        } else {
            standing.get().then(|| (fireplace.stand_still)(canvas))
        }
    });
    view! {
        <div class="fireside">
            <canvas
                node_ref=canvas
                class="campfire"
                role="img"
                aria-label=words.picture
                data-burning=move || burning.get().to_string()
            ></canvas>
            <CrackleButton words visible fireplace />
        </div>
    }
}
