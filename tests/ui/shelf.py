"""A library of rows in memory: what the panes read, and what a reader does to it."""

from dataclasses import replace

from reader.model import Change, Issue, IssueRow, NewsletterRow, Outline, State, StoryRow


def story_row(issue="import-ai/219", position=1, title="", *, state=None, **more):
    """A line of the outline. `state` may be given; any other field too."""
    fields = {
        "key": f"{issue}#{position}",
        "issue": issue,
        "issue_label": issue.replace("import-ai/", "Import AI "),
        "newsletter": "Import AI",
        "title": title or f"Story {position}",
        "dek": "",
        "section": "",
        "position": position,
        "words": 200,
        "links": 1,
        "published": "2020-10-19",
        "url": "",
    }
    return StoryRow(**(fields | more), state=state or State())


class Shelf:
    """Issues by key, newest first, and the states of their stories."""

    def __init__(self):
        self.outlines = {}
        self.reads = []

    def put(self, number, published="2020-10-19", stories=2, *, newsletter="Import AI", **more):
        """Put in an issue; `stories` is how many, or their rows' titles."""
        owner = newsletter.lower().replace(" ", "-")
        key = f"{owner}/{number}"
        titles = [f"Story {n + 1}" for n in range(stories)] if isinstance(stories, int) else stories
        label = f"{newsletter} {number}"
        rows = [
            story_row(key, n, title, issue_label=label, newsletter=newsletter, published=published)
            for n, title in enumerate(titles, 1)
        ]
        issue = Issue(key, owner, f"{label}: {titles[0] if titles else ''}", str(number), published)
        self.outlines[key] = Outline(replace(issue, **more), newsletter, label, tuple(rows))
        return Change(issues=frozenset([key]))

    def change(self, key, **fields):
        """Change what is known of a story: change("import-ai/219#1", section="Law")."""
        state = {name: fields.pop(name) for name in ("read", "starred", "tags") if name in fields}
        issue = key.rpartition("#")[0]
        held = self.outlines[issue]
        rows = tuple(
            row._replace(state=row.state._replace(**state), **fields) if row.key == key else row
            for row in held.stories
        )
        self.outlines[issue] = held._replace(stories=rows)
        return Change(stories=frozenset([key]))

    def read(self, *keys, read=True):
        """Mark stories read; an issue's key means all of its stories."""
        return self._each(keys, read=read)

    def star(self, *keys, starred=True):
        """Star stories; an issue's key means all of its stories."""
        return self._each(keys, starred=starred)

    def _each(self, keys, **state):
        change = Change()
        for key in keys:
            stories = [row.key for row in self.outlines[key].stories] if "#" not in key else [key]
            for story in stories:
                change |= self.change(story, **state)
        return change

    # What the panes read

    def newsletters(self):
        names = dict.fromkeys(
            (held.issue.newsletter, held.newsletter_name) for held in self.outlines.values()
        )
        rows = [self._row(held) for held in self.outlines.values()]
        return [
            NewsletterRow(
                key,
                name,
                sum(row.newsletter == key for row in rows),
                sum(row.newsletter == key and row.unread for row in rows),
            )
            for key, name in names
        ]

    def issues(self, *, newsletter=""):
        self.reads.append("all")
        rows = [self._row(held) for held in self.outlines.values()]
        rows.sort(key=lambda row: row.published, reverse=True)
        return [row for row in rows if newsletter in ("", row.newsletter)]

    def stories(self, *, issue=""):
        self.reads.append(issue)
        return [row for held in self.outlines.values() for row in held.stories if issue in ("", row.issue)]

    def outline(self, key):
        return self.outlines.get(key)

    def story_rows(self, keys):
        found = {row.key: row for held in self.outlines.values() for row in held.stories}
        return [found[key] for key in keys if key in found]

    def _row(self, held):
        return IssueRow(
            held.issue.key,
            held.issue.newsletter,
            held.label,
            held.stories[0].title if held.stories else "",
            held.issue.published,
            len(held.stories),
            sum(row.state.read for row in held.stories),
            sum(row.state.starred for row in held.stories),
        )
