//! TCMP, version 2: the frames of layer 1, one JSON text each.
//!
//! Source: SDK module `twilioconnection.js`.

use super::Reply;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::borrow::Cow;

/// The only version of TCMP there is.
pub(in crate::rooms) const VERSION: u64 = 2;

/// A frame from a client. A message of layer 2 in it is not parsed yet, so that its errors can be told as errors of layer 2.
#[derive(Debug)]
pub(in crate::rooms) enum ClientFrame<'a> {
    /// The first frame. The client repeats it, under a new id, when it got no answer for 5 s.
    Hello {
        /// The heartbeat interval asked for, in milliseconds.
        timeout: Option<f64>,
        /// The first message of layer 2, to save a round trip.
        body: Option<&'a RawValue>,
    },
    /// A sign of life.
    Heartbeat,
    /// A message of layer 2.
    Msg {
        /// The message.
        body: &'a RawValue,
    },
    /// The orderly end.
    Bye,
}

/// What any frame may have. An enum of serde's would have to build a tree of the message before it knows what to read.
#[derive(Deserialize)]
struct Fields<'a> {
    #[serde(rename = "type", borrow)]
    kind: Cow<'a, str>,
    /// Must be 2.
    #[serde(default)]
    version: Option<u64>,
    #[serde(default)]
    timeout: Option<f64>,
    #[serde(default, borrow)]
    body: Option<&'a RawValue>,
}

impl<'a> ClientFrame<'a> {
    /// Reads a frame.
    ///
    /// # Errors
    /// If the text is no JSON or no frame of this version.
    pub(in crate::rooms) fn parse(text: &'a str) -> Result<Self, &'static str> {
        const NO_FRAME: &str = "not a frame";
        let Fields { kind, version, timeout, body } = serde_json::from_str(text).map_err(|_| NO_FRAME)?;
        match &*kind {
            "hello" if version != Some(VERSION) => Err("unsupported version"),
            "hello" => Ok(Self::Hello { timeout, body }),
            "heartbeat" => Ok(Self::Heartbeat),
            "msg" => body.map(|body| Self::Msg { body }).ok_or(NO_FRAME),
            "bye" => Ok(Self::Bye),
            _ => Err(NO_FRAME),
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
