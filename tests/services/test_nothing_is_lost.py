"""Whatever is done with a library, in whatever order: no story, no text and nothing that the reader did is lost."""

import hashlib
import re
import shutil
import tempfile
import zlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

import make
import pytest
from faults import faults
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from reader.model import RawIssue, State, parse_query, text_of
from reader.services import borders, copies
from reader.services.importing import import_issues, import_paths
from reader.services.newsletters import bring_back, remove, removed, settle_removed
from reader.services.resplitting import resplit
from reader.store import aside
from reader.store.signs import letters_of

NAMES = ("Oars", "Sails", "Ropes", "Tar", "Nails", "Paint")
PLACES = {
    "web": "https://boats.example/p/{key}",
    "mail": "/mail/box.mbox::{key}00112233",
    "feed": "https://feeds.example/{key}",
}
SAID = {
    ("summer", "mail"): ("Harbour News", "8"),
    ("spring", "feed"): ("Harbour News", ""),
    ("spring", "mail"): ("The Boat", ""),
}
"""What places say of an issue that others say otherwise."""
ISSUES = ("spring", "summer")


@cache
def words(name, key):
    """Words of a story that no other story has, always the same, with one that tells it."""
    mark = sign(name, key)
    return f"{mark} {make.Prose(zlib.crc32(f'{name} {key}'.encode()), size=3000).text(45)} {mark}"


def sign(name, key):
    return f"zq{zlib.crc32(f'{key} {name}'.encode()):08x}".translate(
        str.maketrans("0123456789", "ghijklmnop")
    )


SIGNS = {sign(name, key): (name, key) for name in NAMES for key in ISSUES}
SIGN = re.compile("|".join(SIGNS))


class Told(NamedTuple):
    """An issue as a place tells it."""

    key: str
    number: str
    newsletter: str
    count: int = len(NAMES)
    cut: bool = False
    edit: str = ""

    def at(self, place):
        """The same as a place says it, which always says of which newsletter it is, and which number."""
        newsletter, number = SAID.get((self.key, place), ("The Boat", str(7 + ISSUES.index(self.key))))
        return self._replace(newsletter=newsletter, number=number)

    def parts(self):
        for name in NAMES[: self.count]:
            text = words(name, self.key) + (f" {self.edit}" if name == NAMES[0] and self.edit else "")
            if self.cut and name == NAMES[self.count - 1]:
                text = text[:-60].rpartition(" ")[0] + "…"
            yield name, text

    @property
    def title(self):
        return f"{self.newsletter} {self.number}: {self.key.title()}"

    def raw(self, place, **more):
        link = "https://example.com"
        html = "".join(
            f'<h3><a href="{link}/{self.key}/{name}">{name} {sign(name, self.key)}</a></h3><p>{text}</p>'
            for name, text in self.parts()
        )
        return RawIssue(
            location=PLACES[place].format(key=self.key),
            name=self.key,
            text=html,
            markup="html",
            newsletter=self.newsletter,
            meta=(("title", self.title), ("date", "2024-03-05")),
            digest=hashlib.sha256(f"{html}{self.title}{place}{more}".encode()).hexdigest(),
            **more,
        )

    def markdown(self):
        head = f"---\ntitle: '{self.title}'\nnewsletter: {self.newsletter}\ndate: 2024-03-05\n---\n\n"
        return head + "\n".join(
            f"### [{name} {sign(name, self.key)}](https://example.com/{self.key}/{name})\n\n{text}\n"
            for name, text in self.parts()
        )

    def said(self):
        return {letters_of(text.rstrip("…")) for _, text in self.parts()}


class Done(NamedTuple):
    """Something that the reader did with a story."""

    field: str
    value: str
    key: str
    signs: frozenset


def has(state, done):
    if done.field == "tag":
        return done.value in state.tags
    if done.field == "note":
        return done.value in state.note.split("\n")
    return getattr(state, done.field)


told = st.builds(
    Told,
    st.sampled_from(ISSUES),
    st.just(""),
    st.just("The Boat"),
    st.sampled_from((2, 4, 6, 6)),
    st.booleans(),
    st.sampled_from(("", "", "In other words.", "It was said again.")),
)
chance = st.integers(0, 10**6)


