INSERT INTO feed (person_id, hash, made) VALUES
    ('p1', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 1795420800000000);
INSERT INTO feed_event (person_id, uid, digest, sequence, changed, last) VALUES
    ('p1', 'absence-a1@tandem', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad', 2, 1795420800000000, '2026-12-04');
