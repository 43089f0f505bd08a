//! How many sockets are open, in all and from one address.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Where a socket comes from. The web layer puts it into the request's extensions where it is really known: behind a reverse
/// proxy that is not believed every socket would seem to come from the proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeerAddress(pub IpAddr);

/// Counts sockets.
#[derive(Debug)]
pub struct Crowd {
    most: usize,
    most_of_one: usize,
    present: Mutex<Present>,
}

#[derive(Debug, Default)]
struct Present {
    all: usize,
    by_address: HashMap<IpAddr, usize>,
}

/// The place of one socket. It is free again when this is dropped.
#[derive(Debug)]
#[must_use = "the place is free again when this is dropped"]
pub struct Place {
    crowd: Arc<Crowd>,
    address: Option<IpAddr>,
}

impl Crowd {
    /// For at most so many sockets, and at most so many from one address.
    pub fn new(most: usize, most_of_one: usize) -> Self {
        Self { most, most_of_one, present: Mutex::default() }
    }

    /// A place for one more. None if it is one too many. Sockets from nobody knows where count in all only.
    pub fn enter(self: &Arc<Self>, address: Option<IpAddr>) -> Option<Place> {
        let address = address.map(household);
        let mut present = self.lock();
        if present.all >= self.most {
            return None;
        }
        if let Some(address) = address {
            let count = present.by_address.entry(address).or_default();
            if *count >= self.most_of_one {
                return None;
            }
            *count += 1;
        }
        present.all += 1;
        drop(present);
        Some(Place { crowd: Arc::clone(self), address })
    }

    fn lock(&self) -> MutexGuard<'_, Present> {
        self.present.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut present = self.crowd.lock();
        present.all = present.all.saturating_sub(1);
        let Some(address) = self.address else { return };
        let Some(count) = present.by_address.get_mut(&address) else { return };
        *count = count.saturating_sub(1);
        if *count == 0 {
            present.by_address.remove(&address);
        }
    }
}

/// Whoever has an IPv6 address has at least 2^64 of them.
fn household(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn an_address_has_its_places_and_gets_them_back() {
        let crowd = Arc::new(Crowd::new(100, 2));
        let (one, two) = (crowd.enter(Some(address("10.0.0.1"))), crowd.enter(Some(address("10.0.0.1"))));
        assert!(one.is_some() && two.is_some());
        assert!(
            crowd.enter(Some(address("10.0.0.1"))).is_none()
                && crowd.enter(Some(address("::ffff:10.0.0.1"))).is_none()
        );
        let other = crowd.enter(Some(address("10.0.0.2")));
        assert!(other.is_some());
        drop(one);
        let again = crowd.enter(Some(address("10.0.0.1")));
        assert!(again.is_some() && crowd.enter(Some(address("10.0.0.1"))).is_none());
        drop((two, other, again));
        assert!(
            crowd.lock().by_address.is_empty() && crowd.lock().all == 0,
            "nothing is kept of those who are gone"
        );
    }

    #[test]
    fn a_household_counts_as_one() {
        let crowd = Arc::new(Crowd::new(100, 1));
        let _one = crowd.enter(Some(address("2001:db8:1:2:3::1")));
        assert!(crowd.enter(Some(address("2001:db8:1:2:ffff::9"))).is_none());
        assert!(crowd.enter(Some(address("2001:db8:1:3::1"))).is_some());
    }

    #[test]
    fn there_are_only_so_many_places_in_all_also_for_strangers() {
        let crowd = Arc::new(Crowd::new(2, 1));
        let _two = (crowd.enter(None), crowd.enter(None));
        assert!(crowd.enter(None).is_none() && crowd.enter(Some(address("10.0.0.1"))).is_none());
    }
}
