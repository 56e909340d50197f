INSERT INTO news (id, round_id, person_id, about, text, at, state) VALUES
    ('n1', 'r1', 'p3', '"word"', 'Am Donnerstag treffen wir uns im Rathaus.', 1795424400000000, 'sent');
INSERT INTO news_reader (news_id, person_id, kind, occurrence) VALUES ('n1', 'p1', 'lesson', 'm1/l1'), ('n1', 'p2', NULL, NULL);
INSERT INTO letter (id, round_id, person_id, purpose, name, text, made, answered) VALUES
    ('l1', 'r1', 'p1', 'question', 'Ada', 'Zählt die Zeit im Zug?', 1795424400000000, NULL);
INSERT INTO meeting (id, round_id, title, place, starts, minutes, state) VALUES
    ('m1', 'r1', 'Austausch', 'Rathaus, Zimmer 4', 1795593600000000, 60, 'planned');
INSERT INTO waiting (round_id, person_id, made) VALUES ('r1', 'p2', 1795424400000000);
