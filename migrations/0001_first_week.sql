-- One text for SQLite and PostgreSQL. What both understand alike: TEXT and BIGINT.
-- Instants are microseconds since 1970 in UTC (BIGINT); local dates are 'YYYY-MM-DD' (TEXT), so that they
-- sort as text; ids and codes are TEXT; what only the program reads is JSON in TEXT.

-- A human being. Nothing here knows a chat program.
CREATE TABLE person (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    lang TEXT NOT NULL,
    zone TEXT NOT NULL,
    reach TEXT NOT NULL,
    prefs TEXT NOT NULL,
    made BIGINT NOT NULL
);

-- The only place with Telegram's ids.
CREATE TABLE chat (
    address BIGINT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL UNIQUE REFERENCES person (id)
);

CREATE TABLE trainer (
    person_id TEXT NOT NULL PRIMARY KEY REFERENCES person (id),
    desk TEXT NOT NULL
);

CREATE TABLE round (
    id TEXT NOT NULL PRIMARY KEY,
    programme TEXT NOT NULL,
    name TEXT NOT NULL,
    start TEXT NOT NULL,
    zone TEXT NOT NULL,
    land TEXT,
    places BIGINT NOT NULL,
    controller TEXT NOT NULL,
    privacy_contact TEXT NOT NULL,
    phase TEXT NOT NULL,
    made BIGINT NOT NULL
);

