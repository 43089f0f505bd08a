-- Which records were corrected, so that every process tells the pages that show them: what is corrected is no event. Numbers are
-- given in the order of commits, as those of events are.
CREATE TABLE record_head (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    last BIGINT NOT NULL
);
INSERT INTO record_head (one, last) VALUES (1, 0);

CREATE TABLE record_changes (
    visit TEXT PRIMARY KEY,
    id BIGINT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX record_changes_by_id ON record_changes (id);
CREATE INDEX record_changes_by_time ON record_changes (changed_at);
