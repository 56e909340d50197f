INSERT INTO outbox (id, person_id, kind, occurrence, lane, slot, target, message, not_before, nth, expires, state, tries, lease,
    worker, made, settled, message_id, on_wire) VALUES
    ('o4', 'p3', 'reminder', 'm1/l1', 'bulk', NULL, NULL, '{"blocks":[]}', 1795420800000000, 0, NULL, 'claimed', 1, 1795420860000000, 'w1', 1795420800000000, NULL, NULL, 1795420815000000);
