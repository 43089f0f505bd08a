//! A page that is older than the server, or than what it shows: it reloads, but never in a call, and once for each build. Two
//! servers of different builds behind one address would otherwise have it reload for ever.

use crate::app::clinic::tab;
use leptos::prelude::*;

const KEY: &str = "owl.reloaded-for";

/// Names what the server has and this page has not, as a rule its build; None as far as is known.
#[derive(Clone, Copy)]
pub struct Outdated(RwSignal<Option<String>>);

impl Outdated {
    /// As far as is known the page is not. Reloads as soon as it is and nobody is `busy`.
    pub fn new(busy: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        let newer = RwSignal::new(None::<String>);
        Effect::new(move |_| {
            // Both read each time: whichever changes may be what was waited for.
            let (newer, busy) = (newer.get(), busy());
            if let Some(newer) = newer.filter(|_| !busy)
                && is_first_time(&newer)
            {
                reload();
            }
        });
        Self(newer)
    }

    /// The server has said what it is; the page is of the build `own`.
    pub fn compare(self, own: &str, server: &str) {
        if own != server {
            self.0.set(Some(server.to_owned()));
        }
    }

    /// What the page shows is not so any more, as of the event `last`, and the stream does not say how it is.
    pub fn is_behind(self, last: u64) {
        self.0.set(Some(format!("as of {last}")));
    }

    /// The server speaks a language that the page, which is of the build `own`, does not know.
    pub fn unreadable(self, own: &str) {
        self.0.set(Some(format!("not {own}")));
    }
}

/// Makes the page anew.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        // It fails only in a page that goes away already.
        let _ = window.location().reload();
    }
}

/// Whether this tab has not reloaded for that build yet.
fn is_first_time(build: &str) -> bool {
    // A browser that refuses to store anything might reload for ever: there the old page stays.
    tab::recall(KEY).as_deref() != Some(build) && tab::remember(KEY, build)
}
