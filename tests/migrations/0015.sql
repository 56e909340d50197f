INSERT INTO said (hour, person_id, message_id, at) VALUES (498728, 'p1', 7, 1795420800000000);
INSERT INTO unsay (person_id, address, erased, at, piece, tries) VALUES
    ('gone', 4711, 1795420800000000, 1795420800000000, 100, 0);
INSERT INTO news (id, round_id, person_id, about, text, at, until, state, shared) VALUES
    ('n15', 'r1', 'p1', '{"shared":{"name":"Ada"}}', 'Ein Beitrag', 1795420800000000, NULL, 'planned', 1);
