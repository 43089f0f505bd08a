//! How rooms behave, and what one connection may cost.

use crate::tokens::IceServers;
use std::time::Duration;

/// How rooms behave.
#[derive(Debug, Clone)]
pub struct RoomsConfig {
    /// How long a participant whose socket was lost can come back (Twilio: 30 s).
    pub session_timeout: Duration,
    /// How long one whose page went away (close code 1001, or no close frame) can come back (4 s). Also how long
    /// anybody's peer connections outlive their last sign of life: see `core::absence` for the reason.
    pub gone_timeout: Duration,
    /// How many participants a room holds. The next one gets 53105. A mesh serves about ten.
    pub max_participants: usize,
    /// The STUN and TURN servers that a client is told of when it asks (`ice`). With `relay_only` the room server passes on
    /// nothing by which clients could reach each other otherwise.
    pub ice_servers: IceServers,
    /// Which rooms the first `connect` opens. Twilio has the same switch, on or off for an account: “client-side room creation”.
    pub ad_hoc: AdHocRooms,
}

/// Which rooms the first `connect` opens; all others have to be made by the service.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum AdHocRooms {
    /// Every room that a token is for.
    #[default]
    Any,
    /// Only those of these names. Whoever connects to another one that is not there gets 53106: a token outlives its room.
    Named(Vec<String>),
}

impl AdHocRooms {
    /// Whether a `connect` may open the room. None: one without a name of its own.
    pub(super) fn allows(&self, name: Option<&str>) -> bool {
        match self {
            Self::Any => true,
            Self::Named(names) => name.is_some_and(|name| names.iter().any(|known| known == name)),
        }
    }
}

/// What one connection may cost. The defaults suit a mesh of ten.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The longest message from a client, in bytes (512 KiB); a longer one closes the connection with 1009. A `sync`
    /// carries the descriptions of all of a participant's peer connections, each 6 to 30 kB.
    pub max_message_bytes: usize,
    /// How much a client may say.
    pub rate: Rate,
    /// How many seats there are in all rooms together (20,000). Who wants a further one is told to come back later (`busy`).
    pub max_connections: usize,
    /// How many sockets may be greeted at a time without being in a room yet (2,000), beside those. Further ones are told to
    /// come back later, unless they ask for a seat with their `hello`, as whoever comes back does.
    pub max_greeted: usize,
    /// How many sockets for telemetry are served at a time (5,000), beside all others. The request for a further one gets 429.
    pub max_telemetry: usize,
    /// How many sockets are served at a time from one address, where it is known (1,000: a hospital behind one router), and as
    /// many for telemetry. The request for a further one gets 429.
    pub max_connections_per_address: usize,
    /// How many bytes may wait for a client that reads slowly (4 MiB). More: its connection is closed.
    pub max_queued_bytes: usize,
    /// How many messages may wait for a client that reads slowly (1024). More: its connection is closed.
    pub max_queued_messages: usize,
    /// How long a client may take to read one message once the network's own buffers are full (20 s). More: its connection
    /// is dropped, and with it what it costs.
    pub send_timeout: Duration,
    /// How many rooms there are at a time (10,000). Who would open another one gets 53103, over REST
    /// 53119.
    pub max_rooms: usize,
    /// How many tracks a participant publishes at a time (32). Further ones fail with 53203.
    pub max_tracks: usize,
    /// The longest interval between two signs of life (2 s). Clients ask for 5 s. They get the smaller of the two, are
    /// pinged as often, and are dropped after three of them: see `core::absence` for why 6 s and not 15, and what
    /// counts as a sign.
    pub heartbeat: Duration,
    /// How long a page without peer connections may say nothing while its browser answers pings (150 s). A hidden page
    /// in Chrome runs its timers once a minute; one that misses two of them is frozen for good.
    pub hidden_timeout: Duration,
    /// How long a new connection may take until its `hello` (15 s: the SDK's three times 5 s).
    pub hello_timeout: Duration,
    /// How long a greeted connection may take until it is in a room (60 s). The SDK makes its offer in that time.
    pub join_timeout: Duration,
    /// How long a client that was told its end may take to close by itself (5 s).
    pub farewell_timeout: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_message_bytes: 512 * 1024,
            rate: Rate::default(),
            max_connections: 20_000,
            max_greeted: 2_000,
            max_telemetry: 5_000,
            max_connections_per_address: 1_000,
            max_queued_bytes: 4 * 1024 * 1024,
            max_queued_messages: 1024,
            send_timeout: Duration::from_secs(20),
            max_rooms: 10_000,
            max_tracks: 32,
            heartbeat: Duration::from_secs(2),
            hidden_timeout: Duration::from_secs(150),
            hello_timeout: Duration::from_secs(15),
            join_timeout: Duration::from_mins(1),
            farewell_timeout: Duration::from_secs(5),
        }
    }
}

/// How much one participant may say, over all its sockets. Answers to pings count as messages. See `core::allowance` for the
/// numbers and for what happens to those who say more.
#[derive(Debug, Clone)]
pub struct Rate {
    /// How many messages at once (1,000).
    pub messages_at_once: u64,
    /// How many messages a second after that (50).
    pub messages_per_second: u64,
    /// How many bytes at once (8 MiB).
    pub bytes_at_once: u64,
    /// How many bytes a second after that (512 KiB).
    pub bytes_per_second: u64,
}

impl Rate {
    /// As much as there is. For measurements, and for tests of what comes after.
    pub const UNBOUNDED: Self = Self {
        messages_at_once: u64::MAX,
        messages_per_second: u64::MAX,
        bytes_at_once: u64::MAX,
        bytes_per_second: u64::MAX,
    };
}

impl Rate {
    /// As much as so many may say together.
    pub(super) fn of(&self, many: usize) -> Self {
        let many = u64::try_from(many).unwrap_or(u64::MAX);
        Self {
            messages_at_once: self.messages_at_once.saturating_mul(many),
            messages_per_second: self.messages_per_second.saturating_mul(many),
            bytes_at_once: self.bytes_at_once.saturating_mul(many),
            bytes_per_second: self.bytes_per_second.saturating_mul(many),
        }
    }
}

impl Default for Rate {
    fn default() -> Self {
        Self {
            messages_at_once: 1_000,
            messages_per_second: 50,
            bytes_at_once: 8 * 1024 * 1024,
            bytes_per_second: 512 * 1024,
        }
    }
}
