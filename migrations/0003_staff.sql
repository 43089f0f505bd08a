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

-- Codes from an app, where somebody wants them. The last step that was used is never taken again.
CREATE TABLE staff_totp (
    staff TEXT PRIMARY KEY,
    secret TEXT NOT NULL,
    confirmed BIGINT NOT NULL,
    last_step BIGINT NOT NULL
);

-- For whoever has lost the app: each works once.
CREATE TABLE staff_recovery_codes (
    hash TEXT PRIMARY KEY,
    staff TEXT NOT NULL
);
CREATE INDEX staff_recovery_codes_of ON staff_recovery_codes (staff);
