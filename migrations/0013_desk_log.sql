-- Who came to their desk and who went, so that a visit that is replayed says what its page said of it. Rows are added, never changed,
-- and swept when they are old.
CREATE TABLE desk_log (
    -- The process whose page it was. Empty: every process.
    node TEXT NOT NULL,
    -- Empty: everybody who had a page open there, since the process has started, or is gone.
    staff TEXT NOT NULL,
    at BIGINT NOT NULL,
    is_there BIGINT NOT NULL
);
CREATE INDEX desk_log_of_staff ON desk_log (staff, at);
CREATE INDEX desk_log_by_time ON desk_log (at);
