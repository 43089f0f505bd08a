//! What may be asked of a new room, and Twilio's errors for what may not.
//!
//! Source: <https://www.twilio.com/docs/video/api/rooms-resource> and SDK module `util/twilio-video-errors.js`.

use super::core::{Callback, CreateError, NewRoom, RoomKind, RoomSettings};
use std::time::Duration;

/// How long an empty room lasts that was made beforehand, if nothing else is asked for.
const DEFAULT_TIMEOUT_MINUTES: u64 = 5;
/// The longest address of a status callback, in bytes.
const MAX_CALLBACK: usize = 2048;

/// A room as it is asked for. What is left out is Twilio's default.
#[derive(Debug, Default)]
pub(super) struct Order {
    pub name: Option<String>,
    pub kind: Option<RoomKind>,
    /// 1 to what the kind and the server allow.
    pub max_participants: Option<u64>,
    /// 600 to 86,400 (4 h).
    pub max_stay_seconds: Option<u64>,
    /// 1 to 60 (5).
    pub empty_timeout_minutes: Option<u64>,
    /// 1 to 60 (5).
    pub unused_timeout_minutes: Option<u64>,
    pub callback: Option<Callback>,
}

/// Why a room is not made. [`code`](Self::code) is Twilio's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum OrderError {
    /// The name is taken or no name, or there are too many rooms.
    #[error(transparent)]
    Create(#[from] CreateError),
    /// Fewer than 1, or more than the kind of room and the server hold.
    #[error("MaxParticipants is out of range")]
    MaxParticipants,
    /// Twilio has no such type.
    #[error("RoomType is not valid")]
    Kind,
    /// An empty room waits 1 to 60 minutes.
    #[error("Timeout is out of range")]
    Timeout,
    /// `GET` or `POST`.
    #[error("StatusCallbackMethod is invalid")]
    CallbackMethod,
    /// No http or https address, or too long.
    #[error("StatusCallback is invalid")]
    Callback,
    /// Callbacks are signed, and there is no key.
    #[error("StatusCallback is invalid: this server has no key to sign callbacks with")]
    CallbackUnsigned,
    /// What a mesh cannot do, recording above all.
    #[error("Room creation parameter(s) incompatible with the Room type")]
    Incompatible,
    /// A stay lasts 600 to 86,400 seconds.
    #[error("MaxParticipantDuration is out of range")]
    MaxStay,
    /// Nobody checks what kinds of track come into a mesh.
    #[error("The AudioOnly flag is not supported for the Room type")]
    AudioOnly,
}

impl OrderError {
    /// Twilio's code. Those from 53119 on are in <https://www.twilio.com/docs/api/errors> only.
    pub fn code(self) -> u32 {
        match self {
            Self::Create(CreateError::NameTooLong) => 53101,
            Self::Create(CreateError::NameChars) => 53102,
            Self::MaxParticipants => 53107,
            Self::Kind => 53108,
            Self::Timeout => 53109,
            Self::CallbackMethod => 53110,
            Self::Callback | Self::CallbackUnsigned => 53111,
            Self::Create(CreateError::Exists) => 53113,
            Self::Incompatible => 53114,
            Self::Create(CreateError::TooMany) => 53119,
            Self::MaxStay => 53123,
            Self::AudioOnly => 53124,
        }
    }
}

impl Order {
    /// Checks what was asked for, on a server whose rooms hold `most` participants.
    ///
    /// # Errors
    /// Says which wish cannot be granted.
    pub fn check(self, most: usize) -> Result<NewRoom, OrderError> {
        let kind = self.kind.unwrap_or_default();
        let most = kind.max_participants(most);
        let max_participants = match self.max_participants {
            None => most,
            Some(wish) => usize::try_from(wish)
                .ok()
                .filter(|wish| (1..=most).contains(wish))
                .ok_or(OrderError::MaxParticipants)?,
        };
        let max_stay = match self.max_stay_seconds {
            None => RoomSettings::default().max_stay,
            Some(seconds @ 600..=86_400) => Duration::from_secs(seconds),
            Some(_) => return Err(OrderError::MaxStay),
        };
        Ok(NewRoom {
            name: self.name.filter(|name| !name.is_empty()),
            settings: RoomSettings {
                kind,
                max_participants: Some(max_participants),
                max_stay,
                empty_timeout: timeout(self.empty_timeout_minutes)?,
                unused_timeout: timeout(self.unused_timeout_minutes)?,
                callback: self.callback,
            },
        })
    }
}

