//! Close codes of the WebSocket. The SDK takes [`NORMAL`] for a wanted end and comes back after every other.
//!
//! Source: RFC 6455, section 7.4; 4000 and above are ours. The SDK's own are 3000 to 3007.

/// The call is over.
pub(super) const NORMAL: u16 = 1000;
/// Said by a page that goes away.
pub(super) const GOING_AWAY: u16 = 1001;
/// The client does not speak our protocol.
pub(super) const PROTOCOL: u16 = 1002;
/// The client sent something that is no text.
pub(super) const UNSUPPORTED: u16 = 1003;
/// The client took too long to say what it wants.
pub(super) const POLICY: u16 = 1008;
/// The client sent too long a message.
pub(super) const TOO_BIG: u16 = 1009;
/// The server restarts.
pub(super) const RESTART: u16 = 1012;
/// There are too many clients (registered with IANA).
pub(super) const TRY_LATER: u16 = 1013;
/// The client was silent for too long.
pub(super) const SILENT: u16 = 4408;
/// The client has a newer socket.
pub(super) const REPLACED: u16 = 4409;
