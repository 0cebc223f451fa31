-- Addresses that are followed: what the facts say of them.
CREATE TABLE following (
    address    TEXT PRIMARY KEY,
    newsletter TEXT NOT NULL, -- its key
    name       TEXT NOT NULL, -- as it was when it was followed
    site       TEXT NOT NULL,
    private    INTEGER NOT NULL, -- whether it may be in the reader's own network
    time       TEXT NOT NULL -- since when
) STRICT, WITHOUT ROWID;

CREATE INDEX following_by_newsletter ON following (newsletter);

-- What this machine noted when it asked them; nothing is lost when that is lost.
CREATE TABLE refreshes (
    address    TEXT PRIMARY KEY,
    checked    TEXT NOT NULL, -- ISO 8601 in UTC
    result     TEXT NOT NULL,
    error      TEXT NOT NULL,
    due        REAL NOT NULL, -- seconds since 1970, as the next two
    not_before REAL NOT NULL, -- what the server asked for
    stopped    INTEGER NOT NULL,
    failures   INTEGER NOT NULL, -- in a row
    etag       TEXT NOT NULL,
    modified   TEXT NOT NULL,
    digest     TEXT NOT NULL, -- of the last answer that came in whole
    wish       TEXT NOT NULL -- when it wants to be asked: JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE refresh_errors (
    id      INTEGER PRIMARY KEY,
    address TEXT NOT NULL,
    time    TEXT NOT NULL, -- ISO 8601 in UTC
    error   TEXT NOT NULL
) STRICT;

CREATE INDEX refresh_errors_by_address ON refresh_errors (address);
