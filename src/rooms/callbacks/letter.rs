//! An event as it goes over the wire, and its signature.
//!
//! Source: <https://www.twilio.com/docs/usage/security#validating-requests> and `webhooks.js` of Twilio's Node helper.

use crate::rooms::{
    core::{EventParticipant, RoomSid, StatusEvent},
    date,
    wire::TrackKind,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use hmac::{Hmac, Mac, digest::InvalidLength};
use reqwest::Url;
use secrecy::{ExposeSecret, SecretString};
use sha1::Sha1;
use std::collections::BTreeMap;

/// An event as it goes over the wire.
#[derive(Debug, Clone)]
pub(super) struct Letter {
    /// The room that it is about.
    pub room: RoomSid,
    /// Which event.
    pub event: &'static str,
    /// Whether the parameters go into the address.
    pub by_get: bool,
    address: String,
    /// By name: in this order they are signed.
    parameters: BTreeMap<&'static str, String>,
}

/// What is sent.
#[derive(Debug)]
pub(super) struct Sealed<'a> {
    /// Where to.
    pub url: Url,
    /// The form. None: everything is in the address.
    pub form: Option<&'a BTreeMap<&'static str, String>>,
    /// For `X-Twilio-Signature`.
    pub signature: String,
}

/// Why a letter cannot be sealed. Neither happens: addresses are checked when a room is made, and an HMAC takes any key.
#[derive(Debug, thiserror::Error)]
pub(super) enum SealError {
    /// The address is none.
    #[error("not an address")]
    Address,
    /// The key is not usable.
    #[error(transparent)]
    Key(#[from] InvalidLength),
}

impl Letter {
    /// Writes an event that happened at this time (Unix milliseconds).
    pub fn write(event: StatusEvent, account_sid: &str, unix_millis: u64) -> Self {
        let status = if event.room_duration.is_some() { "completed" } else { "in-progress" };
        let mut parameters = BTreeMap::from([
            ("AccountSid", account_sid.to_owned()),
            ("RoomName", event.room_name),
            ("RoomSid", event.room.to_string()),
            ("RoomStatus", status.to_owned()),
            ("RoomType", event.room_kind.to_string()),
            ("SequenceNumber", event.sequence.to_string()),
            ("StatusCallbackEvent", event.name.to_owned()),
            ("Timestamp", date::milliseconds(unix_millis)),
        ]);
        parameters.extend(event.room_duration.map(|seconds| ("RoomDuration", seconds.to_string())));
        if let Some(EventParticipant { sid, identity, duration }) = event.participant {
            let status = if duration.is_some() { "disconnected" } else { "connected" };
            parameters.insert("ParticipantSid", sid.to_string());
            parameters.insert("ParticipantIdentity", identity);
            parameters.insert("ParticipantStatus", status.to_owned());
            parameters.extend(duration.map(|seconds| ("ParticipantDuration", seconds.to_string())));
        }
        if let Some((sid, kind)) = event.track {
            let kind = match kind {
                TrackKind::Audio => "audio",
                TrackKind::Video => "video",
                TrackKind::Data => "data",
            };
            parameters.insert("TrackSid", sid.to_string());
            parameters.insert("TrackKind", kind.to_owned());
        }
        Self {
            room: event.room,
            event: event.name,
            by_get: event.callback.by_get,
            address: event.callback.url,
            parameters,
        }
    }

    /// Signs it: the HMAC-SHA1 of the address as it is requested and, after it, of every form field's name and value.
    pub fn seal(&self, key: &SecretString) -> Result<Sealed<'_>, SealError> {
        let mut url = Url::parse(&self.address).map_err(|_| SealError::Address)?;
        let form = if self.by_get {
            url.query_pairs_mut().extend_pairs(&self.parameters);
            None
        } else {
            Some(&self.parameters)
        };
        let mut mac = Hmac::<Sha1>::new_from_slice(key.expose_secret().as_bytes())?;
        mac.update(url.as_str().as_bytes());
        for (name, value) in form.into_iter().flatten() {
            mac.update(name.as_bytes());
            mac.update(value.as_bytes());
        }
        let signature = STANDARD.encode(mac.finalize().into_bytes());
        Ok(Sealed { url, form, signature })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of Twilio's page on webhook security, as `spec/validation.spec.js` of its Node helper has it.
    #[test]
    fn the_signature_is_that_of_twilios_example() {
        let letter = Letter {
            room: RoomSid(1),
            event: "room-created",
            by_get: false,
            address: "https://example.com/myapp.php?foo=1&bar=2".into(),
            parameters: BTreeMap::from([
                ("CallSid", "CA1234567890ABCDE".into()),
                ("Caller", "+14158675310".into()),
                ("Digits", "1234".into()),
                ("From", "+14158675310".into()),
                ("To", "+18005551212".into()),
            ]),
        };
        let sealed = letter.seal(&"12345".into()).expect("sealed");
        assert_eq!(sealed.signature, "L/OH5YylLD5NRKLltdqwSvS0BnU=");
    }

    #[test]
    fn by_get_everything_is_in_the_address_and_signed_there() {
        let letter = Letter {
            room: RoomSid(1),
            event: "room-created",
            by_get: true,
            address: "http://example.com/?a=1".into(),
            parameters: BTreeMap::from([("RoomName", "a & b".into())]),
        };
        let sealed = letter.seal(&"12345".into()).expect("sealed");
        assert!(sealed.form.is_none());
        assert_eq!(sealed.url.as_str(), "http://example.com/?a=1&RoomName=a+%26+b");
        let bare = Letter {
            address: sealed.url.to_string(),
            by_get: false,
            parameters: BTreeMap::new(),
            ..letter.clone()
        };
        assert_eq!(bare.seal(&"12345".into()).expect("sealed").signature, sealed.signature);
    }
}
