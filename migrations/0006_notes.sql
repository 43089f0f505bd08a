-- A provider's private note on a visit. Only the visit's provider reads and writes it.
CREATE TABLE notes (
    visit TEXT PRIMARY KEY,
    text TEXT NOT NULL,
    written_by TEXT NOT NULL,
    written_at BIGINT NOT NULL
);

-- Rooms that nobody may meet in any more, until the room service has said that they are over.
CREATE TABLE rooms_to_end (
    room TEXT PRIMARY KEY,
    since BIGINT NOT NULL
);
