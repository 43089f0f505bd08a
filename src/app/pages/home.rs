//! `/`: what this is, and the way in. Plain links; it needs no script.

use leptos::prelude::*;

use crate::api::{EngineInfo, EngineKind};
use crate::app::components::{Owl, SiteFooter, SiteHeader};

/// The home page.
#[component]
pub fn HomePage(
    /// The engine that this server really uses.
    engine: EngineInfo,
    /// Whether the demo visit exists for the person who asks. Without it the doors would lead nowhere.
    demo_open: bool,
) -> impl IntoView {
    view! {
        <SiteHeader />
        <main id="main" class="page home" tabindex="-1">
            <Hero />
            {if demo_open { view! { <Doors /> }.into_any() } else { view! { <ByInvitation /> }.into_any() }}
            <Steps />
            {demo_open.then(|| view! { <TryIt /> })}
            <AboutVideo engine />
        </main>
        <SiteFooter />
    }
}

#[component]
fn Hero() -> impl IntoView {
    view! {
        <div class="hero">
            <Owl class="hero__owl" />
            <h1>"Welcome to Owl Hospital Telemedicine"</h1>
            <p class="lead">
                "See your provider by video, from where you are. No account, and nothing to install: a browser is enough."
            </p>
        </div>
    }
}

#[component]
fn Doors() -> impl IntoView {
    view! {
        <ul class="doors">
            <li>
                <a class="card door" href="/patient">
                    <img src="/campfire.svg" alt="" width="72" height="72" />
                    <strong>"I am a patient"</strong>
                    <span>"Wait by the campfire until your provider comes."</span>
                </a>
            </li>
            <li>
                <a class="card door" href="/provider">
                    <img src="/stethoscope.svg" alt="" width="72" height="72" />
                    <strong>"I am a provider"</strong>
                    <span>"Join the room and see your patient."</span>
                </a>
            </li>
        </ul>
    }
}

#[component]
fn ByInvitation() -> impl IntoView {
    view! {
        <p class="card">
            "Visits here are by invitation. Please use the link that your clinic sent you, or call your clinic."
        </p>
    }
}

#[component]
fn Steps() -> impl IntoView {
    view! {
        <section aria-labelledby="steps">
            <h2 id="steps">"How a visit goes"</h2>
            <ol class="steps">
                <li>"Press Join Room and allow the camera and microphone."</li>
                <li>"Sit by the campfire until your provider comes."</li>
                <li>"You see each other, and you talk."</li>
            </ol>
        </section>
    }
}

#[component]
fn TryIt() -> impl IntoView {
    view! {
        <section class="card" aria-labelledby="try">
            <h2 id="try">"Try it: open both"</h2>
            <p>"Open the two pages in two tabs, or on two devices, and press Join Room in each."</p>
            <div class="actions">
                <a class="button" href="/patient" target="_blank" rel="noopener">
                    "Patient, in a new tab"
                </a>
                <a class="button" href="/provider" target="_blank" rel="noopener">
                    "Provider, in a new tab"
                </a>
            </div>
            <p>
                "This is an open demonstration: everybody who joins meets in the same room. Please tell nothing private here."
            </p>
        </section>
    }
}

#[component]
fn AboutVideo(engine: EngineInfo) -> impl IntoView {
    let (name, way, reach) = describe(engine);
    view! {
        <section class="card" aria-labelledby="video" data-engine=engine_code(engine.engine)>
            <h2 id="video">"Video engine: " {name}</h2>
            <p>{way}</p>
            {reach.map(|reach| view! { <p>{reach}</p> })}
        </section>
    }
}

fn engine_code(engine: EngineKind) -> &'static str {
    match engine {
        EngineKind::Embedded => "embedded",
        EngineKind::Remote => "remote",
        EngineKind::Twilio => "twilio",
    }
}

/// The engine's name, the way that picture and sound take, and how far calls reach.
fn describe(info: EngineInfo) -> (&'static str, &'static str, Option<&'static str>) {
    match info {
        EngineInfo { engine: EngineKind::Embedded, relay_configured } => (
            "embedded",
            "This server connects the calls itself. Picture and sound go from browser to browser, encrypted end to end.",
            Some(if relay_configured {
                "A TURN server is set up, so that calls reach beyond the local network."
            } else {
                "No TURN server is set up: calls work within one local network. Calls beyond it need a TURN server."
            }),
        ),
        EngineInfo { engine: EngineKind::Remote, relay_configured } => (
            "our own room server",
            "A room server of our own, on another machine, connects the calls. Picture and sound go from browser to \
             browser, encrypted end to end.",
            Some(if relay_configured {
                "A TURN server is set up, so that calls reach beyond the local network."
            } else {
                "Calls reach beyond one local network only if that room server knows a TURN server."
            }),
        ),
        EngineInfo { engine: EngineKind::Twilio, .. } => {
            ("Twilio", "Picture and sound travel, encrypted, through Twilio\u{2019}s cloud.", None)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(engine: EngineKind, relay_configured: bool) -> String {
        view! { <HomePage engine=EngineInfo { engine, relay_configured } demo_open=true /> }.to_html()
    }

    #[test]
    fn tells_that_a_turn_server_is_missing_only_where_one_is() {
        let missing = "Calls beyond it need a TURN server";
        assert!(html(EngineKind::Embedded, false).contains(missing));
        assert!(!html(EngineKind::Embedded, true).contains(missing));
        assert!(!html(EngineKind::Twilio, false).contains(missing));
        let elsewhere = "only if that room server knows a TURN server";
        assert!(html(EngineKind::Remote, false).contains(elsewhere));
        assert!(!html(EngineKind::Remote, true).contains(elsewhere));
    }

    #[test]
    fn leads_to_both_sides_and_opens_both() {
        let html = html(EngineKind::Embedded, false);
        for role in ["patient", "provider"] {
            assert_eq!(html.matches(&format!("href=\"/{role}\"")).count(), 2, "{role}");
        }
        assert_eq!(html.matches("rel=\"noopener\"").count(), 2);
    }
}
