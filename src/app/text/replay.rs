//! What happened in a visit, and what its people saw, afterwards and in words. No guest's and no room's name.

use super::{outcome_words, told};
use crate::domain::{
    queue::Section,
    visit::{
        Actor, Cause, Change, Event, Millis, Moment, Outcome, Presence, Screen, SeatId, Seen, StaffId, Stage,
        WaitingRoom,
    },
};
use std::collections::HashMap;

/// Who is who, and how to say a time.
pub struct Witness<'a> {
    /// The names of those who work here.
    pub staff: &'a HashMap<StaffId, String>,
    /// The visit's guests, in the order in which they were invited.
    pub guests: &'a [SeatId],
    /// A time of day, by the clinic's clock.
    pub clock: &'a dyn Fn(Millis) -> String,
    /// A day and a time of day.
    pub date: &'a dyn Fn(Millis) -> String,
}

impl Witness<'_> {
    /// What happened.
    pub fn what(&self, moment: &Moment) -> String {
        match &moment.cause {
            Cause::Event(event) => self.event(event, moment.room),
            Cause::CheckInOpened => "Check-in opened.".to_owned(),
            Cause::CheckInClosed => "Check-in closed.".to_owned(),
            Cause::NoticeEnded => "The notice ended: the patient could be seen and heard.".to_owned(),
            Cause::Others(why) => told::why(*why, &self.name(moment.visit.provider)),
        }
    }

    fn event(&self, event: &Event, room: Option<u16>) -> String {
        let who = self.actor(event.by);
        let room = room.map_or_else(String::new, |number| format!(", in room {number} of this visit"));
        match &event.change {
            Change::Scheduled { provider, starts_at, minutes, .. } => {
                let (provider, date) = (self.name(*provider), (self.date)(*starts_at));
                format!("{who} made the appointment: with {provider}, {date}, {minutes} minutes.")
            }
            Change::Moved { starts_at, minutes } => {
                format!("{who} moved the appointment: {}, {minutes} minutes.", (self.date)(*starts_at))
            }
            Change::InterpreterWanted { wanted: true } => {
                format!("{who} noted that an interpreter is wanted.")
            }
            Change::InterpreterWanted { wanted: false } => {
                format!("{who} noted that no interpreter is wanted.")
            }
            Change::Assigned { provider } if event.by.provider() == Some(*provider) => {
                format!("{who} took the visit over.")
            }
            Change::Assigned { provider } => format!("{who} handed the visit to {}.", self.name(*provider)),
            Change::CheckedIn => format!("{who} checked in."),
            Change::DevicesTried => format!("{who} tried camera and microphone out."),
            Change::ReadyToWait => format!("{who} was ready, and waited."),
            Change::WentAway { since } => {
                format!("The patient\u{2019}s page was gone, since {}.", (self.clock)(*since))
            }
            Change::CameBack => "The patient\u{2019}s page was there again.".to_owned(),
            Change::Admitted { opens_at, .. } => {
                format!(
                    "{who} let the patient in{room}, to be seen and heard from {}.",
                    (self.clock)(*opens_at)
                )
            }
            Change::StartedNow => format!("{who} pressed \u{201c}Start now\u{201d}."),
            Change::PutOff => format!("{who} pressed \u{201c}Not yet\u{201d}, and waited on."),
            Change::SentBack => format!("{who} sent the patient back to wait."),
            Change::SteppedOut => format!("{who} stepped out."),
            Change::SteppedBack => format!("{who} came back."),
            Change::RoomChanged { .. } => format!("The visit went on elsewhere{room}."),
            Change::GuestInvited { seat } => format!("{who} let {} come too.", self.guest(*seat)),
            Change::GuestRemoved { seat } => format!("{who} took the way in of {} away.", self.guest(*seat)),
            Change::Ended { outcome } => format!("{who} ended the visit: {}.", outcome_words(*outcome)),
            Change::Returned => format!("{who} came back, and waited from the first check-in on."),
        }
    }

    /// What the page of the patient or a guest showed, whose visit this provider had then.
    pub fn seat(&self, seen: &Seen, provider: StaffId) -> String {
        let screen = self.screen(seen);
        let others = seen.others.map(|others| told::told(&others, &self.name(provider)));
        let screen = [Some(screen), others].into_iter().flatten().collect::<Vec<_>>().join(" ");
        match seen.presence {
            Presence::Away { since } if is_under_way(seen.stage) => {
                format!("No page was open, since {}. If one was opened: {screen}", (self.clock)(since))
            }
            _ => screen,
        }
    }

    fn screen(&self, seen: &Seen) -> String {
        match seen.screen {
            None => String::new(),
            Some(Screen::TooEarly { opens_at }) => {
                format!("\u{201c}You are early\u{201d}: check-in opens at {}.", (self.date)(opens_at))
            }
            Some(Screen::TooLate) => "\u{201c}The time of this visit has passed\u{201d}.".to_owned(),
            Some(Screen::CheckIn) => "The form to check in.".to_owned(),
            Some(Screen::GetReady) => "How to get ready, and \u{201c}I am ready\u{201d}.".to_owned(),
            Some(Screen::Over(outcome)) => over(outcome).to_owned(),
            Some(Screen::Live) => live(seen),
        }
    }

    /// What the pages of staff showed.
    pub fn staff(&self, seen: &Seen) -> String {
        let Some(section) = seen.section else {
            return match seen.stage {
                Stage::Ended(outcome) => format!("Out of the queue: {}.", outcome_words(outcome)),
                _ => String::new(),
            };
        };
        let presence = match seen.presence {
            Presence::Away { since } if is_under_way(seen.stage) => {
                format!(" The patient is away, since {}.", (self.clock)(since))
            }
            _ => String::new(),
        };
        let stage = match seen.stage {
            Stage::SteppedOut { .. } => " The provider has stepped out.",
            _ => "",
        };
        format!("In the queue under \u{201c}{}\u{201d}.{stage}{presence}", heading(section))
    }

    /// What somebody who came too is called.
    pub fn guest(&self, seat: SeatId) -> String {
        match self.guests.iter().position(|known| *known == seat) {
            Some(place) => format!("guest {}", place + 1),
            None => "a guest".to_owned(),
        }
    }

    fn actor(&self, actor: Actor) -> String {
        match actor {
            Actor::Patient => "The patient".to_owned(),
            Actor::Guest(seat) => {
                let name = self.guest(seat);
                name.chars().take(1).flat_map(char::to_uppercase).chain(name.chars().skip(1)).collect()
            }
            Actor::Staff(id, _) => self.name(id),
            Actor::System => "The clinic\u{2019}s clock".to_owned(),
        }
    }

    fn name(&self, id: StaffId) -> String {
        self.staff.get(&id).cloned().unwrap_or_else(|| "Somebody who does not work here any more".to_owned())
    }
}

