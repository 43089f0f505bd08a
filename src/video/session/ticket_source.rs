//! Where the way into a room comes from.

use crate::{
    api::{
        self, ApiError, JoinTicket,
        clinic::{Joining, join_visit},
    },
    domain::{
        Role,
        call::Call,
        visit::{SeatId, VisitId},
    },
    video::seat,
};

/// Where the way into a room comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TicketSource {
    /// The open demo visit, for one side of it.
    Demo(Role),
    /// The visit that one's link is bound to, for its patient or a guest, at this place.
    Seat(Role, SeatId),
    /// A visit of the clinic, for its provider.
    Visit(VisitId),
}

impl TicketSource {
    /// Whose call it will be.
    pub fn role(self) -> Role {
        match self {
            Self::Demo(role) | Self::Seat(role, _) => role,
            Self::Visit(_) => Role::Provider,
        }
    }

    /// A call that has not begun.
    pub(super) fn call(self, seed: u64) -> Call {
        let call = Call::new(self.role(), seed);
        match self {
            Self::Demo(_) => call,
            Self::Seat(..) | Self::Visit(_) => call.in_changing_rooms(),
        }
    }

    pub(super) async fn ask(self) -> Result<JoinTicket, ApiError> {
        match self {
            Self::Demo(role) => api::join_demo(role, seat::remembered(role)).await,
            Self::Seat(_, seat) => join_visit(Joining::Seat(seat)).await,
            Self::Visit(visit) => join_visit(Joining::Visit(visit)).await,
        }
    }

    /// In the demo a tab keeps its identity; in the clinic the server knows it.
    pub(super) fn keep(self, ticket: &JoinTicket) {
        if let Self::Demo(_) = self {
            seat::remember(&ticket.identity);
        }
    }
}
