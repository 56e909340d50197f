-- Which messages of the last two days stand in whose chat: whoever is erased has them taken out of it. `hour` is the hour
-- since 1970 that `at` lies in, so that what came together lies together. It references nothing: a message may arrive
-- after its person is erased, and is to go as well.
CREATE TABLE said (
    hour BIGINT NOT NULL,
    person_id TEXT NOT NULL,
    message_id BIGINT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (hour, person_id, message_id)
);

-- Chats out of which messages are still to be taken although their person is erased: beside `chat` the only place with
-- one of Telegram's ids, until that is done or two days are over. `piece` is how many go by one call.
CREATE TABLE unsay (
    person_id TEXT NOT NULL PRIMARY KEY,
    address BIGINT NOT NULL,
    erased BIGINT NOT NULL,
    at BIGINT NOT NULL,
    piece BIGINT NOT NULL,
    tries BIGINT NOT NULL
);
CREATE INDEX unsay_at ON unsay (at);
CREATE INDEX unsay_erased ON unsay (erased);

-- News may hold what somebody wrote besides their text: a name, a question. So `about` can be sealed, what a query has to
-- know of it stands beside it: whether a participant shares something (1) or not (0).
ALTER TABLE news ADD COLUMN shared BIGINT NOT NULL DEFAULT 0;
UPDATE news SET shared = 1 WHERE about LIKE '_"shared"%';
