-- Stories with which something was done, whose text stands outside of all stories since the issue was split in
-- another way: where they stood, so that whatever gets their text next has what was done with them.

CREATE TABLE outside (
    key   TEXT PRIMARY KEY,
    issue INTEGER NOT NULL REFERENCES issues ON DELETE CASCADE,
    start INTEGER NOT NULL,
    stop  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX outside_by_issue ON outside (issue);