CREATE TABLE round_trainer (
    round_id TEXT NOT NULL REFERENCES round (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    PRIMARY KEY (round_id, person_id)
);
CREATE INDEX round_trainer_person ON round_trainer (person_id);

CREATE TABLE tandem (
    id TEXT NOT NULL PRIMARY KEY,
    round_id TEXT NOT NULL REFERENCES round (id),
    organisation TEXT,
    agreed BIGINT NOT NULL,
    promise TEXT NOT NULL,
    phase TEXT NOT NULL,
    made BIGINT NOT NULL
);
CREATE INDEX tandem_round ON tandem (round_id, id);

CREATE TABLE seat (
    tandem_id TEXT NOT NULL REFERENCES tandem (id),
    role TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    mind TEXT NOT NULL,
    PRIMARY KEY (tandem_id, role)
);
CREATE INDEX seat_person ON seat (person_id);

-- The ledger belongs to the tandem: an entry outlives the person who made it.
CREATE TABLE entry (
    id TEXT NOT NULL PRIMARY KEY,
    tandem_id TEXT NOT NULL REFERENCES tandem (id),
    person_id TEXT REFERENCES person (id),
    day TEXT NOT NULL,
    minutes BIGINT NOT NULL,
    made BIGINT NOT NULL
);
CREATE INDEX entry_tandem ON entry (tandem_id, day);
CREATE INDEX entry_person ON entry (person_id);
CREATE INDEX entry_day ON entry (day);

-- What remains of entries whose time is over; the week is named by its Monday.
CREATE TABLE week_total (
    tandem_id TEXT NOT NULL REFERENCES tandem (id),
    week TEXT NOT NULL,
    minutes BIGINT NOT NULL,
    PRIMARY KEY (tandem_id, week)
);
CREATE INDEX week_total_week ON week_total (week);

CREATE TABLE absence (
    id TEXT NOT NULL PRIMARY KEY,
    tandem_id TEXT NOT NULL REFERENCES tandem (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    phase TEXT NOT NULL
);
CREATE INDEX absence_tandem ON absence (tandem_id, last);
CREATE INDEX absence_person ON absence (person_id);
CREATE INDEX absence_last ON absence (last);

CREATE TABLE cover (
    id TEXT NOT NULL PRIMARY KEY,
    absence_id TEXT NOT NULL REFERENCES absence (id),
    tandem_id TEXT NOT NULL REFERENCES tandem (id),
    first TEXT NOT NULL,
    last TEXT NOT NULL,
    version BIGINT NOT NULL,
    helper TEXT REFERENCES person (id),
    phase TEXT NOT NULL,
    ticks TEXT NOT NULL
);
CREATE INDEX cover_absence ON cover (absence_id);
CREATE INDEX cover_tandem ON cover (tandem_id);
CREATE INDEX cover_helper ON cover (helper);

-- Due work is an index: a tick reads what is due and nothing else.
-- The owner is a tandem, a round or 'house', so it references nothing.
CREATE TABLE due (
    owner TEXT NOT NULL,
    what TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (owner, what)
);
CREATE INDEX due_at ON due (at);

-- Only the hash of a link's secret is kept.
CREATE TABLE link (
    hash TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    subject TEXT NOT NULL,
    uses_left BIGINT NOT NULL,
    expires BIGINT NOT NULL
);
CREATE INDEX link_subject ON link (subject, purpose);
CREATE INDEX link_expires ON link (expires);

CREATE TABLE answer (
    person_id TEXT NOT NULL REFERENCES person (id),
    round_id TEXT NOT NULL REFERENCES round (id),
    module TEXT NOT NULL,
    step TEXT NOT NULL,
    outcome TEXT NOT NULL,
    chosen TEXT,
    text TEXT,
    made BIGINT NOT NULL,
    PRIMARY KEY (person_id, round_id, module, step)
);
CREATE INDEX answer_round ON answer (round_id, module, step);

CREATE TABLE rating (
    person_id TEXT NOT NULL REFERENCES person (id),
    round_id TEXT NOT NULL REFERENCES round (id),
    module TEXT NOT NULL,
    question TEXT NOT NULL,
    choice TEXT,
    sentence TEXT,
    made BIGINT NOT NULL,
    PRIMARY KEY (person_id, round_id, module, question)
);
CREATE INDEX rating_round ON rating (round_id, module, question);
CREATE INDEX rating_sentence ON rating (made) WHERE sentence IS NOT NULL;

CREATE TABLE milestone (
    person_id TEXT NOT NULL REFERENCES person (id),
    round_id TEXT NOT NULL REFERENCES round (id),
    module TEXT NOT NULL,
    lesson TEXT NOT NULL,
    what TEXT NOT NULL,
    made BIGINT NOT NULL,
    PRIMARY KEY (person_id, round_id, module, lesson, what)
);
CREATE INDEX milestone_round ON milestone (round_id, module, lesson, what);

-- Messages that somebody must get. `nth` keeps the order of those owed at the same instant.
CREATE TABLE outbox (
    id TEXT NOT NULL PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    occurrence TEXT NOT NULL,
    lane TEXT NOT NULL,
    slot TEXT,
    target BIGINT,
    message TEXT NOT NULL,
    not_before BIGINT NOT NULL,
    nth BIGINT NOT NULL,
    expires BIGINT,
    state TEXT NOT NULL,
    tries BIGINT NOT NULL,
    lease BIGINT,
    worker TEXT,
    made BIGINT NOT NULL,
    settled BIGINT,
    message_id BIGINT,
    UNIQUE (person_id, kind, occurrence)
);
CREATE INDEX outbox_owed ON outbox (lane, not_before, nth) WHERE state = 'owed';
CREATE INDEX outbox_claimed ON outbox (lease) WHERE state = 'claimed';
CREATE INDEX outbox_settled ON outbox (settled) WHERE settled IS NOT NULL;

-- Where a screen that is redrawn stands at present.
CREATE TABLE screen (
    person_id TEXT NOT NULL REFERENCES person (id),
    slot TEXT NOT NULL,
    message_id BIGINT NOT NULL,
    PRIMARY KEY (person_id, slot)
);

CREATE TABLE seen_update (
    update_id BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL
);
CREATE INDEX seen_update_at ON seen_update (at, update_id);

CREATE TABLE worker (
    id TEXT NOT NULL PRIMARY KEY,
    seen BIGINT NOT NULL
);
