INSERT INTO absence (id, tandem_id, person_id, first, last, phase, half, ending) VALUES
    ('a2', 't1', 'p2', '2026-12-07', '2026-12-07', 'planned', 'morning', 'known'),
    ('a3', 't1', 'p2', '2026-12-09', '2026-12-09', 'planned', NULL, 'open');
INSERT INTO cover (id, absence_id, tandem_id, first, last, version, helper, phase, ticks, half, given, link) VALUES
    ('c2', 'a2', 't1', '2026-12-07', '2026-12-07', 2, 'p1', 'accepted', '[0]', 'morning', '[0,1]', 'https://example.org/x');
INSERT INTO help (cover_id, person_id, said) VALUES ('c2', 'p3', 'nothing');
UPDATE tandem SET contact = 'Sekretariat' WHERE id = 't1';
UPDATE seat SET offers = 'r1' WHERE tandem_id = 't1' AND role = 'lead';
