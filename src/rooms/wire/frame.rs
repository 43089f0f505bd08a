//! TCMP, version 2: the frames of layer 1, one JSON text each.
//!
//! Source: SDK module `twilioconnection.js`.

use super::Reply;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The only version of TCMP there is.
pub(in crate::rooms) const VERSION: u64 = 2;

/// A frame from a client.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(in crate::rooms) enum ClientFrame {
    /// The first frame. The client repeats it, under a new id, when it got no answer for 5 s.
    Hello {
        /// The protocol's version; must be 2.
        version: u64,
        /// The heartbeat interval asked for, in milliseconds.
        #[serde(default)]
        timeout: Option<f64>,
        /// The first message of layer 2, to save a round trip.
        #[serde(default)]
        body: Option<Value>,
    },
    /// A sign of life.
    Heartbeat,
    /// A message of layer 2. Not parsed yet, so that its errors can be told as errors of layer 2.
    Msg {
        /// The message.
        body: Value,
    },
    /// The orderly end.
    Bye,
}

impl ClientFrame {
    /// Reads a frame.
    ///
    /// # Errors
    /// If the text is no JSON or no frame of this version.
    pub(in crate::rooms) fn parse(text: &str) -> Result<Self, &'static str> {
        match serde_json::from_str(text) {
            Ok(Self::Hello { version, .. }) if version != VERSION => Err("unsupported version"),
            Ok(frame) => Ok(frame),
            Err(_) => Err("not a frame"),
        }
    }
}

/// A frame to a client.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(in crate::rooms) enum ServerFrame {
    /// Answers a hello.
    Welcome {
        /// The heartbeat interval that holds from now on, in milliseconds.
        #[serde(rename = "negotiatedTimeout")]
        negotiated_timeout: u64,
    },
    /// Not now. The client closes the socket and comes back.
    Busy {
        /// After so many milliseconds.
        #[serde(rename = "retryAfter")]
        retry_after: u64,
        /// Always false: with true the client would wait on this socket.
        #[serde(rename = "keepAlive")]
        keep_alive: bool,
    },
    /// A frame was wrong.
    Bad {
        /// In what way. Goes to the browser's log.
        reason: &'static str,
    },
    /// A sign of life.
    Heartbeat,
    /// A message of layer 2.
    Msg {
        /// The message.
        body: Box<Reply>,
    },
}
