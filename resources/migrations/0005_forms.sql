-- By which signals each issue was split, and the form of its newsletter's other issues where that was tried because
-- its own is odd ("" otherwise). An issue that came in before this was known has no row until it is split again.

CREATE TABLE forms (
    issue   INTEGER PRIMARY KEY REFERENCES issues ON DELETE CASCADE,
    form    TEXT NOT NULL,
    company TEXT NOT NULL
) STRICT;
