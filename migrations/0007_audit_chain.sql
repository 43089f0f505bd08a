-- The audit as evidence: each line is sealed together with the seal of the line before (HMAC-SHA256, hexadecimal). The key lies
-- in a file, never here. No release ever wrote the table that this takes the place of.
DROP TABLE audit;
CREATE TABLE audit (
    id BIGINT PRIMARY KEY,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    visit TEXT,
    patient TEXT,
    about TEXT,
    outcome TEXT NOT NULL,
    mac TEXT NOT NULL
);
CREATE INDEX audit_by_time ON audit (at, id);
CREATE INDEX audit_by_actor ON audit (actor, id);
CREATE INDEX audit_by_patient ON audit (patient, id);

-- The last line's number and seal. Whoever adds lines takes this row first, so that there is one chain, whoever writes.
-- key_check tells whether a key is the right one, and nothing about it.
CREATE TABLE audit_head (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    last BIGINT NOT NULL,
    mac TEXT NOT NULL,
    key_check TEXT NOT NULL
);
INSERT INTO audit_head (one, last, mac, key_check)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000', '');
