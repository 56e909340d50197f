INSERT INTO download (person_id, paper, tandem_id, hash, expires) VALUES
    ('p1', 'concept', 't1', 'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed', 1795420800000000),
    ('p1', 'data', NULL, 'fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603', 1795420800000000);
INSERT INTO licence_code (person_id, tandem_id, hash) VALUES
    ('p1', 't1', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
INSERT INTO vouch (person_id, tandem_id, round_id, asked) VALUES ('p1', 't1', 'r1', 1795420800000000);
