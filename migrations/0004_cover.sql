-- Half days, ends that are not known yet, hand-overs with two sides, a contact, and help between tandems of a round.

-- 'morning' or 'afternoon' of a single day.
ALTER TABLE absence ADD COLUMN half TEXT;
ALTER TABLE absence ADD COLUMN ending TEXT NOT NULL DEFAULT 'known';
ALTER TABLE cover ADD COLUMN half TEXT;

-- What the absent person has ticked, and one address that is never opened.
ALTER TABLE cover ADD COLUMN given TEXT NOT NULL DEFAULT '[]';
ALTER TABLE cover ADD COLUMN link TEXT;
CREATE INDEX cover_last ON cover (last);

-- Who may be told of an open gap, as the lead names an office.
ALTER TABLE tandem ADD COLUMN contact TEXT;

-- The round whose other tandems may ask this person to stand in.
ALTER TABLE seat ADD COLUMN offers TEXT;
CREATE INDEX seat_offers ON seat (offers, tandem_id) WHERE offers IS NOT NULL;

-- People of other tandems of the round who were asked about a cover.
CREATE TABLE help (
    cover_id TEXT NOT NULL REFERENCES cover (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    said TEXT NOT NULL,
    PRIMARY KEY (cover_id, person_id)
);
CREATE INDEX help_person ON help (person_id);
