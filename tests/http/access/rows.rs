//! What a line of the table is, and how it is asked.

use super::{
    callers::Caller,
    routes::Route,
    world::{NO_LOG_IN, Stage, World},
};
use crate::fixtures::{get, post, upload};
use axum::{body::Body, http::Request};
use owl_hospital::domain::visit::SeatId;

/// Everybody's answers, in the order of [`super::callers::CALLERS`].
pub type Answers = [&'static str; 10];

pub struct Row {
    pub route: &'static str,
    pub stage: Stage,
    pub sent: Sent,
    pub expected: Answers,
    /// The letters of those whose call changes something.
    pub changed_by: &'static str,
}

/// What is sent.
pub enum Sent {
    Nothing,
    Form(&'static str),
    /// A form that has to name somebody.
    Made(fn(&World) -> String),
    /// A day's list.
    List(fn(&World) -> String),
    /// A server function's arguments.
    Arguments(fn(&World, &str, &str) -> Request<Body>),
    /// The same of a patient's or guest's page, which names its place.
    AtSeat(fn(SeatId, &str, &str) -> Request<Body>),
}

pub fn row(
    route: &'static str,
    stage: Stage,
    sent: Sent,
    expected: Answers,
    changed_by: &'static str,
) -> Row {
    Row { route, stage, sent, expected, changed_by }
}

impl Row {
    /// What somebody is answered whose session is worth nothing: the same as nobody, but that who was logged in is told why they are
    /// led to the log-in.
    pub fn expected_of_none(&self, name: &str) -> &'static str {
        let is_for_staff = self.expected.contains(&"200") || self.expected.contains(&"422");
        match self.expected[0] {
            "303 /login" if is_for_staff && NO_LOG_IN.contains(&name) => "303 /login?ended",
            expected => expected,
        }
    }

    /// As the caller's own browser sends it from a page of ours.
    pub fn request(&self, world: &World, caller: Caller) -> Request<Body> {
        let route = Route::parse(self.route);
        let id =
            if route.path.starts_with("/admin") { world.spare.to_string() } else { world.visit.to_string() };
        let (path, cookie) = (route.at(&id), world.cookie(caller));
        // What a patient's or guest's page asks for names its place.
        let seat = world.seat(caller);
        let (is_seats, named) = (path.starts_with("/visit/"), format!("seat={seat}"));
        if route.is_safe() {
            let path = if is_seats { format!("{path}?{named}") } else { path };
            let mut request = get(&path, cookie);
            request.headers_mut().insert("sec-fetch-site", "same-origin".parse().unwrap());
            return request;
        }
        match &self.sent {
            Sent::Nothing if is_seats => post(&path, cookie, &named),
            Sent::Form(form) if is_seats => post(&path, cookie, &format!("{named}&{form}")),
            Sent::Nothing => post(&path, cookie, ""),
            Sent::Form(form) => post(&path, cookie, form),
            Sent::Made(form) => post(&path, cookie, &form(world)),
            Sent::List(list) => upload(&path, cookie, &list(world)),
            Sent::Arguments(arguments) => arguments(world, &path, cookie),
            Sent::AtSeat(arguments) => arguments(seat, &path, cookie),
        }
    }
}
