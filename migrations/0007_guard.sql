-- What operators and trainers did: the role, when, and to what; never what anybody wrote. A trainer's id goes when the
-- trainer does. The subject is a round, so it references nothing: an entry outlives it.
CREATE TABLE audit (
    at BIGINT NOT NULL,
    role TEXT NOT NULL,
    person_id TEXT,
    action TEXT NOT NULL,
    subject TEXT
);
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_person ON audit (person_id);

-- Who was erased, so that no backup brings them back: the hash of a random id and the day, nothing else.
CREATE TABLE erased (
    hash TEXT NOT NULL PRIMARY KEY,
    day TEXT NOT NULL
);
CREATE INDEX erased_day ON erased (day);
