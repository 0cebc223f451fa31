-- What is known of pictures that are elsewhere. Their files lie beside the library, named by what is in them. No fact
-- of the reader's is here: all of it can be fetched again, but for what came inside an issue ("picture:…").

CREATE TABLE pictures (
    address TEXT PRIMARY KEY,
    digest  TEXT NOT NULL,           -- of the file; '' where there is none
    kind    TEXT NOT NULL,           -- 'png', 'jpeg', …, as its bytes say
    width   INTEGER NOT NULL,        -- pixels
    height  INTEGER NOT NULL,
    bytes   INTEGER NOT NULL,
    fetched INTEGER NOT NULL,        -- seconds since 1970
    used    INTEGER NOT NULL,        -- when it was shown last
    error   TEXT NOT NULL,           -- a sentence; '' when it is here, or was never asked for
    tries   INTEGER NOT NULL,        -- how often in a row it failed
    due     INTEGER NOT NULL,        -- when it may be asked for again by itself; -1: only when the reader asks
    tracker INTEGER NOT NULL         -- whether it only counts its readers, and is never asked for again
) STRICT, WITHOUT ROWID;

CREATE INDEX pictures_by_digest ON pictures (digest) WHERE digest <> '';

-- Which newsletters show it.
CREATE TABLE pictured (
    newsletter TEXT NOT NULL,
    address    TEXT NOT NULL,
    PRIMARY KEY (newsletter, address)
) STRICT, WITHOUT ROWID;

CREATE INDEX pictured_by_address ON pictured (address);
