//! How many refused tries of strangers are written down: at links and codes, which are not answered either beyond that, at passwords
//! and invitations.
//!
//! Each one is a line of the audit, written under the lock of all writers: without a bound, a stranger could fill the disk and hold
//! admissions up. Only refusals are counted, so nobody's good link is ever slowed down by what others try. In memory, since it has
//! to be cheaper than what it saves: each node counts for itself.

use super::{AuditEntry, Clinic, ClinicError, Whence};
use crate::domain::visit::Millis;
use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::Duration,
};

/// So many at once, and then one each time so long has passed.
struct Limit {
    burst: u64,
    each: Duration,
}

/// From one network. A whole clinic, or a provider's customers, may be behind one address.
const NETWORK: Limit = Limit { burst: 60, each: Duration::from_secs(10) };

/// From all of them: about 25 MB of audit a day at most.
const ALL: Limit = Limit { burst: 2_000, each: Duration::from_secs(1) };

/// How many networks are remembered. What comes from more of them at once is held by the limit for all.
const NETWORKS: usize = 10_000;

/// How often clinic IT is told of it.
const TOLD_EVERY: Duration = Duration::from_hours(1);

/// Counts refusals.
#[derive(Default)]
pub struct Refusals(Mutex<Inner>);

#[derive(Default)]
struct Inner {
    all: Bucket,
    networks: HashMap<IpAddr, Bucket>,
    told: Seldom,
    told_of_unknown: Seldom,
}

impl Refusals {
    /// Whether one more may be written down now.
    pub fn may_be_written(&self, from: Whence, now: Millis) -> bool {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let may = inner.take(from, now);
        if !may && inner.told.is_due(now) {
            tracing::warn!(
                "somebody tries wrong links, codes or passwords so often that not each try is written down any more"
            );
        }
        may
    }

    /// Nobody whose network cannot be told may try a code now: for them all there is one allowance, and it is used up.
    pub fn unknown_are_slowed_down(&self, now: Millis) {
        let mut inner = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if inner.told_of_unknown.is_due(now) {
            tracing::warn!(
                "so many wrong codes came from addresses that cannot be told that no patient can come in by a code for now; \
                 behind a reverse proxy, set TRUSTED_PROXIES, so that only whoever guesses is slowed down"
            );
        }
    }
}

impl Clinic {
    /// Writes a stranger's refused try down, unless there were too many from there.
    ///
    /// # Errors
    /// See [`ClinicError`].
    pub(super) async fn audit_stranger(
        &self,
        line: AuditEntry,
        about: String,
        from: Whence,
    ) -> Result<(), ClinicError> {
        if self.refusals.may_be_written(from, self.now()) {
            self.audit_about(line, about).await
        } else {
            Ok(())
        }
    }
}

impl Inner {
    fn take(&mut self, from: Whence, now: Millis) -> bool {
        let Whence::Network(network) = from else { return self.all.take(&ALL, now) };
        if self.networks.len() >= NETWORKS && !self.networks.contains_key(&network) {
            self.networks.retain(|_, bucket| bucket.full_at > now);
            if self.networks.len() >= NETWORKS {
                return self.all.take(&ALL, now);
            }
        }
        // The narrow one first: who is held by it takes nothing from the others.
        self.networks.entry(network).or_default().take(&NETWORK, now) && self.all.take(&ALL, now)
    }
}

/// What is left of a limit.
struct Bucket {
    /// When nothing will have been taken from it.
    full_at: Millis,
}

impl Default for Bucket {
    fn default() -> Self {
        Self { full_at: Millis(0) }
    }
}

impl Bucket {
    fn take(&mut self, limit: &Limit, now: Millis) -> bool {
        let each = u64::try_from(limit.each.as_millis()).unwrap_or(u64::MAX);
        let then = self.full_at.0.max(now.0).saturating_add(each);
        let may = then - now.0 <= limit.burst.saturating_mul(each);
        if may {
            self.full_at = Millis(then);
        }
        may
    }
}

#[derive(Default)]
struct Seldom(Option<Millis>);

impl Seldom {
    fn is_due(&mut self, now: Millis) -> bool {
        let is_due = self.0.is_none_or(|last| now >= last.plus(TOLD_EVERY));
        if is_due {
            self.0 = Some(now);
        }
        is_due
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::Ipv4Addr;

    const NOW: Millis = Millis(1_800_000_000_000);

    fn network(number: u32) -> Whence {
        Whence::from(Some(IpAddr::from(Ipv4Addr::from_bits(number))))
    }

    fn written(refusals: &Refusals, from: Whence, tries: usize, now: Millis) -> usize {
        (0..tries).filter(|_| refusals.may_be_written(from, now)).count()
    }

    #[test]
    fn of_one_network_a_burst_is_written_and_then_one_each_ten_seconds() {
        let refusals = Refusals::default();
        assert_eq!(written(&refusals, network(1), 100, NOW), 60);
        assert_eq!(written(&refusals, network(2), 100, NOW), 60, "another has its own");
        assert_eq!(written(&refusals, network(1), 100, NOW.plus(Duration::from_secs(35))), 3);
        assert_eq!(written(&refusals, network(1), 100, NOW.plus(Duration::from_hours(1))), 60);
    }

    #[test]
    fn of_all_networks_together_no_more_are_written_than_the_disk_takes() {
        let refusals = Refusals::default();
        let total: usize = (0..200).map(|number| written(&refusals, network(number), 20, NOW)).sum();
        assert_eq!(total, 2_000);
        assert_eq!(written(&refusals, Whence::Unknown, 20, NOW), 0);
        assert_eq!(written(&refusals, Whence::Unknown, 20, NOW.plus(Duration::from_secs(5))), 5);
    }

    #[test]
    fn its_memory_is_bounded_and_old_networks_make_room() {
        let refusals = Refusals::default();
        let known = || refusals.0.lock().unwrap().networks.len();
        for number in 0..30_000 {
            refusals.may_be_written(network(number), NOW);
        }
        assert_eq!(known(), NETWORKS);
        refusals.may_be_written(network(40_000), NOW.plus(Duration::from_mins(1)));
        assert_eq!(known(), 1);
    }
}
