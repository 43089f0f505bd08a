-- The time zone of who came by a link, as their browser says it (Europe/Madrid). Empty: it did not say.
ALTER TABLE seat_sessions ADD COLUMN time_zone TEXT NOT NULL DEFAULT '';
