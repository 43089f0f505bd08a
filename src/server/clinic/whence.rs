//! Where somebody is on the network, as far as it matters for slowing them down. Never log it.

use std::net::{IpAddr, Ipv6Addr};

/// From where somebody tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Whence {
    /// From this network: an IPv4 address, or an IPv6 address without its last 64 bits, which each household chooses as it
    /// likes.
    Network(IpAddr),
    /// Nobody who is trusted says from where.
    Unknown,
}

impl From<Option<IpAddr>> for Whence {
    fn from(address: Option<IpAddr>) -> Self {
        match address.map(|address| address.to_canonical()) {
            None => Self::Unknown,
            Some(IpAddr::V6(address)) => {
                let prefix = address.to_bits() & (u128::MAX << 64);
                Self::Network(Ipv6Addr::from_bits(prefix).into())
            }
            Some(address) => Self::Network(address),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_is_one_network_whichever_address_it_takes() {
        let whence = |text: &str| Whence::from(Some(text.parse::<IpAddr>().unwrap()));
        assert_eq!(whence("2001:db8:1:2:3:4:5:6"), whence("2001:db8:1:2:ffff::1"));
        assert_ne!(whence("2001:db8:1:2::1"), whence("2001:db8:1:3::1"));
        assert_ne!(whence("203.0.113.9"), whence("203.0.113.10"));
        assert_eq!(whence("::ffff:203.0.113.9"), whence("203.0.113.9"));
        assert_eq!(Whence::from(None), Whence::Unknown);
    }
}
