-- What was agreed about a tandem's hours beside how many they are: JSON in TEXT. NULL: nothing yet.
ALTER TABLE tandem ADD COLUMN terms TEXT;

-- What became of entries: changed, taken back, or come after their week was settled. An entry that is gone is still
-- spoken of, so entry_id references nothing. last_day is the later of the two days.
CREATE TABLE entry_change (
    id TEXT NOT NULL PRIMARY KEY,
    entry_id TEXT NOT NULL,
    tandem_id TEXT NOT NULL REFERENCES tandem (id),
    person_id TEXT REFERENCES person (id),
    at BIGINT NOT NULL,
    was_day TEXT,
    was_minutes BIGINT,
    is_day TEXT,
    is_minutes BIGINT,
    timing TEXT NOT NULL,
    last_day TEXT NOT NULL
);
CREATE INDEX entry_change_tandem ON entry_change (tandem_id);
CREATE INDEX entry_change_person ON entry_change (person_id);
CREATE INDEX entry_change_day ON entry_change (last_day);

-- A week's figures as they were when its grace was over; named by its Monday. NULL: nobody could work on any day.
CREATE TABLE week_close (
    tandem_id TEXT NOT NULL REFERENCES tandem (id),
    week TEXT NOT NULL,
    target BIGINT,
    minutes BIGINT NOT NULL,
    PRIMARY KEY (tandem_id, week)
);
CREATE INDEX week_close_week ON week_close (week);

-- Why a week's hours were fewer than agreed; for figures over many tandems.
CREATE TABLE shortfall (
    tandem_id TEXT NOT NULL REFERENCES tandem (id),
    week TEXT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (tandem_id, week)
);
CREATE INDEX shortfall_week ON shortfall (week);

-- Tandems that run already have their weeks settled from now on.
INSERT INTO due (owner, what, at) SELECT id, 'close:', 0 FROM tandem WHERE phase = 'running';
