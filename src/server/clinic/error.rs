//! Why a use case did not happen.

use crate::{
    domain::visit::Refusal,
    server::{random::RandomError, store::StoreError},
};

/// Why a use case did not happen.
#[derive(Debug, thiserror::Error)]
pub enum ClinicError {
    /// The rules are against it. Trying again does not help unless something changes.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// There is no such visit, or not for this person.
    #[error("there is no such visit")]
    NotFound,
    /// The store failed. Trying again may help.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The room service failed. Trying again may help.
    #[error(transparent)]
    Rooms(crate::rooms::ServiceError),
    /// No id could be made.
    #[error(transparent)]
    Random(#[from] RandomError),
}
