//! What has happened in the demonstration clinic before: enough to look back on, and to say from how long one waits there.

use super::{ToolError, demo_people::PAST, demo_visit::Booking};
use crate::{
    domain::visit::{Actor, Command, Millis, Outcome, RoomName, StaffId},
    server::clinic::Clinic,
};
use std::time::Duration;

/// From one appointment to the next.
const APART: Duration = Duration::from_mins(20);

/// How one visit went.
#[derive(Debug, Clone, Copy)]
pub(super) enum Went {
    /// Seen, after so many minutes of waiting, for so many minutes.
    Seen(u64, u64),
    /// The patient called it off.
    CalledOff,
    /// Nobody came.
    NobodyCame,
}

/// Gives each provider a visit of everybody in `PAST`: the first of them today until just now, each other a day before.
///
/// # Errors
/// See [`ToolError`].
pub(super) async fn add(
    clinic: &Clinic,
    providers: impl Iterator<Item = StaffId>,
    now: Millis,
) -> Result<(), ToolError> {
    for (provider, days) in providers.zip(0..) {
        let until = now.minus(Duration::from_hours(24) * days);
        let mut starts_at = until.minus(APART * u32::try_from(PAST.len()).unwrap_or(u32::MAX));
        for (name, birth_date, reason, went) in PAST {
            let at = starts_at.minus(Duration::from_hours(20));
            let booking = Booking {
                name,
                birth_date,
                language: "en",
                reason,
                interpreter: false,
                provider,
                starts_at,
                at,
            };
            live(clinic, booking, went).await?;
            starts_at = starts_at.plus(APART);
        }
    }
    Ok(())
}

async fn live(clinic: &Clinic, booking: Booking, went: Went) -> Result<(), ToolError> {
    let (id, _) = booking.write_down(clinic).await?;
    let came = booking.starts_at.minus(Duration::from_mins(2));
    let end = |outcome| Command::End { outcome };
    let deeds = match went {
        Went::Seen(waited, lasted) => {
            let admitted = came.plus(Duration::from_mins(waited));
            let over = admitted.plus(Duration::from_mins(lasted));
            vec![
                (Command::CheckIn, Actor::Patient, came),
                (Command::Wait, Actor::Patient, came),
                (Command::Admit { room: RoomName::random()? }, booking.staff(), admitted),
                (end(Outcome::Seen), booking.staff(), over),
            ]
        }
        Went::CalledOff => vec![(Command::Cancel, Actor::Patient, came)],
        Went::NobodyCame => {
            let given_up = booking.starts_at.plus(Duration::from_mins(15));
            vec![(end(Outcome::NoShow), booking.staff(), given_up)]
        }
    };
    for (command, actor, at) in deeds {
        clinic.has_happened(id, command, actor, at).await?;
    }
    Ok(())
}
