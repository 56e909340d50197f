-- How well a person remembers a question of the lessons, and when it comes again. Stability (in days) and difficulty are
-- FSRS's, in thousandths; a question that was answered anew replaces what was known of it.
CREATE TABLE recall (
    person_id TEXT NOT NULL REFERENCES person (id),
    round_id TEXT NOT NULL REFERENCES round (id),
    module TEXT NOT NULL,
    step TEXT NOT NULL,
    stability BIGINT NOT NULL,
    difficulty BIGINT NOT NULL,
    reviewed TEXT NOT NULL,
    due TEXT NOT NULL,
    PRIMARY KEY (person_id, round_id, module, step)
);
CREATE INDEX recall_due ON recall (person_id, due);
CREATE INDEX recall_reviewed ON recall (reviewed);
