INSERT INTO said (hour, person_id, message_id, at) VALUES (498728, 'p1', 7, 1795420800000000);
INSERT INTO unsay (person_id, address, erased, at, piece, tries) VALUES
    ('gone', 4711, 1795420800000000, 1795420800000000, 100, 0);
