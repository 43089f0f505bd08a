//! Everything with I/O.
#![expect(missing_docs, reason = "skeleton; the owner of this module writes it")]
pub mod demo {
    use crate::{
        api::{ApiError, ErrorCode, JoinTicket},
        domain::{Identity, Role},
    };
    pub async fn join(_role: Role, _identity: Option<Identity>) -> Result<JoinTicket, ApiError> {
        Err(ApiError::new(ErrorCode::Internal, ""))
    }
}
