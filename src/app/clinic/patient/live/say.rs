//! What the page says in each state: true, and in plain words.

use super::super::{age_words, fill, place_words, status_words, wait_words, words};
use crate::{
    api::clinic::{ProviderStatus, SeatFacts, SeatView},
    domain::visit::Stage,
};

/// A stable word for style sheets and tests.
pub(super) fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Scheduled => "scheduled",
        Stage::CheckedIn => "checked-in",
        Stage::Waiting => "waiting",
        Stage::Admitted { .. } => "admitted",
        Stage::SteppedOut { .. } => "stepped-out",
        Stage::Ended(_) => "over",
    }
}

/// How the page itself stands: what it says of the visit may be old.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// It hears what happens.
    Well,
    /// Its stream is interrupted.
    Lost,
    /// Another visit was opened in its browser.
    PutAside,
}

pub(super) fn title(seat: &SeatView, put_aside: bool) -> String {
    let words = words(seat.lang);
    if put_aside {
        return words.another_title.to_owned();
    }
    match seat.visit.stage {
        Stage::Admitted { .. } | Stage::SteppedOut { .. } => {
            fill(words.admitted_title, &[&seat.facts.provider])
        }
        Stage::CheckedIn if !seat.is_guest => words.ready_title.to_owned(),
        _ => words.waiting_title.to_owned(),
    }
}

/// Whether the patient, who is the reader, is the next to be seen, and the provider is free to.
pub(super) fn is_next(seat: &SeatView) -> bool {
    !seat.is_guest
        && seat.visit.stage == Stage::Waiting
        && seat.facts.before == Some(0)
        && seat.facts.status == ProviderStatus::Here
}

/// The one sentence or two that say how things stand.
pub(super) fn status(seat: &SeatView, stands: Stands) -> String {
    let words = words(seat.lang);
    match stands {
        Stands::Well => {}
        Stands::Lost => return words.lost.to_owned(),
        Stands::PutAside => return words.another.to_owned(),
    }
    match seat.visit.stage {
        Stage::SteppedOut { .. } => fill(words.stepped_out, &[&seat.facts.provider]),
        Stage::Waiting => waiting(seat),
        Stage::Scheduled | Stage::CheckedIn if seat.is_guest => words.guest_waiting.to_owned(),
        _ => String::new(),
    }
}

fn waiting(seat: &SeatView) -> String {
    let words = words(seat.lang);
    let SeatFacts { provider, status, before, wait, .. } = &seat.facts;
    let mut said = vec![status_words(words, provider, *status)];
    // The place is the patient's: to a guest "you are next" would be untrue.
    said.extend(before.filter(|_| !seat.is_guest).map(|before| place_words(words, before)));
    said.extend(wait.map(|wait| wait_words(words, wait)));
    said.join(" ")
}

