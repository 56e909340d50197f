INSERT INTO session (hash, person_id, expires) VALUES
    ('cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed', 'p1', 1795420800000000);
