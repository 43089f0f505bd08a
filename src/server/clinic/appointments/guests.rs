//! Who comes along with a patient: an interpreter, a relative, somebody who looks after them. Each has a place of their own in the
//! visit, and a link to it.

use super::{BookError, local::on_the_wall};
use crate::{
    api::clinic::GuestRow,
    domain::visit::{Change, Command, Event, RoomName, SeatId, Visit, VisitId},
    server::{
        clinic::{AuditActor, Clinic, ClinicError, Link, StaffSession, links::Revoked},
        store::StoreError,
    },
};
use sqlx::Row;
use std::collections::HashSet;

impl Clinic {
    /// Lets somebody come too, and makes the link to hand out to them.
    ///
    /// # Errors
    /// See [`BookError`].
    pub async fn invite_guest(&self, id: VisitId, by: &StaffSession) -> Result<Link, BookError> {
        let seat = SeatId::random()?;
        self.carry_out(id, Command::InviteGuest { seat }, by.actor()).await?;
        Ok(self.issue_link(id, seat, AuditActor::Staff(by.staff)).await?)
    }

    /// Lets somebody come no longer: their link opens nothing any more, and they are put out of the call.
    ///
    /// # Errors
    /// See [`BookError`].
    pub async fn remove_guest(&self, id: VisitId, seat: SeatId, by: &StaffSession) -> Result<(), BookError> {
        let room = RoomName::random()?;
        let revoked = Revoked { seat, by: AuditActor::Staff(by.staff) };
        self.carry_out_and_revoke(id, Command::RemoveGuest { seat, room }, by.actor(), revoked).await?;
        Ok(())
    }

    /// Who may come along, in the order in which they were invited.
    pub(super) async fn guests_of(&self, id: VisitId, visit: &Visit) -> Result<Vec<GuestRow>, ClinicError> {
        if visit.guests.is_empty() {
            return Ok(Vec::new());
        }
        let rows = sqlx::query("SELECT DISTINCT seat FROM seat_sessions WHERE visit = $1 AND is_guest = 1")
            .bind(id.to_string())
            .fetch_all(self.store().pool())
            .await
            .map_err(StoreError::from)?;
        let come: Result<HashSet<String>, _> = rows.iter().map(|row| row.try_get(0)).collect();
        let come = come.map_err(StoreError::from)?;
        let guest = |event: &Event| match event.change {
            Change::GuestInvited { seat } if visit.guests.contains(&seat) => {
                let at = on_the_wall(&self.settings().time_zone, event.at);
                Some(GuestRow {
                    seat: seat.to_string(),
                    invited: at.strftime("%-d %B, %H:%M").to_string(),
                    has_come: come.contains(&seat.to_string()),
                })
            }
            _ => None,
        };
        Ok(self.store().read(id).await?.iter().filter_map(guest).collect())
    }
}
