-- Which questionnaires of a round have closed, as a list of modules (JSON in TEXT). NULL: none yet.
ALTER TABLE round ADD COLUMN closed TEXT;

-- What was answered in a questionnaire that has closed: under a random id, without a person, without anything that
-- joins two answers of the same person. `closed` is the instant of closing, the same for all of a questionnaire.
CREATE TABLE opinion (
    id TEXT NOT NULL PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES round (id),
    module TEXT NOT NULL,
    question TEXT NOT NULL,
    choice TEXT,
    sentence TEXT,
    closed BIGINT NOT NULL
);
CREATE INDEX opinion_round ON opinion (round_id, module, question);
CREATE INDEX opinion_closed ON opinion (closed);

-- Figures of a round as they were published (JSON in TEXT): all that trainers see beside opinions.
CREATE TABLE figure (
    round_id TEXT NOT NULL REFERENCES round (id),
    what TEXT NOT NULL,
    value TEXT NOT NULL,
    made BIGINT NOT NULL,
    PRIMARY KEY (round_id, what)
);
CREATE INDEX figure_made ON figure (made);

CREATE INDEX rating_made ON rating (made);

-- When a trainer's digest comes, and whether it was said that there is nothing yet (JSON in TEXT). NULL: as usual.
ALTER TABLE trainer ADD COLUMN digest TEXT;

-- Rounds that are there get their closings, weekly figures, and trainers their digest from now on.
INSERT INTO due (owner, what, at) SELECT id, 'round-surveys:', 0 FROM round WHERE phase = 'running';
INSERT INTO due (owner, what, at) SELECT id, 'round-edition:', 0 FROM round WHERE phase = 'running';
INSERT INTO due (owner, what, at) SELECT person_id, 'digest:', 0 FROM trainer;
