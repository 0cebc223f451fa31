-- What came in: newsletters, their issues, the stories of each. All of it can be read again from its files.

CREATE TABLE newsletters (
    id    INTEGER PRIMARY KEY,
    key   TEXT NOT NULL UNIQUE,
    name  TEXT NOT NULL,             -- as it is shown
    found TEXT NOT NULL              -- as its issues say
) STRICT;

-- What its issues share, by which a new one is known to belong to it: prefixes, domains, folders.
CREATE TABLE marks (
    newsletter INTEGER NOT NULL REFERENCES newsletters ON DELETE CASCADE,
    kind       TEXT NOT NULL,
    value      TEXT NOT NULL,
    PRIMARY KEY (newsletter, kind, value)
) STRICT, WITHOUT ROWID;

CREATE TABLE issues (
    id          INTEGER PRIMARY KEY,
    key         TEXT NOT NULL UNIQUE,
    newsletter  INTEGER NOT NULL REFERENCES newsletters,
    title       TEXT NOT NULL,
    number      TEXT NOT NULL,
    heading     TEXT NOT NULL,       -- the title where there is no number, else ''
    summary     TEXT NOT NULL,
    published   TEXT NOT NULL,
    author      TEXT NOT NULL,
    url         TEXT NOT NULL,
    image       TEXT NOT NULL,
    location    TEXT NOT NULL,
    digest      TEXT NOT NULL,
    truncated   INTEGER NOT NULL,
    meta        TEXT NOT NULL,       -- a JSON object
    fingerprint BLOB NOT NULL,       -- of everything that is stored of it
    stories     INTEGER NOT NULL,
    read        INTEGER NOT NULL DEFAULT 0,
    starred     INTEGER NOT NULL DEFAULT 0
) STRICT;

-- Holds all that a line of the issue list shows, so that the list never touches the table.
CREATE INDEX issues_listed ON issues (
    published DESC, id DESC, key, newsletter, number, heading, summary, stories, read, starred
);

CREATE TABLE locations (
    location TEXT PRIMARY KEY,
    digest   TEXT NOT NULL,
    issue    INTEGER NOT NULL REFERENCES issues ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE INDEX locations_by_issue ON locations (issue);

CREATE TABLE texts (
    issue INTEGER PRIMARY KEY REFERENCES issues ON DELETE CASCADE,
    text  BLOB NOT NULL,
    shape BLOB NOT NULL
) STRICT;

-- An id is never given twice: the search index counts on it.
CREATE TABLE stories (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    key       TEXT NOT NULL UNIQUE,
    issue     INTEGER NOT NULL REFERENCES issues ON DELETE CASCADE,
    position  INTEGER NOT NULL,
    title     TEXT NOT NULL,
    dek       TEXT NOT NULL,
    section   TEXT NOT NULL,
    start     INTEGER NOT NULL,
    stop      INTEGER NOT NULL,
    heads     TEXT NOT NULL,         -- a JSON list of [start, stop]
    words     INTEGER NOT NULL,
    links     INTEGER NOT NULL,
    url       TEXT NOT NULL,
    derived   INTEGER NOT NULL,
    sponsored INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX stories_by_issue ON stories (issue, position);

CREATE TABLE links (
    story    INTEGER NOT NULL REFERENCES stories ON DELETE CASCADE,
    position INTEGER NOT NULL,
    url      TEXT NOT NULL,
    text     TEXT NOT NULL,
    source   INTEGER NOT NULL,
    PRIMARY KEY (story, position)
) STRICT, WITHOUT ROWID;

-- What the reader did: the fold of the journal. The last writer wins for each key and field.
-- Nothing here refers to a story: it outlives the story's text and may arrive before it.

CREATE TABLE facts (
    kind  TEXT NOT NULL,
    key   TEXT NOT NULL,
    field TEXT NOT NULL,
    time  TEXT NOT NULL,
    value TEXT NOT NULL,             -- JSON
    PRIMARY KEY (kind, key, field)
) STRICT, WITHOUT ROWID;

CREATE TABLE journals (
    path    TEXT PRIMARY KEY,        -- below the journal's directory
    read_to INTEGER NOT NULL         -- bytes of it that the facts hold
) STRICT, WITHOUT ROWID;

-- The facts again, as they are asked for.

CREATE TABLE aliases (
    old TEXT PRIMARY KEY,
    new TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX aliases_by_new ON aliases (new);

CREATE TABLE states (
    key        TEXT PRIMARY KEY,
    starred_at TEXT NOT NULL,        -- '' when it is not starred
    read_at    TEXT NOT NULL,
    note       TEXT NOT NULL,
    position   INTEGER NOT NULL,
    tags       TEXT NOT NULL         -- a JSON list
) STRICT, WITHOUT ROWID;

CREATE INDEX states_starred ON states (starred_at) WHERE starred_at <> '';

CREATE TABLE tagged (
    tag TEXT NOT NULL,
    key TEXT NOT NULL,
    PRIMARY KEY (tag, key)
) STRICT, WITHOUT ROWID;

CREATE INDEX tagged_by_key ON tagged (key);

CREATE TABLE folders (
    path       TEXT PRIMARY KEY,
    newsletter TEXT NOT NULL,
    time       TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What was written lately, and by which process, so that another one notices.

CREATE TABLE changes (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    process     TEXT NOT NULL,
    issues      TEXT NOT NULL,
    stories     TEXT NOT NULL,
    newsletters TEXT NOT NULL
) STRICT;

CREATE TABLE notes (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The search index belongs to this very database and to no other.
INSERT INTO notes VALUES ('library', lower(hex(randomblob(8)))), ('clock', '');
