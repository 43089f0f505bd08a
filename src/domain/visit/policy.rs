//! What a clinic can set.

use std::time::Duration;

/// What a clinic can set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// How long before the appointment a patient can check in (60 minutes unless set).
    pub opens_before: Duration,
    /// How long after the appointed time a patient can still check in (4 hours unless set).
    pub closes_after: Duration,
    /// How long an admitted patient is told before they are seen and heard (10 s unless set; 0: no notice).
    pub notice: Duration,
    /// How long an absent patient keeps the place in the queue (30 minutes unless set).
    pub keeps_place: Duration,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            opens_before: Duration::from_hours(1),
            closes_after: Duration::from_hours(4),
            notice: Duration::from_secs(10),
            keeps_place: Duration::from_mins(30),
        }
    }
}
