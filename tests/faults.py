"""What may be wrong with the tables of a library, whatever was done with it."""


def faults(connection):
    """What is wrong with the tables: nothing."""
    found = [*connection.execute("PRAGMA foreign_key_check")]
    found += [row for row in connection.execute("PRAGMA integrity_check") if row != ("ok",)]
    counted = connection.execute(
        "SELECT newsletter, substr(published, 1, 7), count(*), sum(read < stories), sum(stories), sum(read),"
        " sum(starred) FROM issues GROUP BY 1, 2 ORDER BY 1, 2"
    ).fetchall()
    found += {*counted} ^ {*connection.execute("SELECT * FROM months")}
    found += connection.execute(
        "SELECT key, stories, read, starred FROM issues WHERE (stories, read, starred) <> ("
        "(SELECT count(*) FROM stories WHERE issue = issues.id AND NOT hidden),"
        "(SELECT count(*) FROM stories JOIN states USING (key)"
        " WHERE issue = issues.id AND NOT hidden AND read_at <> ''),"
        "(SELECT count(*) FROM stories JOIN states USING (key) WHERE issue = issues.id AND starred_at <> ''))"
    )
    found += connection.execute("SELECT key FROM issues WHERE id NOT IN (SELECT issue FROM texts)")
    found += connection.execute(
        "SELECT location FROM locations WHERE copy IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM copies WHERE id = copy AND copies.issue = locations.issue)"
    )
    return found
