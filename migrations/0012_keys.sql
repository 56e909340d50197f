-- Which keys have sealed what people wrote: a key's name, which says nothing about it. A start without one of them is
-- refused. `rekey` takes a name away when nothing is sealed with it any more.
CREATE TABLE data_key (
    name TEXT NOT NULL PRIMARY KEY,
    since BIGINT NOT NULL
);
