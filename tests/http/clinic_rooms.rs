//! A token cannot be taken back: who must not be in a call any more is put out of its room, which is over, and the others go on in
//! another.

use super::{
    app::TestApp,
    client::Client,
    fixtures::{call, clinic, come_to_wait, log_in, place, post},
};
use axum::http::StatusCode;
use owl_hospital::{
    api::{
        JoinTicket,
        clinic::{ActOnVisit, JoinVisit, Joining, StaffWish},
    },
    domain::visit::{Outcome, RoomName, VisitId},
};
use serde_json::{Value, json};
use std::{collections::HashSet, net::SocketAddr};

/// A visit of Dr. Okafor's that has just begun, and the server's socket.
struct Call {
    app: TestApp,
    made: Value,
    visit: VisitId,
    patient: String,
    provider: String,
    port: u16,
}

impl Call {
    async fn begin() -> Self {
        let (app, made) = clinic(&[("CONFIRM_IDENTITY", "none")]).await;
        let patient = come_to_wait(&app, &made, 2).await;
        let visit = VisitId::try_from(made["visits"][2]["id"].as_str().unwrap().to_owned()).unwrap();
        let provider = log_in(&app, "okafor").await;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let router = app.application.router().into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, router).await });
        let call = Self { app, made, visit, patient, provider, port };
        call.wish(StaffWish::Admit).await;
        call
    }

    async fn wish(&self, wish: StaffWish) {
        let arguments = ActOnVisit { visit: self.visit, wish };
        let answer = self.app.send(call("/api/act_on_visit", &self.provider, &arguments)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    }

    async fn ticket(&self, cookie: &str, visit: Option<VisitId>) -> Option<JoinTicket> {
        let joining = match visit {
            Some(visit) => Joining::Visit(visit),
            None => Joining::Seat(place(&self.app, cookie).await),
        };
        self.app.send(call("/api/join_visit", cookie, &JoinVisit { joining })).await.ticket()
    }

    async fn patients_ticket(&self) -> Option<JoinTicket> {
        self.ticket(&self.patient, None).await
    }

    async fn providers_ticket(&self) -> Option<JoinTicket> {
        self.ticket(&self.provider, Some(self.visit)).await
    }

    async fn enter(&self, ticket: &JoinTicket) -> Client {
        let mut client = Client::of_own_page(self.port).await.unwrap();
        client.connect(&ticket.token, &ticket.room, json!({})).await;
        client
    }

    /// What somebody is told who knocks with a ticket of before.
    async fn refusal(&self, ticket: &JoinTicket) -> Value {
        let mut client = Client::of_own_page(self.port).await.unwrap();
        client.hello(json!({"type": "connect", "token": ticket.token, "name": ticket.room})).await;
        client.message().await["code"].take()
    }
}

/// The room is over for who is in it.
async fn is_put_out(mut client: Client) {
    let told = client.message_of("disconnected").await;
    assert_eq!(told["status"], "completed", "{told}");
}

const ROOM_NOT_FOUND: u32 = 53106;

#[tokio::test]
async fn the_end_of_a_visit_ends_its_room_and_old_tokens_open_nothing() {
    let call = Call::begin().await;
    let (hers, his) = (call.patients_ticket().await.unwrap(), call.providers_ticket().await.unwrap());
    assert_eq!(hers.room, his.room);
    let (patient, provider) = (call.enter(&hers).await, call.enter(&his).await);
    call.wish(StaffWish::End(Outcome::Seen)).await;
    is_put_out(patient).await;
    is_put_out(provider).await;
    assert_eq!(call.refusal(&hers).await, ROOM_NOT_FOUND);
    assert!(call.patients_ticket().await.is_none() && call.providers_ticket().await.is_none());
}

