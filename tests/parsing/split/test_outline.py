from reader.parsing.split.outline import outline_of
from reader.parsing.split.page import lines_of


def paths(healed, text, title=""):
    return [(region.path, region.leaf) for region in outline_of(lines_of(healed(text)), title)]


def test_regions_lie_under_all_headings_above_them(healed):
    assert paths(healed, "Hi\n\n## A\n\na\n\n### B\n\nb\n\n## C\n\nc") == [
        ((), False),
        (("A",), False),
        (("A", "B"), True),
        (("C",), True),
    ]


def test_a_heading_of_a_higher_level_ends_those_above(healed):
    assert paths(healed, "## A\n\n### B\n\nb\n\n# C\n\nc")[-1] == (("C",), True)


def test_the_final_colon_is_off_and_the_links_unwrapped(healed):
    assert paths(healed, "## [News](https://e.org):\n\na")[-1] == (("News",), True)


def test_a_bold_line_above_a_list_is_below_all_headings(healed):
    assert paths(healed, "# Jobs\n\n**Field 33**\n\n* [One](https://e.org)\n", "Other")[-1] == (
        ("Jobs", "Field 33"),
        True,
    )


def test_a_bold_line_above_a_list_without_links_is_one_where_others_are(healed):
    text = (
        "".join(f"**Firm {n}**\n\n* [Job](https://e.org)\n\n" for n in range(3)) + "**Last**\n\n* [Job]()\n"
    )
    assert [path[-1] for path, _ in paths(healed, text)[1:]] == ["Firm 0", "Firm 1", "Firm 2", "Last"]
    assert paths(healed, "**Last**\n\n* Job\n") == [((), True)]


def test_a_long_bold_line_above_a_list_is_one_where_others_are(healed):
    text = "".join(f"**Firm {n}**\n\n* [Job](https://e.org)\n\n" for n in range(3))
    long = "**A firm whose name runs on and on, as it does in a headline that sums up the whole of the day**"
    assert paths(healed, f"{text}{long}\n\n* [Job](https://e.org)\n")[-1][0][0].startswith("A firm whose")
    assert paths(healed, f"{long}\n\n* [Job](https://e.org)\n") == [((), True)]


def test_a_bold_line_above_prose_is_none(healed):
    assert paths(healed, "**Field 33**\n\nProse.") == [((), True)]


def test_the_only_heading_at_the_top_is_the_title(healed):
    assert paths(healed, "# All of it\n\n## A\n\na")[1:] == [(("A",), True)]


def test_a_first_heading_that_repeats_the_title_in_other_signs_is_none(healed):
    assert paths(healed, "## Harbour: News, 12 (May)\n\n## A\n\na", "Harbour News 12 (May)")[1:] == [
        (("A",), True)
    ]
