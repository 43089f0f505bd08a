-- Portable: the same files run on SQLite and PostgreSQL. Ids are TEXT (32 hexadecimal digits), times BIGINT (milliseconds since
-- 1970-01-01 UTC), truth values BIGINT (0, 1).

-- The id of the last event. Whoever appends takes this row first, so ids are given in the order in which they are committed.
CREATE TABLE head (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    last BIGINT NOT NULL
);
INSERT INTO head (one, last) VALUES (1, 0);

-- The logs of all visits. Rows are added, never changed.
CREATE TABLE events (
    id BIGINT PRIMARY KEY,
    visit TEXT NOT NULL,
    seq BIGINT NOT NULL,
    event TEXT NOT NULL,
    UNIQUE (visit, seq)
);

-- What a log amounts to, as far as one searches by it. Written with every append, and can be made anew from the logs.
CREATE TABLE visits (
    id TEXT PRIMARY KEY,
    seq BIGINT NOT NULL,
    patient TEXT NOT NULL,
    provider TEXT NOT NULL,
    starts_at BIGINT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX visits_open ON visits (starts_at) WHERE ended_at IS NULL;
CREATE INDEX visits_of_provider ON visits (provider, starts_at);
CREATE INDEX visits_of_patient ON visits (patient, starts_at);
CREATE INDEX visits_by_time ON visits (starts_at);
