-- Which keys have sealed what people wrote: a key's name, which says nothing about it. A start without one of them is
-- refused. `rekey` takes a name away when nothing is sealed with it any more.
CREATE TABLE data_key (
    name TEXT NOT NULL PRIMARY KEY,
    since BIGINT NOT NULL
);

-- The number of the message that this one answers: leaving takes both out of the chat, for as long as that is possible.
ALTER TABLE outbox ADD COLUMN answers BIGINT;
