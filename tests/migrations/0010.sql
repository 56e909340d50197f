UPDATE round SET closed = '["m1"]' WHERE id = 'r1';
INSERT INTO opinion (id, round_id, module, question, choice, sentence, closed) VALUES
    ('o1', 'r1', 'm1', 'pace', 'right', NULL, 1795420800000000),
    ('o2', 'r1', 'm1', 'word', NULL, 'Mehr Beispiele', 1795420800000000);
INSERT INTO figure (round_id, what, value, made) VALUES ('r1', 'edition', '{"people":12}', 1795420800000000);
