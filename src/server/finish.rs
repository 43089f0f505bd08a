//! Work that is not to stop half-way because whoever asked for it is not there any more.

use std::{future::Future, panic::resume_unwind};
use tracing::Instrument;

/// Does it to the end, also when nobody waits for it any longer: a request's own work is dropped as soon as its connection is gone,
/// wherever it stands, and what is committed by then would be told to nobody.
pub async fn to_its_end<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    match tokio::spawn(work.in_current_span()).await {
        Ok(done) => done,
        Err(failed) => match failed.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            // Nobody else could have stopped it: the process is about to end.
            Err(_) => std::future::pending().await,
        },
    }
}