class Keeping(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="nothing-lost-"))
        self.letters = self.place / "letters"
        self.letters.mkdir()
        self.library = make.library(self.place / "library", listener=make.Heard())
        self.files = {}
        self.now = {}  # the last raw of each place
        self.said = set()
        self.done = []
        self.number = 0
        self.gone = set()
        self.parted = False  # whether an issue was said to be no copy of another that says the same

    def teardown(self):
        self.library.close()
        shutil.rmtree(self.place)

    # What comes in

    @rule(one=told, place=st.sampled_from(sorted(PLACES)), starred=st.sampled_from((False, False, True)))
    def comes(self, one, place, starred):
        one = one.at(place)
        at = State(starred=True, starred_at="2024-02-03T04:05:06Z") if starred else State()
        raw = one.raw(place, state=at)
        before = self.library.digests()
        report = import_issues(self.library, [raw])
        assert not report.problems
        if not any("which you removed" in warning.reason for warning in report.warnings):
            self.said |= one.said() if before.get(raw.location) != raw.digest else set()
            self.now[raw.location] = raw

    @rule(one=told)
    def file_is_written(self, one):
        (self.letters / f"{one.key}.md").write_text(one.at("folder").markdown(), encoding="utf-8")
        one = one.at("folder")
        self.files[str(self.letters / f"{one.key}.md")] = one
        self._look_at_the_folder()

    def _look_at_the_folder(self):
        report = import_paths(self.library, [self.letters])
        assert not report.problems
        refused = {warning.path for warning in report.warnings if "which you removed" in warning.reason}
        for file in self.files.keys() & self.library.digests().keys() - refused - {*self._aside()}:
            self.said |= self.files[file].said()

    def _aside(self):
        return self.library.ask(
            lambda c: [row[0] for row in c.execute("SELECT location FROM aside_locations")]
        )

    # What the reader does with stories

    def _story(self, chance):
        rows = self.library.stories()
        return rows[chance % len(rows)] if rows else None

    def _signs(self, key):
        page = self.library.page(key)
        return frozenset(SIGN.findall(f"{page.row.title} {text_of(page.body)}")) if page else frozenset()

    def _did(self, field, row, value=""):
        self.done.append(Done(field, value, row.key, self._signs(row.key)))

    def _undid(self, field, signs):
        self.done = [one for one in self.done if one.field != field or not one.signs & signs]

    @rule(chance=chance, starred=st.sampled_from((True, True, False)))
    def star(self, chance, starred):
        if row := self._story(chance):
            self.library.star([row.key], starred=starred).result()
            self._did("starred", row) if starred else self._undid("starred", self._signs(row.key))

    @rule(chance=chance, read=st.sampled_from((True, True, False)))
    def read(self, chance, read):
        if row := self._story(chance):
            self.library.mark_read([row.key], read=read).result()
            self._did("read", row) if read else self._undid("read", self._signs(row.key))

    @rule(chance=chance)
    def note(self, chance):
        if row := self._story(chance):
            self.number += 1
            more = f"n{self.number}"
            note = f"{row.state.note}\n{more}".strip()
            self.library.set_note(row.key, note).result()
            self._did("note", row, more)

    @rule(chance=chance)
    def tag(self, chance):
        if row := self._story(chance):
            self.number += 1
            self.library.tag([row.key], f"t{self.number}", present=True).result()
            self._did("tag", row, f"t{self.number}")

    # What the reader does with issues

    @rule(chance=chance, kind=st.sampled_from(("merge", "rename", "outside", "split")), undo=st.booleans())
    def correct(self, chance, kind, undo):
        if row := self._story(chance):
            page = self.library.whole(row.issue)
            story = next(story for story in page.stories if story.key == row.key)
            wanted = {
                "merge": lambda: borders.merged(page, row.key),
                "rename": lambda: borders.renamed(page, row.key, f"Mine {chance}"),
                "outside": lambda: borders.left_out(page, row.key),
                "split": lambda: borders.split_at(page, (story.start + story.end) // 2),
            }[kind]()
            if wanted is not None:
                self.library.correct({row.issue: wanted}).result()
                if undo:
                    self.library.correct({row.issue: page.corrections}).result()

    @rule()
    def split_again(self):
        resplit(self.library)

    @rule(chance=chance, undo=st.booleans())
    def remove(self, chance, undo):
        rows = self.library.newsletters()
        if rows:
            row = rows[chance % len(rows)]
            issues = [self.library.whole(one.key) for one in self.library.issues()]
            remove(self.library, row.key)
            self.gone.add(row.key)
            if undo:
                bring_back(self.library, row.key)
                self.gone.discard(row.key)
                assert [self.library.whole(one.key) for one in self.library.issues()] == issues

    @precondition(lambda self: self.gone)
    @rule()
    def bring_back(self):
        for key in sorted(self.gone):
            bring_back(self.library, key)
        self.gone.clear()
        assert removed(self.library) == []
        import_issues(self.library, self.now.values())
        if self.files:
            self._look_at_the_folder()

    @rule()
    def find_copies(self):
        copies.find_copies(self.library)

    @rule(chance=chance, undo=st.booleans())
    def not_the_same(self, chance, undo):
        many = [row.key for row in self.library.issues() if len(copies.copies_of(self.library, row.key)) > 1]
        if many:
            key = many[chance % len(many)]
            rows = copies.copies_of(self.library, key)
            before = copies.said_apart(self.library, key)
            copies.split_off(self.library, key, rows[chance // 7 % len(rows)].location).result()
            if undo:
                copies.join_again(self.library, key, before).result()
            self.parted = self.parted or not undo

    @rule(chance=chance)
    def show_copy(self, chance):
        if rows := self.library.issues():
            key = rows[chance % len(rows)].key
            if there := copies.copies_of(self.library, key):
                copies.show_copy(self.library, key, there[chance // 7 % len(there)].location).result()

    @rule(name=st.sampled_from(("Mine", "")))
    def rename(self, name):
        for row in self.library.newsletters():
            self.library.rename_newsletter(row.key, name).result()

    # What becomes of the library

    @rule()
    def restart(self):
        self.library.close()
        self.library = make.library(self.place / "library", listener=make.Heard())
        settle_removed(self.library)

    @rule()
    def all_comes_again(self):
        before = self._shown()
        raws = [raw for raw in self.now.values() if raw.location in self.library.digests()]
        report = import_issues(self.library, raws)
        assert report.issues == ()
        report = import_paths(self.library, [self.letters]) if self.files else report
        assert (report.added, report.updated) == (0, 0), report
        assert self._shown() == before

    @rule()
    def the_database_is_lost(self):
        self.library.close()
        for file in (self.place / "library").glob("*.db*"):
            file.unlink()
        self.library = make.library(self.place / "library", listener=make.Heard())
        self.said = set()
        import_issues(self.library, self.now.values())
        if self.files:
            self._look_at_the_folder()
        self.library.settle()

    # What holds always

    def _shown(self):
        return [(row, self.library.whole(row.key)) for row in self.library.issues()]

    @invariant()
    def nothing_that_was_done_is_lost(self):
        rows = [(row.issue, self._signs(row.key), row.state) for row in self.library.stories()]
        corrected = {row.key for row in self.library.issues() if self.library.corrections(row.key)}
        for one in self.done:
            there = [(issue, state) for issue, signs, state in rows if signs & one.signs]
            kept = any(has(state, one) for _, state in there)
            issues = {issue for issue, _ in there}
            waits = len(issues) != 1 or issues & corrected or self.gone or self.parted
            assert kept or (waits and has(self.library.state(one.key), one)), (one, there, issues, corrected)

    @invariant()
    def no_text_is_lost(self):
        def texts(connection):
            from reader.model.encoding import decode_text

            found = [
                row[0]
                for row in connection.execute("SELECT text FROM texts UNION ALL SELECT text FROM copies")
            ]
            for (rows,) in connection.execute("SELECT rows FROM aside"):
                laid = aside._unpacked(rows)
                found += [row["text"] for row in (*laid["texts"], *laid["copies"])]
            return [letters_of(decode_text(one)) for one in found]

        kept = self.library.ask(texts)
        for one in self.said:
            assert any(one in text for text in kept), one

    @invariant()
    def the_tables_are_sound(self):
        assert self.library.ask(faults) == []

    @invariant()
    def searching_finds_what_is_shown(self):
        self.library.settle()
        shown = {row.key: self._signs(row.key) for row in self.library.stories()}
        for one in SIGNS:
            hits = {hit.story.key for hit in self.library.search(parse_query(one), 500)}
            assert hits == {key for key, signs in shown.items() if one in signs}


TestKeeping = pytest.mark.timeout(300)(Keeping.TestCase)
TestKeeping.settings = settings(max_examples=25, stateful_step_count=30, deadline=None)
