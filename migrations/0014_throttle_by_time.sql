-- Failures that are forgiven are looked for once a minute, by when they happened.
CREATE INDEX throttle_by_last_at ON throttle (last_at);
