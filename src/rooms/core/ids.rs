//! Names of things. SIDs have Twilio's form: two letters and 32 hexadecimal digits.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::fmt;

/// One socket, as long as it lives. Given by whoever owns the sockets; never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(in crate::rooms) struct ConnectionId(pub u64);

macro_rules! sid {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(in crate::rooms) struct $name(pub u128);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "{:032x}"), self.0)
            }
        }

        impl $name {
            /// Reads what [`Display`](fmt::Display) wrote. Anything else names nothing of ours.
            pub fn parse(text: &str) -> Option<Self> {
                parse_hex(text.strip_prefix($prefix)?).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = String::deserialize(deserializer)?;
                Self::parse(&text).ok_or_else(|| D::Error::custom("no SID of this kind"))
            }
        }
    };
}

sid! {
    /// A room from its first participant to its last.
    RoomSid, "RM"
}
sid! {
    /// A participant from entering to leaving. The same person gets a new one next time.
    ParticipantSid, "PA"
}
sid! {
    /// A publication of a track.
    TrackSid, "MT"
}
sid! {
    /// The secret by which a participant proves, on any socket, who it is.
    SessionId, ""
}

fn parse_hex(text: &str) -> Option<u128> {
    let is_ours = text.len() == 32 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if is_ours { u128::from_str_radix(text, 16).ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sids_have_twilios_form() {
        assert_eq!(RoomSid(0xab).to_string(), format!("RM{:0>32}", "ab"));
        assert_eq!(RoomSid::parse(&RoomSid(0xab).to_string()), Some(RoomSid(0xab)));
        assert_eq!(RoomSid::parse("RM1"), None);
        assert_eq!(ParticipantSid(u128::MAX).to_string(), format!("PA{}", "f".repeat(32)));
    }

    #[test]
    fn a_session_survives_the_wire_and_nothing_else_does() {
        let session = SessionId(7 << 100);
        assert_eq!(SessionId::parse(&session.to_string()), Some(session));
        for text in ["", "null", "+0000000000000000000000000000001", &"0".repeat(33)] {
            assert_eq!(SessionId::parse(text), None, "{text}");
        }
    }
}
