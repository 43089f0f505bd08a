-- How people prove that they are who they say.

CREATE TABLE staff_passwords (
    staff TEXT PRIMARY KEY,
    hash TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);

-- Stored by the hash of what the cookie carries: whoever reads this table cannot log in with it.
CREATE TABLE staff_sessions (
    hash TEXT PRIMARY KEY,
    staff TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);
CREATE INDEX staff_sessions_of ON staff_sessions (staff);

-- Failures by what they were aimed at: the hash of an account's address, of a link, of a network address.
CREATE TABLE throttle (
    target TEXT PRIMARY KEY,
    failures BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);

-- One-time links by which somebody sets a password: an invitation, or a reset.
CREATE TABLE staff_invitations (
    hash TEXT PRIMARY KEY,
    staff TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

-- Somebody who makes an appointment knows the birth date.
CREATE INDEX patients_by_birth_date ON patients (birth_date);
