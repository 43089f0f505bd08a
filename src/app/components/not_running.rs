//! What a person sees whose browser could not load or run the page's code.

use leptos::prelude::*;

/// What is said then.
#[derive(Debug, Clone, Copy)]
pub struct NotReady {
    /// That it is so.
    pub title: &'static str,
    /// What it may be.
    pub why: &'static str,
    /// What to do, in this order.
    pub steps: [&'static str; 3],
}

/// Somebody must say why nothing can be pressed, or why nothing changes. It needs no script: the style sheet reveals it after some
/// seconds, unless the page is ready by then. A child of what has `data-hydrated`.
///
/// The browser's half does not walk into it: whoever needs the words has no browser's half.
#[component]
pub fn NotRunning(
    /// In the reader's language.
    words: &'static NotReady,
) -> impl IntoView {
    #[cfg(target_arch = "wasm32")]
    {
        let _ = words;
        view! { <div class="not-running"></div> }
    }
    #[cfg(not(target_arch = "wasm32"))]
    {
        let NotReady { title, why, steps } = *words;
        view! {
            <div class="not-running">
                <section class="notice notice--warning">
                    <h2>{title}</h2>
                    <p>{why}</p>
                    <ol>{steps.map(|step| view! { <li>{step}</li> }).collect_view()}</ol>
                </section>
            </div>
        }
    }
}
