UPDATE tandem SET terms = '{"promised":"2026-11-20","closed":"2026-W47","gone":[{"week":"2026-W48","scheduled":31,"mornings":3,"afternoons":1}]}';
INSERT INTO entry_change (id, entry_id, tandem_id, person_id, at, was_day, was_minutes, is_day, is_minutes, timing, last_day) VALUES
    ('h1', 'e1', 't1', 'p1', 1795424500000000, '2026-11-22', 40, '2026-11-23', 45, 'in_time', '2026-11-23'),
    ('h2', 'e9', 't1', NULL, 1795424500000000, '2026-11-02', 20, NULL, NULL, 'revision', '2026-11-02');
INSERT INTO week_close (tandem_id, week, target, minutes) VALUES ('t1', '2026-11-09', 300, 290), ('t1', '2026-11-16', NULL, 0);
INSERT INTO shortfall (tandem_id, week, why) VALUES ('t1', '2026-11-16', 'not_released');
