import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.store.journal import Clock, Journal, Line, device_of, fold, parse_line

times = st.builds(
    lambda ms, n, device: f"{ms:013d}-{n:04x}-{device}",
    st.integers(1, 9),
    st.integers(0, 3),
    st.sampled_from("ab"),
)
lines = st.lists(
    st.builds(
        Line,
        times,
        st.sampled_from(["story", "alias"]),
        st.sampled_from(["x", "y"]),
        st.sampled_from(["starred", "read"]),
        st.sampled_from(["", "2026", 7, None, True]),
    )
)


@given(lines, st.randoms())
def test_lines_in_any_order_and_more_than_once_give_the_same_facts(written, chance):
    shuffled = written + chance.choices(written, k=len(written)) if written else []
    chance.shuffle(shuffled)
    assert fold(shuffled) == fold(written)


@given(lines, lines)
def test_what_was_folded_before_makes_no_difference(first, second):
    assert fold(second, fold(first)) == fold(first + second)


@given(lines)
def test_the_last_writer_wins(written):
    for (kind, key, field), line in fold(written).items():
        assert line.time == max(other.time for other in written if other[1:4] == (kind, key, field))


def test_the_clock_goes_on_when_the_computers_is_set_back(monkeypatch):
    clock = Clock("ab")
    monkeypatch.setattr("time.time_ns", lambda: 2_000_000 * 10**6)
    first = clock.next()
    monkeypatch.setattr("time.time_ns", lambda: 1_000_000 * 10**6)
    later = [clock.next() for _ in range(70_000)]
    assert [first, *later] == sorted({first, *later})


def test_the_clock_is_later_than_what_it_has_seen_of_others():
    clock = Clock("ab")
    clock.see("8000000000000-0003-zz")
    assert clock.next() == "8000000000000-0004-ab"


@pytest.fixture
def journal(tmp_path):
    return Journal(tmp_path / "journal", "aa")


def line(number=1, value="now", key="x"):
    return Line(f"{1_700_000_000_000 + number:013d}-0000-aa", "story", key, "starred", value)


def read(journal, read_to=None):
    return [line for _, _, found in journal.unread(read_to or {}) for line in found]


def test_what_was_appended_is_read_once(journal):
    name, length = journal.append([line(1), line(2, "ünïcode 中")])
    assert name == "aa/2023-11.jsonl"
    assert read(journal) == [line(1), line(2, "ünïcode 中")]
    assert read(journal, {name: length}) == []
    journal.append([line(3)])
    assert read(journal, {name: length}) == [line(3)]


def test_a_file_of_another_device_is_read_like_our_own(journal):
    other = Journal(journal._directory, "bb")
    other.append([line(5)])
    assert read(journal) == [line(5)]


def test_a_line_that_a_crash_cut_short_costs_no_other_line(journal):
    name, _ = journal.append([line(1)])
    path = journal._directory / name
    with path.open("ab") as file:
        file.write(b'["17000000')
    assert read(journal) == [line(1)]
    journal.append([line(2)])
    assert read(journal) == [line(1), line(2)]


def test_a_cut_line_that_is_completed_later_is_read_then(journal):
    name, length = journal.append([line(1)])
    path = journal._directory / name
    whole = json.dumps(list(line(2))).encode()
    with path.open("ab") as file:
        file.write(whole[:20])
    (_, read_to, found) = next(journal.unread({name: length}))
    assert (read_to, found) == (length, [])
    with path.open("ab") as file:
        file.write(whole[20:] + b"\n")
    assert read(journal, {name: read_to}) == [line(2)]


def test_a_file_that_became_shorter_is_read_again(journal):
    name, length = journal.append([line(1), line(2)])
    path = journal._directory / name
    path.write_bytes(path.read_bytes().splitlines(keepends=True)[1])
    assert read(journal, {name: length}) == [line(2)]


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"{}",
        b"[1, 2, 3, 4, 5]",
        b'["yesterday", "story", "x", "starred", ""]',
        b'["9999999999999-0000-aa", "story", "x", "starred", ""]',
        b'["1700000000000-0000-aa", "story", "x", "starred"]',
        b'["1700000000000-0000-aa", "story", "\\ud800", "starred", ""]',
        b"[" * 100_000,
    ],
)
def test_what_is_no_line_is_passed_over(raw):
    assert parse_line(raw) is None


def test_garbage_in_the_middle_costs_no_other_line(journal):
    name, _ = journal.append([line(1)])
    path = journal._directory / name
    path.write_bytes(bytes(random.Random(1).randbytes(300)) + b"\n" + path.read_bytes() + b"\x00\x00\n")
    assert read(journal) == [line(1)]


def test_the_device_keeps_its_id(tmp_path):
    assert device_of(tmp_path) == device_of(tmp_path)
    (tmp_path / "device").write_bytes(b"\xff\x00")
    assert len(device_of(tmp_path)) == 8
