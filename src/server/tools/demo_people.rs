//! Who is in the demonstration clinic. Nobody is real.

use super::demo_past::Went;
use crate::domain::visit::StaffRole;

/// What everybody there logs in with: long enough, and the same for all.
pub(super) const PASSWORD: &str = "owls hunt at night";

/// Address, name, role.
pub(super) const STAFF: [(&str, &str, StaffRole); 4] = [
    ("admin@owl.example", "Robin Vale", StaffRole::Admin),
    ("okafor@owl.example", "Dr. Ada Okafor", StaffRole::Provider),
    ("lindqvist@owl.example", "Dr. Nils Lindqvist", StaffRole::Provider),
    ("desk@owl.example", "Sam Ferreira", StaffRole::FrontDesk),
];

/// Name, birth date, language, reason, whether an interpreter is wanted.
pub(super) const PATIENTS: [(&str, &str, &str, &str, bool); 12] = [
    ("Maria Gonzalez", "1957-03-14", "es", "Blood pressure, new tablets", false),
    ("Henry Adler", "1941-11-02", "en", "Cough for two weeks", false),
    ("Fatima Rahimi", "1988-07-21", "en", "Results of the blood test", true),
    ("Tom Becker", "2001-01-30", "en", "Rash on the arm", false),
    ("Grace Mbeki", "1969-05-09", "en", "Diabetes check", false),
    ("Luis Ortega", "1975-09-17", "es", "Back pain", false),
    ("Yuki Tanaka", "1993-12-05", "en", "Migraine, follow-up", true),
    ("Olive Brandt", "1950-06-26", "en", "Wound check after surgery", false),
    ("Peter Novak", "1982-02-11", "en", "Sleep problems", false),
    ("Amina Diallo", "1996-10-08", "en", "Pregnancy, 20th week", false),
    ("George Whitlock", "1936-08-19", "en", "Heart medicine", false),
    ("Elena Petrova", "1979-04-03", "en", "Asthma, spray does not help", false),
];

/// Who was there before, one after another: name, birth date, reason, how it went.
pub(super) const PAST: [(&str, &str, &str, Went); 12] = [
    ("Walter Kim", "1948-04-22", "Blood pressure", Went::Seen(6, 9)),
    ("Ines Duarte", "1990-09-03", "Hay fever", Went::Seen(4, 7)),
    ("Samuel Osei", "1963-12-18", "Knee pain", Went::Seen(11, 14)),
    ("Hannah Vogel", "1985-06-07", "Sore throat", Went::NobodyCame),
    ("Lena Kowalski", "1999-02-14", "Contraception, follow-up", Went::Seen(3, 8)),
    ("Arthur Bell", "1939-10-30", "Heart medicine", Went::Seen(9, 16)),
    ("Mei Chen", "1972-08-25", "Results of the blood test", Went::Seen(5, 6)),
    ("Omar Haddad", "1958-01-11", "Diabetes check", Went::Seen(8, 12)),
    ("Rosa Marino", "1994-03-29", "Ear ache", Went::CalledOff),
    ("Jonas Lehmann", "2003-07-16", "Rash on the leg", Went::Seen(2, 7)),
    ("Ruth Abebe", "1967-11-05", "Dizziness", Went::Seen(7, 13)),
    ("Frank Dubois", "1951-05-20", "Wound check", Went::Seen(5, 9)),
];
