//! What decides whether the fire moves besides its page: the tab and the person's wish for stillness.

use gloo_events::EventListener;
use leptos::prelude::*;

/// Both `false` on the server and until the page has been taken over, so that the first render is the same.
#[derive(Clone, Copy)]
pub struct Surroundings {
    /// The tab is in front and the screen is on.
    pub in_view: ReadSignal<bool>,
    /// The device is set to reduced motion.
    pub still: ReadSignal<bool>,
}

/// Follows both until the owner is cleaned up.
pub fn use_surroundings() -> Surroundings {
    let (in_view, set_in_view) = signal(false);
    let (still, set_still) = signal(false);
    // The effect runs in the browser only and owns the listeners as its value; they go when it goes.
    Effect::new(move |_| {
        let read_view = move || set_in_view.set(!document().hidden());
        read_view();
        let view = EventListener::new(&document(), "visibilitychange", move |_| read_view());
        let motion = window().match_media("(prefers-reduced-motion: reduce)").ok().flatten().map(|wish| {
            let read_wish = {
                let wish = wish.clone();
                move || set_still.set(wish.matches())
            };
            read_wish();
            EventListener::new(&wish, "change", move |_| read_wish())
        });
        (view, motion)
    });
    Surroundings { in_view, still }
}
