-- How the reader wants a newsletter to be shown, as the facts have it.

ALTER TABLE newsletters ADD COLUMN icon TEXT NOT NULL DEFAULT '';     -- a character
ALTER TABLE newsletters ADD COLUMN colour TEXT NOT NULL DEFAULT '';   -- its name
ALTER TABLE newsletters ADD COLUMN gathered TEXT NOT NULL DEFAULT ''; -- the name of its group
ALTER TABLE newsletters ADD COLUMN place INTEGER NOT NULL DEFAULT 0;  -- among the others; 0: after those, by name

-- Issues of newsletters that the reader removed: whatever the tables had of each, to be put back as it was.

CREATE TABLE aside (
    key        TEXT PRIMARY KEY,     -- of the issue
    newsletter TEXT NOT NULL,        -- its key
    rows       BLOB NOT NULL         -- a compressed JSON object: of each table a list of rows, each an object
) STRICT;

CREATE INDEX aside_by_newsletter ON aside (newsletter);

-- Where they came from, so that they do not come in by themselves again.
CREATE TABLE aside_locations (
    location TEXT PRIMARY KEY,
    digest   TEXT NOT NULL,
    issue    TEXT NOT NULL REFERENCES aside ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX aside_locations_by_issue ON aside_locations (issue);
