INSERT INTO said (hour, at, person_id, message_id) VALUES (498728, 1795420800000000, 'p1', 8);
INSERT INTO entry (tandem_id, id, person_id, day, minutes, made) VALUES
    ('t1', 'e17', 'p1', '2026-11-23', 30, 1795420800000000);