/// What the range of the wait was made from; nothing where none is shown. It is not read out with the range: it says nothing new.
pub(super) fn age(seat: &SeatView, stands: Stands) -> String {
    let words = words(seat.lang);
    let wait = seat.facts.wait.filter(|_| seat.visit.stage == Stage::Waiting && stands == Stands::Well);
    wait.map_or_else(String::new, |wait| age_words(words, wait))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        api::clinic::{ClinicCard, Lang, WaitRange},
        domain::visit::{
            Actor, Change, Event, Millis, PatientId, SeatId, StaffId, StaffRole, Visit, VisitId,
        },
    };

    fn seat(before: Option<u32>, status: ProviderStatus) -> SeatView {
        let provider = StaffId(1);
        let change = Change::Scheduled {
            patient: PatientId(2),
            provider,
            seat: SeatId(3),
            starts_at: Millis(0),
            minutes: 15,
            interpreter: false,
        };
        let event = |seq, change| Event {
            seq,
            at: Millis(0),
            by: Actor::Staff(provider, StaffRole::Provider),
            change,
        };
        let log = [event(1, change), event(2, Change::CheckedIn), event(3, Change::ReadyToWait)];
        SeatView {
            build: String::new(),
            last: 3,
            now: Millis(0),
            clinic: ClinicCard { name: "Owl".into(), phone: None, emergency: "911".into() },
            lang: Lang::En,
            is_guest: false,
            id: VisitId(4),
            seat: SeatId(3),
            visit: Visit::of(&log).unwrap(),
            when: String::new(),
            keeps_place: 30,
            notice: 10,
            facts: SeatFacts { provider: "Dr. Okafor".into(), status, before, wait: None, elsewhere: false },
        }
    }

    #[test]
    fn says_who_comes_and_how_many_are_before_one() {
        assert_eq!(
            status(&seat(Some(1), ProviderStatus::WithAnother), Stands::Well),
            "Dr. Okafor is with another patient. You are next but one."
        );
        assert_eq!(
            status(&seat(Some(3), ProviderStatus::NotHere), Stands::Well),
            "Dr. Okafor has not come to the waiting room yet. 3 people are before you."
        );
        assert_eq!(
            status(&seat(None, ProviderStatus::Here), Stands::Well),
            "Dr. Okafor is here and will call you in."
        );
        assert!(status(&seat(None, ProviderStatus::Here), Stands::Lost).contains("You keep your place."));
    }

    #[test]
    fn a_page_whose_browser_came_to_another_visit_says_so_and_nothing_of_its_own() {
        let mut seat = seat(Some(1), ProviderStatus::Here);
        seat.facts.wait = Some(WaitRange { from: 10, to: 20, days: 0 });
        for (lang, title) in [(Lang::En, "Another visit was opened"), (Lang::Es, "Se ha abierto otra visita")]
        {
            seat.lang = lang;
            assert!(super::title(&seat, true).starts_with(title));
            let said = status(&seat, Stands::PutAside);
            assert!(!said.contains("Okafor") && (said.contains("link") || said.contains("enlace")), "{said}");
            assert_eq!(age(&seat, Stands::PutAside), "");
        }
    }

    #[test]
    fn says_how_long_it_may_take_and_what_that_was_made_from() {
        let mut seat = seat(Some(1), ProviderStatus::WithAnother);
        assert_eq!(age(&seat, Stands::Well), "", "nothing rather than something wrong");
        seat.facts.wait = Some(WaitRange { from: 10, to: 20, days: 0 });
        assert_eq!(
            status(&seat, Stands::Well),
            "Dr. Okafor is with another patient. You are next but one. About 10 to 20 minutes."
        );
        assert_eq!(age(&seat, Stands::Well), "Estimated from your provider\u{2019}s visits of today.");
        assert_eq!(age(&seat, Stands::Lost), "", "while the connection is lost nobody knows");
        seat.facts.wait = Some(WaitRange { from: 0, to: 5, days: 1 });
        assert!(status(&seat, Stands::Well).ends_with(" Up to 5 minutes."));
        assert!(age(&seat, Stands::Well).ends_with("since yesterday."));
        (seat.lang, seat.facts.wait) = (Lang::Es, Some(WaitRange { from: 5, to: 15, days: 3 }));
        assert!(status(&seat, Stands::Well).ends_with("Entre 5 y 15 minutos, más o menos."));
        assert!(age(&seat, Stands::Well).ends_with("de los últimos 3 días."));
    }

    #[test]
    fn one_is_next_only_when_the_provider_is_free() {
        assert!(is_next(&seat(Some(0), ProviderStatus::Here)));
        assert!(!is_next(&seat(Some(0), ProviderStatus::WithAnother)));
        assert!(!is_next(&seat(Some(1), ProviderStatus::Here)));
    }

    #[test]
    fn a_guest_is_told_of_the_provider_and_of_no_place() {
        let guest = SeatView { is_guest: true, ..seat(Some(0), ProviderStatus::Here) };
        assert_eq!(status(&guest, Stands::Well), "Dr. Okafor is here and will call you in.");
        assert!(!is_next(&guest));
    }
}
