//! The table. A new route is one line here: what it is asked with, at which stage of the visit, what everybody is answered, and
//! whose call changes the record of the visit, the accounts, or the number of visits.

use super::{
    answers::*,
    rows::{Row, Sent, row},
    world::{
        Stage::{Admitted, CheckedIn, Left, Scheduled, Seen, Waiting},
        World,
    },
};
use crate::fixtures::call;
use owl_hospital::{
    api::{
        JoinDemo,
        clinic::{ActInSeat, ActOnVisit, JoinVisit, Joining, ReadNote, SeatWish, StaffWish, StayLoggedIn, TellDevices, WriteNote},
    },
    domain::{NoteMark, Role, check::Readiness, visit::Outcome},
};

/// A server function's arguments, as a page of ours sends them.
macro_rules! arguments {
    (at $seat:ident => $arguments:expr) => {
        Sent::AtSeat(|$seat, path, cookie| call(path, cookie, &$arguments))
    };
    ($world:ident => $arguments:expr) => {
        Sent::Arguments(|$world, path, cookie| call(path, cookie, &$arguments))
    };
    ($arguments:expr) => {
        Sent::Arguments(|_, path, cookie| call(path, cookie, &$arguments))
    };
}

/// What somebody of the staff wants with the visit.
macro_rules! wish {
    ($wish:expr) => {
        arguments!(world => ActOnVisit { visit: world.visit, wish: $wish })
    };
}

const MADE_UP: &str = "secret=00000000000000000000000000000000";
const CHECK_IN: &str = "location=3+Other+Street&call_back=555-0199&consent=yes";
const PASSWORDS: &str = "old=owls+hunt+at+night&new=four+random+words+here";

fn later(world: &World) -> String {
    format!("date={}&time=09:30&minutes=20", world.day)
}

fn list(world: &World) -> String {
    format!("Name,Birth date,Provider,Date,Time\nRosa Lind,1970-02-03,Dr. Ada Okafor,{},09:30\n", world.day)
}

fn appointment(world: &World) -> String {
    format!("name=Rosa+Lind&birth_date=1970-02-03&provider={}&date={}&time=09:30", world.colleague, world.day)
}

fn to_colleague(world: &World) -> String {
    format!("provider={}", world.colleague)
}

fn guest(world: &World) -> String {
    format!("seat={}", world.guest)
}

/// A correction of what the page has shown.
fn correction(world: &World) -> String {
    format!("name=Rosa+Lind&birth_date=1970-02-03&reason=Cough&language=en&seen={}", world.seen)
}