#[tokio::test]
async fn whose_links_are_taken_away_is_put_out_and_the_provider_goes_on_elsewhere() {
    let call = Call::begin().await;
    let hers = call.patients_ticket().await.unwrap();
    let (patient, provider) =
        (call.enter(&hers).await, call.enter(&call.providers_ticket().await.unwrap()).await);
    let path = format!("/clinic/appointments/{}/revoke", call.visit);
    let answer = call.app.send(post(&path, &call.provider, "")).await;
    assert!(answer.body.contains("are taken away"), "{}", answer.body);
    is_put_out(patient).await;
    is_put_out(provider).await;
    assert_eq!(call.refusal(&hers).await, ROOM_NOT_FOUND);
    assert!(call.patients_ticket().await.is_none(), "who may be anybody");
    let elsewhere = call.providers_ticket().await.expect("the visit goes on");
    assert_ne!(elsewhere.room, hers.room);
    call.enter(&elsewhere).await;
}

#[tokio::test]
async fn a_provider_whose_account_is_disabled_is_put_out_and_the_patient_waits_elsewhere_for_another() {
    let call = Call::begin().await;
    let his = call.providers_ticket().await.unwrap();
    let (patient, provider) =
        (call.enter(&call.patients_ticket().await.unwrap()).await, call.enter(&his).await);
    let admin = log_in(&call.app, "admin").await;
    let staff = call.made["staff"].as_array().unwrap();
    let okafor = staff.iter().find(|person| person["email"] == "okafor@owl.example").unwrap();
    let path = format!("/admin/accounts/{}/disable", okafor["id"].as_str().unwrap());
    let answer = call.app.send(post(&path, &admin, "")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    is_put_out(provider).await;
    is_put_out(patient).await;
    assert_eq!(call.refusal(&his).await, ROOM_NOT_FOUND);
    assert!(call.providers_ticket().await.is_none());
    let elsewhere = call.patients_ticket().await.expect("the patient keeps the place");
    assert_ne!(elsewhere.room, his.room);
    call.enter(&elsewhere).await;
}

/// Never two patients in a room: the rules give nobody another's, and this is where each room's name comes from.
#[tokio::test]
async fn every_admission_has_a_room_of_its_own_that_nobody_guesses() {
    let (app, made) = clinic(&[("CHECK_IN_OPENS", "24h")]).await;
    let state = app.application.state();
    let mut rooms = Vec::new();
    for number in 0..made["visits"].as_array().unwrap().len() {
        let card = &made["visits"][number];
        let visit = VisitId::try_from(card["id"].as_str().unwrap().to_owned()).unwrap();
        let staff = made["staff"].as_array().unwrap().iter().find(|one| one["name"] == card["provider"]);
        let email = staff.unwrap()["email"].as_str().unwrap().split_once('@').unwrap().0;
        let provider = log_in(&app, email).await;
        come_to_wait(&app, &made, number).await;
        for wish in [StaffWish::Admit, StaffWish::SendBack, StaffWish::Admit, StaffWish::End(Outcome::Seen)] {
            let arguments = ActOnVisit { visit, wish };
            let answer = app.send(call("/api/act_on_visit", &provider, &arguments)).await;
            assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
            rooms.extend(state.clinic.visit(visit).await.unwrap().unwrap().stage.room());
        }
    }
    let all: HashSet<RoomName> = rooms.iter().copied().collect();
    assert_eq!((all.len(), rooms.len() > 10), (rooms.len(), true), "{rooms:?}");
    // No two of them share their first or last eight digits: none is counted on from another.
    let digits = |from: usize| rooms.iter().map(move |room| room.to_string()[from..from + 8].to_owned());
    assert_eq!(digits(0).collect::<HashSet<_>>().len(), rooms.len());
    assert_eq!(digits(24).collect::<HashSet<_>>().len(), rooms.len());
}

super::on_postgres::on_postgres_too! {
    every_admission_has_a_room_of_its_own_that_nobody_guesses,
    the_end_of_a_visit_ends_its_room_and_old_tokens_open_nothing,
    whose_links_are_taken_away_is_put_out_and_the_provider_goes_on_elsewhere,
    a_provider_whose_account_is_disabled_is_put_out_and_the_patient_waits_elsewhere_for_another,
}
