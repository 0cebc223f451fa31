-- How far the search for the older issues of a followed newsletter has come, so that it goes on where it stopped.

CREATE TABLE older (
    address  TEXT PRIMARY KEY,       -- that is followed
    way      TEXT NOT NULL,          -- how its site lists them; '' while that is not known
    complete TEXT NOT NULL           -- when all of them had been gone through last, ISO 8601; '' for never
) STRICT, WITHOUT ROWID;

-- What is asked in one search, in the order in which it was found: nothing is asked twice.
CREATE TABLE older_places (
    id       INTEGER PRIMARY KEY,
    address  TEXT NOT NULL,          -- that is followed
    place    TEXT NOT NULL,          -- the address that is asked
    issue    TEXT NOT NULL,          -- the web address of the issue that it gives; '' for a page of the list
    tries    INTEGER NOT NULL,       -- that failed
    asked    INTEGER NOT NULL,       -- 1 when it needs to be asked no more
    UNIQUE (address, place)
) STRICT;
