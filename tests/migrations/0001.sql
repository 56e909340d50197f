-- One running round with one tandem, in which a bit of everything has happened.
INSERT INTO person (id, name, lang, zone, reach, prefs, made) VALUES
    ('p1', 'Ada', 'de', 'Europe/Berlin', 'open', '{"workdays":31,"lesson_days":null,"hour":9,"nudges":"all","paused":false}', 1795420800000000),
    ('p2', 'Ben', 'en', 'Europe/Berlin', 'blocked', '{"workdays":15,"lesson_days":null,"hour":8,"nudges":"fewer","paused":true}', 1795420800000000),
    ('p3', 'Trainer', 'de', 'Europe/Berlin', 'open', '{"workdays":31,"lesson_days":null,"hour":9,"nudges":"all","paused":false}', 1795420800000000);
INSERT INTO chat (address, person_id) VALUES (1, 'p1'), (2, 'p2'), (5000000000, 'p3');
INSERT INTO trainer (person_id, desk) VALUES ('p3', '"clear"');
INSERT INTO round (id, programme, name, start, zone, land, places, controller, privacy_contact, phase, made) VALUES
    ('r1', 'fuehrerschein', 'Herbst', '2026-11-23', 'Europe/Berlin', 'NI', 20, 'Verband', 'ds@example.org', 'running', 1795420800000000);
INSERT INTO round_trainer (round_id, person_id) VALUES ('r1', 'p3');
INSERT INTO tandem (id, round_id, organisation, agreed, promise, phase, made) VALUES
    ('t1', 'r1', 'Rathaus', 300, 'board', 'running', 1795420800000000);
INSERT INTO seat (tandem_id, role, person_id, mind) VALUES ('t1', 'lead', 'p1', '{"stage":"ready"}'), ('t1', 'deputy', 'p2', '{"stage":"times"}');
INSERT INTO entry (id, tandem_id, person_id, day, minutes, made) VALUES
    ('e1', 't1', 'p1', '2026-11-23', 45, 1795424400000000), ('e2', 't1', NULL, '2026-11-24', 30, 1795424400000000);
INSERT INTO week_total (tandem_id, week, minutes) VALUES ('t1', '2026-06-01', 290);
INSERT INTO absence (id, tandem_id, person_id, first, last, phase) VALUES ('a1', 't1', 'p1', '2026-12-01', '2026-12-04', 'planned');
INSERT INTO cover (id, absence_id, tandem_id, first, last, version, helper, phase, ticks) VALUES
    ('c1', 'a1', 't1', '2026-12-01', '2026-12-04', 1, 'p2', 'asked', '[1,3]');
INSERT INTO due (owner, what, at) VALUES ('t1', 'lesson:lead', 1795507200000000), ('house', 'purge', 1795507200000000);
INSERT INTO link (hash, purpose, subject, uses_left, expires) VALUES
    ('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 'deputy', 't1', 1, 1796025600000000);
INSERT INTO answer (person_id, round_id, module, step, outcome, chosen, text, made) VALUES
    ('p1', 'r1', 'm1', 's1', 'wrong', '["b"]', NULL, 1795424400000000),
    ('p1', 'r1', 'm1', 's2', 'wrote', NULL, 'Wir antworten in zwei Tagen.', 1795424400000000);
INSERT INTO rating (person_id, round_id, module, question, choice, sentence, made) VALUES
    ('p1', 'r1', 'm1', 'useful', 'yes', NULL, 1795424400000000),
    ('p1', 'r1', 'm1', 'why', NULL, 'Endlich Zeit dafür.', 1795424400000000);
INSERT INTO milestone (person_id, round_id, module, lesson, what, made) VALUES ('p1', 'r1', 'm1', 'l1', 'finished', 1795424400000000);
INSERT INTO outbox (id, person_id, kind, occurrence, lane, slot, target, message, not_before, nth, expires, state, tries, lease,
    worker, made, settled, message_id) VALUES
    ('o1', 'p1', 'lesson', 'm1/l1', 'bulk', 'lesson', NULL, '', 1795420800000000, 0, NULL, 'sent', 1, NULL, NULL, 1795420800000000, 1795420801000000, 10),
    ('o2', 'p2', 'week', '2026-W48', 'bulk', NULL, NULL, '{"blocks":[]}', 1795852800000000, 0, 1795939200000000, 'owed', 0, NULL, NULL, 1795420800000000, NULL, NULL),
    ('o3', 'p3', 'reply', '17', 'reply', NULL, NULL, '{"blocks":[]}', 1795420800000000, 0, NULL, 'claimed', 1, 1795420860000000, 'w1', 1795420800000000, NULL, NULL);
INSERT INTO screen (person_id, slot, message_id) VALUES ('p1', 'lesson', 10);
INSERT INTO seen_update (update_id, at) VALUES (17, 1795420800000000);
INSERT INTO worker (id, seen) VALUES ('w1', 1795420800000000);
