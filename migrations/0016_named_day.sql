-- The instant by which people are to have heard of news, because a day is named in them. NULL: there is none.
ALTER TABLE news ADD COLUMN by_then BIGINT;
