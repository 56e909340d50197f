UPDATE person SET left_at = 1780000000000000 WHERE id = 'p3';
UPDATE tandem SET told = 'p3' WHERE id = 't1';
UPDATE week_close SET revised = 1780000000000000;
