//! Rooms that are over are ended until they are, also when one is made anew meanwhile.

use crate::database::{Place, on_every_database};
use owl_hospital::{
    domain::visit::RoomName,
    rooms::{Attendee, RoomInfo, RoomRequest, RoomService, ServiceError},
    server::clinic::Clinic,
};
use sqlx::Row;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

on_every_database! { a_room_that_is_made_and_given_up_again_while_it_is_ended_is_ended_again }

const ROOM: RoomName = RoomName(0xfeed);

/// While a room is ended there, somebody with a ticket makes it anew, sees that nobody may meet in it, and has it ended.
struct MadeMeanwhile {
    clinic: Arc<Clinic>,
    stopping: CancellationToken,
}

impl RoomService for MadeMeanwhile {
    async fn create(&self, _: &RoomRequest) -> Result<RoomInfo, ServiceError> {
        unreachable!()
    }

    async fn fetch(&self, _: &str) -> Result<Option<RoomInfo>, ServiceError> {
        unreachable!()
    }

    async fn participants(&self, _: &str) -> Result<Vec<Attendee>, ServiceError> {
        unreachable!()
    }

    async fn complete(&self, room: &str) -> Result<bool, ServiceError> {
        assert_eq!(room, ROOM.to_string());
        to_end(&self.clinic).await;
        // Once is enough for the test.
        self.stopping.cancel();
        Ok(true)
    }

    async fn put_out(&self, _: &str, _: &str) -> Result<bool, ServiceError> {
        unreachable!()
    }
}

async fn to_end(clinic: &Clinic) {
    let mut tx = clinic.store().begin().await.unwrap();
    // Always the same time: clocks are coarse.
    tx.end_room(ROOM, owl_hospital::domain::visit::Millis(1)).await.unwrap();
    tx.commit().await.unwrap();
}

async fn count(clinic: &Clinic) -> i64 {
    let row =
        sqlx::query("SELECT COUNT(*) FROM rooms_to_end").fetch_one(clinic.store().pool()).await.unwrap();
    row.get(0)
}

async fn a_room_that_is_made_and_given_up_again_while_it_is_ended_is_ended_again(place: Place) {
    let clinic = Arc::new(place.clinic().await);
    to_end(&clinic).await;
    let stopping = CancellationToken::new();
    let rooms = Arc::new(MadeMeanwhile { clinic: Arc::clone(&clinic), stopping: stopping.clone() });
    Arc::clone(&clinic).keep_rooms(rooms, stopping).await;
    assert_eq!(count(&clinic).await, 1, "it is still to be ended");
}
