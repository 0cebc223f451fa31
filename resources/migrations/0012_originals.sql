-- What the links of an issue were as it came, where they lost what counts the reader: one compressed JSON object an
-- issue, from each link as it is now to what it was.

CREATE TABLE originals (
    issue INTEGER PRIMARY KEY REFERENCES issues ON DELETE CASCADE,
    links BLOB NOT NULL
) STRICT;
