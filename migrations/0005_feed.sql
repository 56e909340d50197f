-- A person's calendar feed. Only the hash of the secret in its address is kept.
CREATE TABLE feed (
    person_id TEXT NOT NULL PRIMARY KEY REFERENCES person (id),
    hash TEXT NOT NULL UNIQUE,
    made BIGINT NOT NULL
);

-- What a feed has said so far about a thing: its content as a hash, and a number that grows when that changes.
-- `last` is the day on which the thing is over.
CREATE TABLE feed_event (
    person_id TEXT NOT NULL REFERENCES person (id),
    uid TEXT NOT NULL,
    digest TEXT NOT NULL,
    sequence BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    last TEXT NOT NULL,
    PRIMARY KEY (person_id, uid)
);
CREATE INDEX feed_event_last ON feed_event (last);
