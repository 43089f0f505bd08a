//! .
use leptos::prelude::*;
/// The root.
#[component]
pub fn App() -> impl IntoView {}
