-- The copies of an issue that are not the one that is shown: of a mail, of a feed, of a folder, and what a place said
-- before it was edited. What is shown stands in issues, texts and stories as ever.

CREATE TABLE copies (
    id          INTEGER PRIMARY KEY,
    issue       INTEGER NOT NULL REFERENCES issues ON DELETE CASCADE,
    location    TEXT NOT NULL,       -- where it came from
    title       TEXT NOT NULL,
    published   TEXT NOT NULL,
    words       INTEGER NOT NULL,
    truncated   INTEGER NOT NULL,
    structure   INTEGER NOT NULL,    -- 2 with headings and links, 1 with either, 0 for words alone
    digest      TEXT NOT NULL,
    known       TEXT NOT NULL,       -- a JSON object: what else is known of it, as of an issue
    stories     TEXT NOT NULL,       -- a JSON list: what the splitter found, as splits has it
    places      TEXT NOT NULL,       -- a JSON object: where the stories stood that were shown of it, by their keys
    until       TEXT NOT NULL,       -- when another text took its place, by the journal's clock; '' for never
    read        INTEGER NOT NULL,    -- whether something had been done with its stories then
    fingerprint BLOB NOT NULL,
    text        BLOB NOT NULL,
    shape       BLOB NOT NULL
) STRICT;

CREATE INDEX copies_by_issue ON copies (issue);

-- Which copy a place holds; NULL where it is the one that is shown.
ALTER TABLE locations ADD COLUMN copy INTEGER;
-- The key that a place would give its issue, where the issue has another; '' otherwise.
ALTER TABLE locations ADD COLUMN own TEXT NOT NULL DEFAULT '';

-- By what a copy of an issue is known again, each as a number: its address, its number, its title and day, its first
-- words. An issue that came in before this was known has none until it is looked at.

CREATE TABLE signs (
    sign  INTEGER NOT NULL,
    issue INTEGER NOT NULL REFERENCES issues ON DELETE CASCADE,
    PRIMARY KEY (sign, issue)
) STRICT, WITHOUT ROWID;

CREATE INDEX signs_by_issue ON signs (issue);

-- Up to which issue, by id, signs are still to be taken, from the highest on.
INSERT INTO notes SELECT 'unsigned', max(id) FROM issues HAVING max(id) IS NOT NULL;
