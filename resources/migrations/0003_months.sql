-- How much each newsletter has of each month, kept up by the triggers below: what a start and every
-- change ask for, without counting all issues again.

CREATE TABLE months (
    newsletter INTEGER NOT NULL,
    month      TEXT NOT NULL,            -- "2020-10", or "" for the undated
    issues     INTEGER NOT NULL DEFAULT 0,
    unread     INTEGER NOT NULL DEFAULT 0,   -- issues with a story that is not read
    stories    INTEGER NOT NULL DEFAULT 0,
    read       INTEGER NOT NULL DEFAULT 0,
    starred    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (newsletter, month)
) STRICT, WITHOUT ROWID;

INSERT INTO months
SELECT newsletter, substr(published, 1, 7) AS month,
    count(*), sum(read < stories), sum(stories), sum(read), sum(starred)
FROM issues GROUP BY newsletter, month;

CREATE TRIGGER issue_counted AFTER INSERT ON issues BEGIN
    INSERT INTO months VALUES (
        new.newsletter, substr(new.published, 1, 7),
        1, new.read < new.stories, new.stories, new.read, new.starred
    )
    ON CONFLICT DO UPDATE SET
        issues = issues + 1, unread = unread + excluded.unread, stories = stories + excluded.stories,
        read = read + excluded.read, starred = starred + excluded.starred;
END;

CREATE TRIGGER issue_discounted AFTER DELETE ON issues BEGIN
    UPDATE months SET
        issues = issues - 1, unread = unread - (old.read < old.stories), stories = stories - old.stories,
        read = read - old.read, starred = starred - old.starred
    WHERE newsletter = old.newsletter AND month = substr(old.published, 1, 7);
    DELETE FROM months
    WHERE newsletter = old.newsletter AND month = substr(old.published, 1, 7) AND issues = 0;
END;

CREATE TRIGGER issue_counted_again AFTER UPDATE OF newsletter, published, stories, read, starred ON issues
BEGIN
    UPDATE months SET
        issues = issues - 1, unread = unread - (old.read < old.stories), stories = stories - old.stories,
        read = read - old.read, starred = starred - old.starred
    WHERE newsletter = old.newsletter AND month = substr(old.published, 1, 7);
    INSERT INTO months VALUES (
        new.newsletter, substr(new.published, 1, 7),
        1, new.read < new.stories, new.stories, new.read, new.starred
    )
    ON CONFLICT DO UPDATE SET
        issues = issues + 1, unread = unread + excluded.unread, stories = stories + excluded.stories,
        read = read + excluded.read, starred = starred + excluded.starred;
    DELETE FROM months
    WHERE newsletter = old.newsletter AND month = substr(old.published, 1, 7) AND issues = 0;
END;
