//! The clinic's use cases: everything that happens to visits goes through [`Clinic::carry_out`]. Rules are in `domain`, SQL in
//! [`store`](super::store); here they meet, in one process's memory, with whoever watches.

mod appointments;
mod around;
pub mod ask;
mod audit;
mod care;
mod carry_out;
mod desk;
mod desk_log;
mod details;
mod error;
mod evidence;
mod feed;
mod hashing;
mod hub;
mod links;
mod live;
mod moment;
mod nodes;
mod note;
mod presence;
mod queue_view;
mod records;
mod refusals;
mod replay;
mod retention;
mod rounds;
mod seat_view;
mod secret;
mod staff;
mod throttle;
mod unkept;
mod whence;
mod who;

pub use appointments::{
    BookError, CorrectError, ListError, ListLine, Made, Plan, Typed, TypedError, Which, moment_of,
    on_the_wall, read_list, time_of_day,
};
pub use audit::{AuditAction, AuditActor, AuditEntry, AuditOutcome};
pub use desk::AtDesk;
pub use desk_log::keep_desk_log;
pub use error::ClinicError;
pub use evidence::{
    AuditPage, AuditSearch, AuditSearchError, CheckpointError, SettingsError, VerifyError, verify,
};
pub use feed::{Feed, Message, QueueFeed, SeatFeed};
pub use hub::{Hub, Published, Subscription, Tidings};
pub use links::{ConfirmError, EnterError, Entered, Link};
pub use nodes::keep_company;
pub use presence::{Listening, Page, keep_watch};
pub use records::keep_records;
pub use retention::EraseError;
pub use staff::{
    ABSOLUTE_LIMIT, AccountChange, AccountError, Enrolment, IDLE_LIMIT, InvitationError, LogInError,
    LoggedIn, NewStaff, OpenSession, PasswordError, keep_sessions,
};
pub use throttle::{Target, keep_throttle};
pub use unkept::keep_appointments;
pub use whence::Whence;
pub use who::{SeatSession, SessionKey, StaffSession};

use super::{
    audit::{AuditKey, CheckpointFile},
    clock, config,
    store::{Store, StoreError},
};
use crate::domain::visit::{Millis, Policy, Visit, VisitId};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use tokio::sync::Notify;

/// The clinic. One for each process, in the state that every request may use.
pub struct Clinic {
    store: Store,
    hub: Arc<Hub>,
    settings: config::Clinic,
    presence: presence::Seats,
    desk: desk::Desk,
    neighbours: nodes::Neighbours,
    audit_key: Arc<AuditKey>,
    checkpoints: Arc<CheckpointFile>,
    sessions: staff::Sessions,
    records: records::Records,
    refusals: refusals::Refusals,
    hashing: hashing::Hashing,
    /// A room is to be ended.
    rooms_ended: Arc<Notify>,
    /// Something was erased that may still be in the database's files.
    erased: Notify,
    /// Once set up, always set up.
    set_up: AtomicBool,
}

impl Clinic {
    /// Reads what is open, so that everything else can be answered from memory.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn open(store: Store, settings: config::Clinic) -> Result<Self, StoreError> {
        let audit_key = evidence::key_of(&store, &settings.audit).await?;
        let checkpoints = CheckpointFile::new(settings.audit.checkpoint_file(store.data_dir()));
        let store = store.audited_with(Arc::clone(&audit_key));
        let hub = Arc::new(Hub::new(live::Live::read(&store).await?));
        let set_up = AtomicBool::new(store.has_staff().await?);
        let desk = desk::Desk::new(store.node());
        let presence = presence::Seats::new(clock::now());
        let records = records::Records::read(&store).await?;
        Ok(Self {
            store,
            hub,
            settings,
            presence,
            desk,
            neighbours: nodes::Neighbours::default(),
            audit_key,
            checkpoints: Arc::new(checkpoints),
            sessions: staff::Sessions::default(),
            records,
            refusals: refusals::Refusals::default(),
            hashing: hashing::Hashing::default(),
            rooms_ended: Arc::default(),
            erased: Notify::new(),
            set_up,
        })
    }

    /// The database.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Where whoever watches learns what has happened.
    pub fn hub(&self) -> &Hub {
        &self.hub
    }

    /// What the clinic has set.
    pub fn settings(&self) -> &config::Clinic {
        &self.settings
    }

    /// The times by which visits go.
    pub fn policy(&self) -> &Policy {
        &self.settings.times.policy
    }

    /// The time.
    pub fn now(&self) -> Millis {
        clock::now()
    }

    /// Whether somebody works here. Until then there is the demo only.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn is_set_up(&self) -> Result<bool, StoreError> {
        // `owl setup` runs beside the server, so the answer can change; but only once.
        if self.set_up.load(Ordering::Relaxed) {
            return Ok(true);
        }
        let set_up = self.store.has_staff().await?;
        self.set_up.store(set_up, Ordering::Relaxed);
        Ok(set_up)
    }

    /// A visit as it stands. None if there is no such visit.
    ///
    /// # Errors
    /// See [`StoreError`].
    pub async fn visit(&self, id: VisitId) -> Result<Option<Arc<Visit>>, StoreError> {
        if let Some(visit) = self.hub.open_visit(id) {
            return Ok(Some(visit));
        }
        Ok(Visit::of(&self.store.read(id).await?).map(Arc::new))
    }

    /// All visits that are not over.
    pub fn open_visits(&self) -> Vec<(VisitId, Arc<Visit>)> {
        self.hub.subscribe().visits
    }
}
