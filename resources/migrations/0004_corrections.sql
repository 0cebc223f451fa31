-- What the splitter made of the issues that the reader corrected, and the corrections that their stories have
-- now: where the facts say otherwise, they came from another device and are still to be applied.

CREATE TABLE splits (
    issue       INTEGER PRIMARY KEY REFERENCES issues ON DELETE CASCADE,
    corrections TEXT NOT NULL,       -- a JSON list, as the facts have it
    stories     TEXT NOT NULL        -- a JSON list: start, stop, title, heads, dek, section, derived, sponsored
) STRICT;

-- Whether the reader hid the story's section. What is hidden counts neither as a story of the issue nor as read.
ALTER TABLE stories ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0;
