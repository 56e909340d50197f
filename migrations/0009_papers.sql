-- Tandems and rounds never go, so nothing here needs to keep them by a reference.

-- A link to one download: one for each kind of paper and person; a newer one takes its place. Only the hash of its secret
-- is kept, and the row goes when the link is used.
CREATE TABLE download (
    person_id TEXT NOT NULL REFERENCES person (id),
    paper TEXT NOT NULL,
    tandem_id TEXT,
    hash TEXT NOT NULL UNIQUE,
    expires BIGINT NOT NULL,
    PRIMARY KEY (person_id, paper)
);
CREATE INDEX download_expires ON download (expires);

-- Whose licence the code on it leads to. What is said about it stands in the seat.
CREATE TABLE licence_code (
    person_id TEXT NOT NULL REFERENCES person (id),
    tandem_id TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    PRIMARY KEY (person_id, tandem_id)
);

-- Somebody without a second person asks the trainers to confirm the hand-over; gone with the answer.
CREATE TABLE vouch (
    person_id TEXT NOT NULL REFERENCES person (id),
    tandem_id TEXT NOT NULL,
    round_id TEXT NOT NULL,
    asked BIGINT NOT NULL,
    PRIMARY KEY (person_id, tandem_id)
);
CREATE INDEX vouch_round ON vouch (round_id, asked);
CREATE INDEX vouch_asked ON vouch (asked);
