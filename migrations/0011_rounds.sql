-- What trainers and participants of a round say to each other, meetings, and who waits for a place.

-- Weeks that rest and the group's address: JSON in TEXT. NULL: neither.
ALTER TABLE round ADD COLUMN plans TEXT;

-- What everybody in a round is told. `about` is what sort of news it is (JSON in TEXT); `person_id` is who wrote it, as
-- long as they are there. State: 'planned', 'sent' (its way to people has begun) or 'withdrawn'.
CREATE TABLE news (
    id TEXT NOT NULL PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES round (id),
    person_id TEXT REFERENCES person (id),
    about TEXT NOT NULL,
    text TEXT NOT NULL,
    at BIGINT NOT NULL,
    until BIGINT,
    state TEXT NOT NULL
);
CREATE INDEX news_round ON news (round_id, at);
CREATE INDEX news_person ON news (person_id);
CREATE INDEX news_at ON news (at);

-- Whom news is for, and by which message of the outbox it came; NULL: it waits for a moment that is polite.
CREATE TABLE news_reader (
    news_id TEXT NOT NULL REFERENCES news (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    kind TEXT,
    occurrence TEXT,
    PRIMARY KEY (news_id, person_id)
);
CREATE INDEX news_reader_person ON news_reader (person_id);

-- What a participant wrote to the trainers. Without a name in it trainers do not see who it was; `person_id` brings the
-- answer back and goes as soon as that is done. Until it is shown it can be taken back.
CREATE TABLE letter (
    id TEXT NOT NULL PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES round (id),
    person_id TEXT REFERENCES person (id),
    purpose TEXT NOT NULL,
    name TEXT,
    text TEXT NOT NULL,
    made BIGINT NOT NULL,
    shown BIGINT,
    answered BIGINT
);
CREATE INDEX letter_round ON letter (round_id, made);
CREATE INDEX letter_person ON letter (person_id);
CREATE INDEX letter_made ON letter (made);

CREATE TABLE meeting (
    id TEXT NOT NULL PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES round (id),
    title TEXT NOT NULL,
    place TEXT NOT NULL,
    starts BIGINT NOT NULL,
    minutes BIGINT NOT NULL,
    state TEXT NOT NULL
);
CREATE INDEX meeting_round ON meeting (round_id, starts);
CREATE INDEX meeting_starts ON meeting (starts);

-- Who wants to be told when a place in a full round is free. They said yes to that, and to nothing else.
CREATE TABLE waiting (
    round_id TEXT NOT NULL REFERENCES round (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    made BIGINT NOT NULL,
    offered BIGINT,
    PRIMARY KEY (round_id, person_id)
);
CREATE INDEX waiting_person ON waiting (person_id);
CREATE INDEX waiting_made ON waiting (made);
