//! The clinic's times.

use super::{read, refusal};
use owl_hospital::domain::visit::Policy;
use std::time::Duration;

#[test]
fn they_are_what_patients_know_unless_set() {
    let times = read(&[]).ok().map(|config| config.clinic.times);
    assert_eq!(times.map(|times| times.policy), Some(Policy::default()));
    assert_eq!(times.map(|times| times.retention), Some(Duration::from_hours(24 * 3650)));
}

#[test]
fn each_is_read() {
    let set = [
        ("CHECK_IN_OPENS", "90m"),
        ("CHECK_IN_CLOSES", "1h"),
        ("ADMISSION_NOTICE", "0"),
        ("KEEP_PLACE", "45m"),
        ("RETENTION_DAYS", "30"),
    ];
    let times = read(&set).ok().map(|config| config.clinic.times);
    let policy = Policy {
        opens_before: Duration::from_mins(90),
        closes_after: Duration::from_hours(1),
        notice: Duration::ZERO,
        keeps_place: Duration::from_mins(45),
    };
    assert_eq!(times.map(|times| times.policy), Some(policy));
    assert_eq!(times.map(|times| times.retention), Some(Duration::from_hours(24 * 30)));
}

#[test]
fn what_is_out_of_range_is_told_with_the_range() {
    for (variable, values, range) in [
        ("CHECK_IN_OPENS", ["25h", "soon"], "from 0 to 24h"),
        ("CHECK_IN_CLOSES", ["0", "25h"], "from 1m to 24h"),
        ("ADMISSION_NOTICE", ["61s", "ten"], "from 0 to 60s"),
        ("KEEP_PLACE", ["4m", "13h"], "from 5m to 12h"),
        ("RETENTION_DAYS", ["0", "36501"], "from 1 to 36500"),
    ] {
        for value in values {
            let told = refusal(&[(variable, value)]);
            assert!(told.contains(variable) && told.contains(range) && told.contains(value), "{told}");
        }
    }
}
