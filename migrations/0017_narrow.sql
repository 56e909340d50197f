-- What is written for every message is the price of an answer, and most of it is how many pages of the database are
-- touched. Message numbers lie in the order in which they came, so that those of one moment lie together; whoever is
-- erased has the hours of two days looked through.
ALTER TABLE said RENAME TO said_by_person;
CREATE TABLE said (
    hour BIGINT NOT NULL,
    at BIGINT NOT NULL,
    person_id TEXT NOT NULL,
    message_id BIGINT NOT NULL,
    CONSTRAINT said_in_order PRIMARY KEY (hour, at, person_id, message_id)
);
INSERT INTO said (hour, at, person_id, message_id) SELECT hour, at, person_id, message_id FROM said_by_person;
DROP TABLE said_by_person;

-- An entry is found through its tandem, so that needs no index of its own.
ALTER TABLE entry RENAME TO entry_by_id;
CREATE TABLE entry (
    tandem_id TEXT NOT NULL REFERENCES tandem (id),
    id TEXT NOT NULL,
    person_id TEXT REFERENCES person (id),
    day TEXT NOT NULL,
    minutes BIGINT NOT NULL,
    made BIGINT NOT NULL,
    CONSTRAINT entry_of_tandem PRIMARY KEY (tandem_id, id)
);
INSERT INTO entry (tandem_id, id, person_id, day, minutes, made)
    SELECT tandem_id, id, person_id, day, minutes, made FROM entry_by_id;
DROP TABLE entry_by_id;
CREATE INDEX entry_person ON entry (person_id);
CREATE INDEX entry_day ON entry (day);

-- Everybody who does anything has their faded questions looked at: the index holds all that is asked for.
DROP INDEX recall_due;
CREATE INDEX recall_of_person ON recall (person_id, round_id, due, module, step, stability, difficulty, reviewed);
