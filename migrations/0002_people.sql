-- Personal data lie beside the log, where they can be corrected and erased. Events hold ids only.

CREATE TABLE patients (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    birth_date TEXT NOT NULL,
    language TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

-- What belongs to one visit and is no event: what the clinic wrote down for it, and what the patient said at check-in.
CREATE TABLE visit_details (
    visit TEXT PRIMARY KEY,
    reason TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    location TEXT NOT NULL DEFAULT '',
    call_back TEXT NOT NULL DEFAULT '',
    consented_at BIGINT,
    devices TEXT NOT NULL DEFAULT ''
);

CREATE TABLE staff (
    id TEXT PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    disabled BIGINT NOT NULL DEFAULT 0,
    created_at BIGINT NOT NULL
);
