-- Who did what, when, to whose record. Rows are added, never changed.
CREATE TABLE audit (
    id BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    visit TEXT,
    patient TEXT,
    outcome TEXT NOT NULL
);
CREATE INDEX audit_by_time ON audit (at);
