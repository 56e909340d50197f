INSERT INTO recall (person_id, round_id, module, step, stability, difficulty, reviewed, due) VALUES
    ('p1', 'r1', 'm1', 's1', 212, 6413, '2026-11-24', '2026-11-26');
