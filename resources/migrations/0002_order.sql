-- The order of the issue list is that of its index: twenty thousand lines are read as they lie, and never sorted.
-- Those of one date stand by their numbers, where 10 comes after 9; those without a number so by their keys.

DROP INDEX issues_listed;

CREATE INDEX issues_listed ON issues (
    published DESC, CAST(number AS INTEGER) DESC, length(key) DESC, key DESC,
    newsletter, number, heading, summary, stories, read, starred
);
