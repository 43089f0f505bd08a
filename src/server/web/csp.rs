//! The Content-Security-Policy: what a page may load, run and connect to. It is what makes "no third-party request" true
//! even of a page with a fault in it.

use crate::server::{AppState, Engine, Origin};
use axum::http::HeaderValue;

/// Twilio's signalling. The SDK's own default address; with `insights: false` it connects to nothing else.
const TWILIO_SIGNALING: &str = "wss://global.vss.twilio.com";

/// For everything that is no page: nothing at all, not even in a frame.
pub const FOR_THE_REST: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
);

/// For the page that carries this nonce. `None` does not happen: every part is checked to be plain ASCII.
pub fn for_page(state: &AppState, own: Option<&Origin>, nonce: &str) -> Option<HeaderValue> {
    let mut connect = String::from("'self'");
    let mut allow = |source: &str| {
        connect.push(' ');
        connect.push_str(source);
    };
    if let Some(own) = own {
        // Safari before 15.4 does not count ws: as 'self'.
        allow(&own.websocket());
        // The reload socket of `cargo leptos watch` is another origin.
        if state.watched {
            allow(&format!("ws://{}:{}", own.host(), state.leptos.reload_port));
        }
    }
    if matches!(state.engine, Engine::Twilio { .. }) {
        allow(TWILIO_SIGNALING);
    }
    let policy = format!(
        "default-src 'none'; \
         script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'self'; \
         img-src 'self' data:; \
         font-src 'self'; \
         media-src 'self' blob: mediastream:; \
         connect-src {connect}; \
         manifest-src 'self'; \
         base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    );
    HeaderValue::try_from(policy).ok()
}
