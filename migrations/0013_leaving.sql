-- When somebody left a round without having their data erased. NULL: never. Whoever sits nowhere long after goes.
ALTER TABLE person ADD COLUMN left_at BIGINT;
CREATE INDEX person_left ON person (left_at);

-- Who agreed to be told of a tandem's open gaps. They sit in no seat.
ALTER TABLE tandem ADD COLUMN told TEXT REFERENCES person (id);
CREATE INDEX tandem_told ON tandem (told);

-- When a late absence changed what people see of a settled week; its figures stay. NULL: never.
ALTER TABLE week_close ADD COLUMN revised BIGINT;
