//! Appointments that nobody kept: once nobody can check in any more, the clinic's clock ends them. Several processes may try at once;
//! the rules let one.

use super::{Clinic, ClinicError, rounds::Rounds};
use crate::domain::visit::{Actor, Command, Millis, Outcome, Stage, VisitId};
use std::{sync::Arc, time::Duration};
use tokio_util::sync::CancellationToken;

/// How often they are looked for.
const LOOK_EVERY: Duration = Duration::from_secs(10);

impl Clinic {
    /// Ends what nobody kept. Says how many that were.
    ///
    /// # Errors
    /// See [`ClinicError`]. The rest is ended the next time.
    pub async fn end_unkept(&self, now: Millis) -> Result<usize, ClinicError> {
        let closes_after = self.policy().closes_after;
        let is_unkept =
            |starts_at: Millis, stage| stage == Stage::Scheduled && starts_at.plus(closes_after) < now;
        let unkept: Vec<VisitId> = self
            .open_visits()
            .into_iter()
            .filter_map(|(id, visit)| is_unkept(visit.starts_at, visit.stage).then_some(id))
            .collect();
        let mut ended = 0;
        for id in unkept {
            match self.carry_out(id, Command::End { outcome: Outcome::NoShow }, Actor::System).await {
                Ok(_) => ended += 1,
                // Moved, called off, or ended by another process meanwhile.
                Err(ClinicError::Refused(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(ended)
    }
}

/// Looks for them until the server stops.
pub async fn keep_appointments(clinic: Arc<Clinic>, stopping: CancellationToken) {
    let mut rounds = Rounds::every(LOOK_EVERY, stopping);
    while rounds.next().await {
        if let Err(error) = clinic.end_unkept(clinic.now()).await {
            tracing::error!(%error, "appointments that nobody kept could not be ended; they will be");
        }
    }
}
