INSERT INTO audit (at, role, person_id, action, subject) VALUES
    (1795420800000000, 'operator', NULL, 'round_created', 'r1'),
    (1795420800000001, 'trainer', 'p3', 'report_read', 'r1');
INSERT INTO erased (hash, day) VALUES ('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', '2026-11-23');