#[expect(clippy::too_many_lines, reason = "a table")]
pub fn rows() -> Vec<Row> {
    vec![
        row("GET /", Waiting, Sent::Nothing, ALL, ""),
        row("GET /healthz", Waiting, Sent::Nothing, ALL, ""),
        row("GET /readyz", Waiting, Sent::Nothing, ALL, ""),
        row("GET /signaling", Waiting, Sent::Nothing, NO_SOCKET, ""),
        row("GET /v1/VideoEvents", Waiting, Sent::Nothing, NO_SOCKET, ""),
        // The demo has ended.
        row("GET /patient", Waiting, Sent::Nothing, TO_LINK, ""),
        row("GET /provider", Waiting, Sent::Nothing, TO_LOG_IN, ""),
        row("GET /token", Waiting, Sent::Nothing, NOT_FOUND, ""),
        row("POST /api/join_demo", Waiting, arguments!(JoinDemo { role: Role::Patient, identity: None }), NOT_FOUND, ""),

        // Patients and guests.
        row("GET /v", Waiting, Sent::Nothing, ALL, ""),
        row("POST /v/enter", Waiting, Sent::Form(MADE_UP), NOT_FOUND, ""),
        row("GET /visit", Scheduled, Sent::Nothing, SEAT_PAGE, ""),
        row("GET /visit", CheckedIn, Sent::Nothing, SEAT_PAGE, ""),
        row("GET /visit", Waiting, Sent::Nothing, SEAT_PAGE, ""),
        row("GET /visit", Admitted, Sent::Nothing, SEAT_PAGE, ""),
        row("GET /visit", Seen, Sent::Nothing, SEAT_PAGE, ""),
        row("GET /visit", Left, Sent::Nothing, SEAT_PAGE, ""),
        row("GET /visit/feed", Waiting, Sent::Nothing, SEAT_STREAM, ""),
        row("GET /visit/feed", Admitted, Sent::Nothing, SEAT_STREAM, ""),
        row("POST /visit/confirm", Waiting, Sent::Form("said=1900-01-01"), SEAT_UNSURE, ""),
        row("GET /visit/cancel", Scheduled, Sent::Nothing, SEAT_CANCELS, ""),
        row("GET /visit/cancel", Waiting, Sent::Nothing, SEAT_CANCELS, ""),
        row("POST /visit/cancel", Scheduled, Sent::Nothing, SEAT_DEED, "P"),
        row("POST /visit/cancel", Waiting, Sent::Nothing, SEAT_DEED, "P"),
        row("POST /visit/cancel", Admitted, Sent::Nothing, SEAT_DEED, ""),
        row("POST /visit/check-in", Scheduled, Sent::Form(CHECK_IN), SEAT_DEED, "P"),
        row("POST /visit/check-in", Waiting, Sent::Form(CHECK_IN), SEAT_DEED, ""),
        row("POST /visit/check-in", Seen, Sent::Form(CHECK_IN), SEAT_DEED, ""),
        row("POST /visit/ready", CheckedIn, Sent::Nothing, SEAT_DEED, "P"),
        row("POST /visit/leave", Waiting, Sent::Nothing, SEAT_DEED, "P"),
        row("POST /visit/leave", Admitted, Sent::Nothing, SEAT_DEED, ""),
        row("POST /visit/return", Left, Sent::Nothing, SEAT_DEED, "P"),
        row("POST /visit/start-now", Admitted, Sent::Nothing, SEAT_DEED, "P"),
        row("POST /visit/not-yet", Admitted, Sent::Nothing, SEAT_DEED, "P"),
        row("POST /visit/take-over", Waiting, Sent::Nothing, SEAT_DEED, "S"),
        row("POST /visit/gone", Waiting, Sent::Nothing, HEARD, ""),
        row("POST /api/act_in_seat", Admitted, arguments!(at seat => ActInSeat { seat, wish: SeatWish::StartNow }), SEAT_WISH, "P"),
        row("POST /api/act_in_seat", Admitted, arguments!(at seat => ActInSeat { seat, wish: SeatWish::NotYet }), SEAT_WISH, "P"),
        row("POST /api/tell_devices", CheckedIn, arguments!(at seat => TellDevices { seat, readiness: Readiness::Ready }), SEAT_DEVICES, "P"),
        row("POST /api/join_visit", Scheduled, arguments!(at seat => JoinVisit { joining: Joining::Seat(seat) }), SEAT_NO_TICKET, ""),
        row("POST /api/join_visit", Waiting, arguments!(at seat => JoinVisit { joining: Joining::Seat(seat) }), SEAT_NO_TICKET, ""),
        row("POST /api/join_visit", Admitted, arguments!(at seat => JoinVisit { joining: Joining::Seat(seat) }), SEAT_TICKET, ""),
        row("POST /api/join_visit", Seen, arguments!(at seat => JoinVisit { joining: Joining::Seat(seat) }), SEAT_NO_TICKET, ""),
        row("POST /api/join_visit", Left, arguments!(at seat => JoinVisit { joining: Joining::Seat(seat) }), SEAT_NO_TICKET, ""),

        // Staff come and go.
        row("GET /login", Waiting, Sent::Nothing, LOG_IN_PAGE, ""),
        row("POST /login", Waiting, Sent::Nothing, NOT_RIGHT, ""),
        row("POST /logout", Waiting, Sent::Nothing, TO_LOG_IN, ""),
        row("GET /welcome", Waiting, Sent::Nothing, ALL, ""),
        row("POST /welcome", Waiting, Sent::Form("secret=00000000000000000000000000000000&password=four+random+words+here"), NOT_RIGHT, ""),

        // The queue and one visit.
        row("GET /clinic", Waiting, Sent::Nothing, DESK, ""),
        row("GET /clinic", Admitted, Sent::Nothing, DESK, ""),
        row("GET /clinic/feed", Waiting, Sent::Nothing, QUEUE_STREAM, ""),
        row("GET /clinic/feed", Admitted, Sent::Nothing, QUEUE_STREAM, ""),
        row("GET /clinic/visits/{id}", Waiting, Sent::Nothing, DESK, ""),
        row("GET /clinic/visits/{id}", Admitted, Sent::Nothing, DESK, ""),
        row("GET /clinic/visits/{id}", Seen, Sent::Nothing, DESK, ""),
        row("GET /clinic/visits/{id}/replay", Seen, Sent::Nothing, REPLAY, ""),
        row("GET /clinic/visits/{id}/replay/recording", Seen, Sent::Nothing, REPLAY, ""),
        row("POST /api/act_on_visit", Waiting, wish!(StaffWish::Admit), PROVIDER_WISH, "D"),
        row("POST /api/act_on_visit", Admitted, wish!(StaffWish::SendBack), PROVIDER_WISH, "D"),
        row("POST /api/act_on_visit", Admitted, wish!(StaffWish::StepOut), PROVIDER_WISH, "D"),
        row("POST /api/act_on_visit", Admitted, wish!(StaffWish::StepBack), NOBODYS_WISH, ""),
        row("POST /api/act_on_visit", Waiting, wish!(StaffWish::TakeOver), COLLEAGUE_WISH, "C"),
        row("POST /api/act_on_visit", Admitted, wish!(StaffWish::TakeOver), COLLEAGUE_WISH, "C"),
        row("POST /api/act_on_visit", Admitted, arguments!(world => ActOnVisit { visit: world.visit, wish: StaffWish::HandOver(world.colleague) }), PROVIDER_WISH, "D"),
        row("POST /api/act_on_visit", Admitted, arguments!(world => ActOnVisit { visit: world.visit, wish: StaffWish::HandOver(world.spare) }), NOBODYS_WISH, ""),
        row("POST /api/act_on_visit", Admitted, wish!(StaffWish::End(Outcome::Seen)), PROVIDER_WISH, "D"),
        row("POST /api/act_on_visit", Waiting, wish!(StaffWish::End(Outcome::Seen)), NOBODYS_WISH, ""),
        row("POST /api/act_on_visit", Scheduled, wish!(StaffWish::End(Outcome::NoShow)), DESK_WISH, "DCF"),
        row("POST /api/act_on_visit", Scheduled, wish!(StaffWish::End(Outcome::CancelledByClinic)), DESK_WISH, "DCF"),
        row("POST /api/join_visit", Waiting, arguments!(world => JoinVisit { joining: Joining::Visit(world.visit) }), NOBODYS_WISH, ""),
        row("POST /api/join_visit", Admitted, arguments!(world => JoinVisit { joining: Joining::Visit(world.visit) }), PROVIDER_WISH, ""),
        row("POST /api/join_visit", Seen, arguments!(world => JoinVisit { joining: Joining::Visit(world.visit) }), NOBODYS_WISH, ""),
        row("POST /api/read_note", Waiting, arguments!(world => ReadNote { visit: world.visit }), PROVIDER_WISH, ""),
        row("POST /api/write_note", Seen, arguments!(world => WriteNote { visit: world.visit, text: "Rest".to_owned(), on: vec![NoteMark::of(super::secrets::NOTE)] }), PROVIDER_WISH, "D"),

        // Appointments.
        row("GET /clinic/appointments", Scheduled, Sent::Nothing, DESK, ""),
        row("GET /clinic/appointments/new", Scheduled, Sent::Nothing, DESK, ""),
        row("POST /clinic/appointments/new", Scheduled, Sent::Made(appointment), DESK, "DCF"),
        row("GET /clinic/appointments/{id}", Scheduled, Sent::Nothing, DESK, ""),
        row("GET /clinic/appointments/{id}/correct", Scheduled, Sent::Nothing, DESK, ""),
        row("POST /clinic/appointments/{id}/correct", Scheduled, Sent::Made(correction), DESK, "DCF"),
        row("POST /clinic/appointments/{id}/move", Scheduled, Sent::Made(later), DESK, "DCF"),
        row("POST /clinic/appointments/{id}/move", Seen, Sent::Made(later), DESK_WRONG, ""),
        row("POST /clinic/appointments/{id}/give", Scheduled, Sent::Made(to_colleague), DESK, "DCF"),
        row("POST /clinic/appointments/{id}/give", Seen, Sent::Made(to_colleague), DESK_WRONG, ""),
        row("POST /clinic/appointments/{id}/cancel", Scheduled, Sent::Form("sure=yes"), DESK, "DCF"),
        row("POST /clinic/appointments/{id}/link", Scheduled, Sent::Nothing, DESK, "DCF"),
        row("POST /clinic/appointments/{id}/revoke", Scheduled, Sent::Nothing, DESK, "DCF"),
        row("POST /clinic/appointments/{id}/guest", Scheduled, Sent::Nothing, DESK, "DCF"),
        row("POST /clinic/appointments/{id}/guest", Admitted, Sent::Nothing, DESK, "DCF"),
        row("POST /clinic/appointments/{id}/guest", Seen, Sent::Nothing, DESK_WRONG, ""),
        row("POST /clinic/appointments/{id}/guest/remove", Admitted, Sent::Made(guest), DESK, "DCF"),
        row("POST /clinic/appointments/{id}/guest/remove", Admitted, Sent::Form("seat=00000000000000000000000000000000"), DESK_WRONG, ""),
        row("POST /clinic/appointments/{id}/erase", Scheduled, Sent::Form("sure=yes"), DESK_WRONG, ""),
        row("POST /clinic/appointments/{id}/erase", Seen, Sent::Nothing, DESK, ""),
        row("POST /clinic/appointments/{id}/erase", Seen, Sent::Form("sure=yes"), ERASES, "F"),
        row("GET /clinic/import", Scheduled, Sent::Nothing, DESK, ""),
        row("POST /clinic/import", Scheduled, Sent::List(list), DESK, ""),
        row("POST /clinic/import/confirm", Scheduled, Sent::List(list), DESK, "DCF"),

        // Accounts.
        row("GET /admin", Scheduled, Sent::Nothing, ADMIN, ""),
        row("POST /admin/accounts", Scheduled, Sent::Form("name=Lee+Marsh&email=marsh%40owl.example&role=provider"), ADMIN, "A"),
        row("POST /admin/accounts/{id}/role", Scheduled, Sent::Form("role=provider"), ADMIN, "A"),
        row("POST /admin/accounts/{id}/invite", Scheduled, Sent::Nothing, ADMIN, "A"),
        row("POST /admin/accounts/{id}/reset", Scheduled, Sent::Nothing, ADMIN, "A"),
        row("POST /admin/accounts/{id}/disable", Scheduled, Sent::Nothing, ADMIN, "A"),
        row("POST /admin/accounts/{id}/enable", Scheduled, Sent::Nothing, ADMIN, ""),
        row("GET /admin/audit", Scheduled, Sent::Nothing, ADMIN, ""),
        row("GET /admin/audit/export", Scheduled, Sent::Nothing, ADMIN, ""),
        row("GET /account", Scheduled, Sent::Nothing, STAFF, ""),
        row("POST /account/stay", Scheduled, Sent::Nothing, STAFF, ""),
        row("POST /api/stay_logged_in", Scheduled, arguments!(StayLoggedIn {}), STAFF_WISH, ""),
        row("POST /account/password", Scheduled, Sent::Form(PASSWORDS), STAFF, "DCFA"),
        row("POST /account/codes/begin", Scheduled, Sent::Nothing, STAFF, "DCFA"),
        row("POST /account/codes/confirm", Scheduled, Sent::Form("code=000000"), STAFF_WRONG, ""),
        row("POST /account/codes/off", Scheduled, Sent::Form("password=not+the+password"), STAFF_WRONG, ""),
    ]
}
