-- Links for patients and guests: bound to one visit and one place in it. Secret and code are stored hashed.
CREATE TABLE links (
    id TEXT PRIMARY KEY,
    secret_hash TEXT NOT NULL UNIQUE,
    code_hash TEXT NOT NULL UNIQUE,
    visit TEXT NOT NULL,
    seat TEXT NOT NULL,
    expires_at BIGINT NOT NULL,
    revoked_at BIGINT
);
CREATE INDEX links_of_visit ON links (visit);

-- Browsers that came by a link. Of several at one place the one that came last has it.
CREATE TABLE seat_sessions (
    hash TEXT PRIMARY KEY,
    link TEXT NOT NULL,
    visit TEXT NOT NULL,
    seat TEXT NOT NULL,
    is_guest BIGINT NOT NULL,
    confirmed BIGINT NOT NULL,
    taken_at BIGINT NOT NULL
);
CREATE INDEX seat_sessions_of ON seat_sessions (seat, taken_at);
CREATE INDEX seat_sessions_by_link ON seat_sessions (link);
