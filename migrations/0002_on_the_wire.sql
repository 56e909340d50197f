-- When a claimed message of a kind that must not come twice left for the chat service: what a crash finds without it
-- never left and is owed again.
ALTER TABLE outbox ADD COLUMN on_wire BIGINT;

-- Of what an older version had claimed, nobody knows.
UPDATE outbox SET on_wire = lease WHERE state = 'claimed';