fn live(seen: &Seen) -> String {
    let about = match seen.stage {
        Stage::Admitted { .. } if seen.notice => {
            "The notice, with \u{201c}Start now\u{201d} and \u{201c}Not yet\u{201d}."
        }
        Stage::Admitted { .. } => "The call.",
        Stage::SteppedOut { .. } => "That the provider had to leave for a moment.",
        Stage::Scheduled | Stage::CheckedIn => "That the visit begins when the patient is let in.",
        Stage::Waiting => "",
        Stage::Ended(outcome) => over(outcome),
    };
    let waiting_room = match seen.waiting_room {
        WaitingRoom::Hidden => "",
        WaitingRoom::Visible => "The waiting room.",
        WaitingRoom::UntilProvider => "The waiting room, while no provider was in the video room.",
    };
    [about, waiting_room].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

fn over(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Seen => "\u{201c}Thank you for your visit\u{201d}.",
        Outcome::NoShow => "\u{201c}We missed you\u{201d}.",
        Outcome::CancelledByPatient => "\u{201c}You have cancelled this visit\u{201d}.",
        Outcome::CancelledByClinic => "\u{201c}The clinic had to cancel this visit\u{201d}.",
        Outcome::LeftWithoutBeingSeen => "\u{201c}You have left the waiting room\u{201d}, and a way back.",
    }
}

/// Before check-in and after the end nobody minds whether a page is there.
fn is_under_way(stage: Stage) -> bool {
    !matches!(stage, Stage::Scheduled | Stage::Ended(_))
}

fn heading(section: Section) -> &'static str {
    match section {
        Section::Waiting => "Waiting",
        Section::InRoom => "With a provider",
        Section::GettingReady => "Getting ready",
        Section::Expected => "Expected",
    }
}
