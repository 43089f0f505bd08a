//! A visit once more: for its provider and the front desk. Opening it is written down.

use super::{
    AuditAction, AuditActor, AuditEntry, AuditOutcome, Clinic, ClinicError, StaffSession, on_the_wall,
};
use crate::{
    api::clinic::{ReplayRow, ReplayView},
    app::text::Witness,
    domain::visit::{
        Event, Millis, Moment, Reader, Recording, Refusal, SeatId, Seen, StaffId, StaffRole, Visit, VisitId,
        replay,
    },
};
use jiff::Zoned;
use std::collections::HashMap;

impl Clinic {
    /// A visit moment by moment, as people read it.
    ///
    /// # Errors
    /// [`ClinicError::NotFound`] when there is no such visit; [`ClinicError::Refused`] for a provider who does not have it.
    pub async fn replay(&self, id: VisitId, by: &StaffSession) -> Result<ReplayView, ClinicError> {
        let (visit, log) = self.opened_log(id, by).await?;
        let now = self.now();
        let moments = replay(&log, &self.retell(id, &log, now).await?, self.policy(), now);
        let staff = self.store().all_staff().await?;
        let staff: HashMap<StaffId, String> = staff.into_iter().map(|staff| (staff.id, staff.name)).collect();
        let patient = self.store().patient(visit.patient).await?;
        let zone = &self.settings().time_zone;
        Ok(ReplayView {
            id: id.to_string(),
            patient: patient.map(|patient| patient.name).unwrap_or_default(),
            zone: zone.iana_name().unwrap_or("UTC").to_owned(),
            rows: rows(&moments, &staff, |at| on_the_wall(zone, at)),
        })
    }

    /// A visit's log as a file that leads to nobody.
    ///
    /// # Errors
    /// As [`Clinic::replay`].
    pub async fn recording(&self, id: VisitId, by: &StaffSession) -> Result<Recording, ClinicError> {
        let (_, log) = self.opened_log(id, by).await?;
        let now = self.now();
        let others = self.retell(id, &log, now).await?;
        Recording::of(&log, &others, self.policy(), now).ok_or(ClinicError::NotFound)
    }

    async fn opened_log(&self, id: VisitId, by: &StaffSession) -> Result<(Visit, Vec<Event>), ClinicError> {
        let log = self.store().read(id).await?;
        let visit = Visit::of(&log).ok_or(ClinicError::NotFound)?;
        let refusal = match by.role {
            StaffRole::FrontDesk => None,
            StaffRole::Provider if by.staff == visit.provider => None,
            StaffRole::Provider => Some(Refusal::AnothersPatient { provider: visit.provider }),
            StaffRole::Admin => Some(Refusal::NotAllowed),
        };
        self.audit(AuditEntry {
            actor: AuditActor::Staff(by.staff),
            action: AuditAction::RecordOpened,
            visit: Some(id),
            patient: Some(visit.patient),
            outcome: if refusal.is_some() { AuditOutcome::Refused } else { AuditOutcome::Done },
        })
        .await?;
        refusal.map_or(Ok((visit, log)), |why| Err(why.into()))
    }
}

fn rows(
    moments: &[Moment],
    staff: &HashMap<StaffId, String>,
    on_the_wall: impl Fn(Millis) -> Zoned,
) -> Vec<ReplayRow> {
    let mut guests: Vec<SeatId> = Vec::new();
    let seats = moments.iter().flat_map(|moment| &moment.pages).filter_map(|(reader, _)| match reader {
        Reader::Guest(seat) => Some(*seat),
        _ => None,
    });
    for seat in seats {
        if !guests.contains(&seat) {
            guests.push(seat);
        }
    }
    let clock = |at| on_the_wall(at).strftime("%H:%M:%S").to_string();
    let date = |at| on_the_wall(at).strftime("%A, %-d %B %Y, %H:%M").to_string();
    let witness = Witness { staff, guests: &guests, clock: &clock, date: &date };
    let first = moments.first().map_or(Millis(0), |moment| moment.at);
    let mut day = None;
    let mut rows = Vec::with_capacity(moments.len());
    for moment in moments {
        let (shown, provider) = (on_the_wall(moment.at), moment.visit.provider);
        let is_new_day = day.replace(shown.date()) != Some(shown.date());
        let page =
            |wanted: Reader| moment.pages.iter().find(|(reader, _)| *reader == wanted).map(|(_, seen)| seen);
        let of_guest = |(reader, seen): &(Reader, Seen)| match reader {
            Reader::Guest(seat) => Some((capitalised(&witness.guest(*seat)), witness.seat(seen, provider))),
            _ => None,
        };
        rows.push(ReplayRow {
            day: is_new_day.then(|| shown.strftime("%A, %-d %B %Y").to_string()),
            clock: clock(moment.at),
            machine: shown.timestamp().to_string(),
            since: since(moment.at.0.saturating_sub(first.0)),
            what: witness.what(moment),
            patient: page(Reader::Patient).map(|seen| witness.seat(seen, provider)).unwrap_or_default(),
            staff: page(Reader::Staff(StaffRole::Provider))
                .map(|seen| witness.staff(seen))
                .unwrap_or_default(),
            guests: moment.pages.iter().filter_map(of_guest).collect(),
        });
    }
    rows
}

/// A length of time: `+0:12:03`, and from a day on `+1 d 0:12:03`.
fn since(millis: u64) -> String {
    let seconds = millis / 1000;
    let (days, hours) = (seconds / 86_400, seconds / 3600 % 24);
    let days = if days == 0 { String::new() } else { format!("{days} d ") };
    format!("+{days}{hours}:{:02}:{:02}", seconds / 60 % 60, seconds % 60)
}

fn capitalised(text: &str) -> String {
    text.chars().take(1).flat_map(char::to_uppercase).chain(text.chars().skip(1)).collect()
}
