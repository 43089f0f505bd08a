//! A range as people use it.

use super::Estimate;

/// Nobody plans by single minutes.
const STEP: u32 = 5;
/// From here on by wider steps.
const LONG: u32 = 60;
const LONG_STEP: u32 = 15;

/// A range of minutes, in steps that people can use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    /// At least; 0: it may be at once.
    pub from: u32,
    /// At most; more than `from`.
    pub to: u32,
}

impl Range {
    /// What to show now, after `shown`. A page that is read out must not change with every minute: what is shown stays as long as
    /// it is no worse than rounding makes it.
    pub fn after(shown: Option<Self>, estimate: &Estimate) -> Self {
        let fresh = Self::of(estimate);
        let still_true = |shown: &Self| {
            let step = step(shown.to.max(fresh.to));
            shown.from.abs_diff(estimate.low) < step && shown.to.abs_diff(estimate.high) < step
        };
        shown.filter(still_true).unwrap_or(fresh)
    }

    /// Outwards, so that rounding makes it no less true.
    fn of(estimate: &Estimate) -> Self {
        let down = |minutes: u32| minutes / step(minutes) * step(minutes);
        let up = |minutes: u32| minutes.div_ceil(step(minutes)) * step(minutes);
        let from = down(estimate.low);
        Self { from, to: up(estimate.high).max(from + step(from + 1)) }
    }
}

fn step(minutes: u32) -> u32 {
    if minutes > LONG { LONG_STEP } else { STEP }
}
