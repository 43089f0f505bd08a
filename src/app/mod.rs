//! What people see.

use leptos::prelude::*;

pub mod components;
pub mod pages;

/// The root.
#[component]
pub fn App() -> impl IntoView {}
