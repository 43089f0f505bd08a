//! Entering a room.

use super::{LocalMedia, error_code, sys};
use crate::{api::JoinTicket, domain::IceServer};
use js_sys::Reflect;
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The SDK's `ConnectOptions`, those that we set.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ConnectOptions<'a> {
    name: &'a str,
    /// Usage figures for Twilio. Off: no request but the call's own.
    insights: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    ws_server: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ice_servers: Option<&'a [IceServer]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ice_transport_policy: Option<&'static str>,
}

/// A connection on its way. Dropping it before [`Connecting::done`] has been awaited to the end calls it off.
#[must_use = "the connection is called off when this is dropped"]
pub struct Connecting {
    promise: sys::CancelablePromise,
}

/// Begins to enter the ticket's room with the given media. `origin` is the page's, such as `https://example.org`.
///
/// # Errors
/// Twilio's error code, if the SDK gives one.
pub fn connect(ticket: &JoinTicket, media: &LocalMedia, origin: &str) -> Result<Connecting, Option<u32>> {
    let embedded = ticket.signaling.as_ref();
    let options = ConnectOptions {
        name: &ticket.room,
        insights: false,
        // `https:` becomes `wss:`, `http:` becomes `ws:`.
        ws_server: embedded.map(|path| format!("ws{}{path}", origin.trim_start_matches("http"))),
        ice_servers: ticket.ice_servers.as_deref(),
        ice_transport_policy: ticket.relay_only.then_some("relay"),
    };
    let options = serde_wasm_bindgen::to_value(&options).map_err(|_| None)?;
    Reflect::set(&options, &"tracks".into(), &media.as_js()).map_err(|_| None)?;
    let promise = sys::connect(&ticket.token, &options).map_err(|error| error_code(&error))?;
    Ok(Connecting { promise })
}

impl Connecting {
    /// A future of the SDK's room. Does not borrow, so that the connection can be called off meanwhile.
    pub(super) fn room(&self) -> impl Future<Output = Result<sys::Room, JsValue>> + use<> {
        let room = JsFuture::from(self.promise.unchecked_ref::<js_sys::Promise>().clone());
        async move { room.await.map(JsCast::unchecked_into) }
    }
}

impl Drop for Connecting {
    fn drop(&mut self) {
        // Does nothing once the room is there. With ICE servers of ours the SDK makes its socket a moment later, and called off
        // before that it throws, having called the connection off all the same.
        let _ = self.promise.cancel();
    }
}