fn timeout(minutes: Option<u64>) -> Result<Duration, OrderError> {
    match minutes.unwrap_or(DEFAULT_TIMEOUT_MINUTES) {
        minutes @ 1..=60 => Ok(Duration::from_mins(minutes)),
        _ => Err(OrderError::Timeout),
    }
}

/// Checks the address of a status callback.
///
/// # Errors
/// If it is no `http` or `https` address with a host, or too long.
pub(super) fn callback(url: &str, method: Option<&str>) -> Result<Callback, OrderError> {
    let by_get = match method {
        None | Some("POST") => false,
        Some("GET") => true,
        Some(_) => return Err(OrderError::CallbackMethod),
    };
    let url = reqwest::Url::parse(url).map_err(|_| OrderError::Callback)?;
    if !matches!(url.scheme(), "http" | "https") || !url.has_host() || url.as_str().len() > MAX_CALLBACK {
        return Err(OrderError::Callback);
    }
    Ok(Callback { url: url.into(), by_get })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(order: Order) -> u32 {
        order.check(10).map_or_else(OrderError::code, |_| 0)
    }

    #[test]
    fn what_is_left_out_is_twilios_default() {
        let settings = Order::default().check(10).expect("a room").settings;
        assert_eq!(settings.max_participants, Some(10));
        assert_eq!(settings.max_stay, Duration::from_hours(4));
        assert_eq!(
            (settings.empty_timeout, settings.unused_timeout),
            (Duration::from_mins(5), Duration::from_mins(5))
        );
    }

    #[test]
    fn every_limit_has_its_code() {
        for (wish, expected) in [(0, 53107), (1, 0), (10, 0), (11, 53107), (u64::MAX, 53107)] {
            assert_eq!(code(Order { max_participants: Some(wish), ..Order::default() }), expected, "{wish}");
        }
        for (wish, expected) in [(2, 0), (3, 53107)] {
            let order = Order { kind: Some(RoomKind::Go), max_participants: Some(wish), ..Order::default() };
            assert_eq!(code(order), expected, "go, {wish}");
        }
        for (wish, expected) in [(599, 53123), (600, 0), (86_400, 0), (86_401, 53123)] {
            assert_eq!(code(Order { max_stay_seconds: Some(wish), ..Order::default() }), expected, "{wish}");
        }
        for (wish, expected) in [(0, 53109), (1, 0), (60, 0), (61, 53109)] {
            assert_eq!(
                code(Order { empty_timeout_minutes: Some(wish), ..Order::default() }),
                expected,
                "{wish}"
            );
            assert_eq!(
                code(Order { unused_timeout_minutes: Some(wish), ..Order::default() }),
                expected,
                "{wish}"
            );
        }
    }

    #[test]
    fn a_callback_is_an_http_address() {
        assert!(callback("https://hooks.example/a?b=c", Some("GET")).expect("fine").by_get);
        assert!(!callback("http://127.0.0.1:8080", None).expect("fine").by_get);
        let long = format!("https://hooks.example/{}", "a".repeat(2048));
        for url in ["", "hooks.example", "ftp://hooks.example", "file:///etc/passwd", "javascript:1", &long] {
            assert_eq!(callback(url, None), Err(OrderError::Callback), "{url:.40}");
        }
        assert_eq!(callback("https://hooks.example", Some("PUT")), Err(OrderError::CallbackMethod));
    }
}
