"""The forms of newsletters, each in a look-alike: where the borders are, and what is title, section, body."""

import pytest


def test_a_list_of_links_under_headings_is_a_story_for_each_item(stories):
    found = stories(
        """Hello and welcome. [Send us a note](https://e.org/note).

## News from the Harbour

### Official

* [port] [Announcing the new crane](https://e.org/crane)
* [Rope week 12](https://e.org/rope), by [@anna](https://e.org/anna)

### Tools

- 🧰 [knot](https://e.org/knot): A program that ties knots, and unties them.
- Podcast: [Salt](https://e.org/salt)

## Hand of the Week

This week's hand is [Joe](https://e.org/joe), who ties knots.

[Submit your suggestions for next week](https://e.org/submit)!

## Call for Participation

Every week we list what needs hands.

## Credits

Written by [anna](https://e.org/anna).
"""
    )
    assert [(s.title, s.section) for s in found] == [
        ("Announcing the new crane", "News from the Harbour / Official"),
        ("Rope week 12", "News from the Harbour / Official"),
        ("knot", "News from the Harbour / Tools"),
        ("Salt", "News from the Harbour / Tools"),
        ("Hand of the Week", ""),
    ]
    assert found[2].body == "A program that ties knots, and unties them."
    assert found[4].body == "This week's hand is Joe, who ties knots."


def test_bold_lines_above_lists_are_sections(stories):
    found = stories(
        """**Articles**

* [One](https://e.org/1), by [@a](https://e.org/a)
* [Two](https://e.org/2)

**Empty**

*

**Videos**

* [Three](https://e.org/3)

**Contributors**

* [a](https://e.org/a), [b](https://e.org/b)
"""
    )
    assert [(s.title, s.section) for s in found] == [
        ("One", "Articles"),
        ("Two", "Articles"),
        ("Three", "Videos"),
    ]


def test_the_issues_own_title_is_no_section(stories):
    found = stories(
        "## Harbour News: 12\n\n* [One](https://e.org/1)\n* [Two](https://e.org/2)\n", "Harbour News 12"
    )
    assert [s.section for s in found] == ["", ""]


def test_paragraphs_with_bold_leads_are_stories(stories):
    lines = [
        f"__{name}.__ There is a [dataset](https://e.org/{name}) on it, and it is large.\n"
        for name in ("Ropes", "Cranes", "Who owns the tides?", "Buoys")
    ]
    lines.insert(1, "__Read more:__ [a paper](https://e.org/paper) on ropes.\n")
    found = stories("*Ropes, cranes and more.*\n\n" + "\n".join(lines) + "\n*Suggestions? Write to us.*\n")
    assert [s.title for s in found][0::3] == ["Ropes.", "Buoys."]
    assert len(found) == 4
    assert found[0].body.endswith("Read more: a paper on ropes.")


def test_an_essay_with_run_in_headings_is_one_story(stories):
    text = "\n\n".join(
        f"**Point {n}.** It is about [this](https://e.org/{n}).\n\nThis goes on for a while.\n\nAnd on."
        for n in range(5)
    )
    assert [s.title for s in stories(text, "On points")] == ["On points"]


def test_an_essay_with_twenty_headings_is_one_story(stories):
    text = "\n\n".join(
        f"## Part {n}\n\nIt is said that this is part {n} of a whole, and long." for n in range(20)
    )
    assert [s.title for s in stories(text, "The whole")] == ["The whole"]


def test_a_list_within_prose_is_no_list_of_stories(stories):
    text = "A long letter begins here, and it has much to say of the sea.\n\n" * 6
    text += "* one [thing](https://e.org)\n* two things\n* three\n\nAnd so it ends.\n"
    assert len(stories(text, "A letter")) == 1


def test_numbered_paragraphs_are_stories_with_all_that_is_below_them(stories):
    found = stories(
        """# 周报：第 3 期

这里记录每周的事。

## 新闻

1、[港口](https://e.org/1)和[海](https://e.org/2)变大了

今年港口很大。

* [一](https://e.org/a)
* [二](https://e.org/b)

2、[视频] [《绳》](https://e.org/3)，by 安娜

__3、小船__

![](https://e.org/boat.jpg)

## 本周金句

海很大。

## 欢迎订阅

请订阅。

（完）
"""
    )
    assert [(s.title, s.section) for s in found] == [
        ("港口和海变大了", "新闻"),
        ("《绳》", "新闻"),
        ("小船", "新闻"),
        ("本周金句", ""),
    ]
    assert found[0].body == "今年港口很大。\n一\n二"


def test_numbers_within_an_essay_are_none(stories):
    essay = "这是一篇很长的文章。" * 30
    found = stories(
        f"## 话题\n\n{essay}\n\n（1）第一点。\n\n（2）第二点。\n\n## 工具\n\n1、[甲](https://e.org/1)\n\n好。\n\n2、[乙](https://e.org/2)\n\n好。\n"
    )
    assert [s.title for s in found] == ["话题", "甲", "乙"]


def test_linked_headings_are_stories_under_their_sections(stories):
    found = stories(
        """# Today 🚢

## Big Ships

### [The Anna sails](https://e.org/1)

She sailed at nine.

### [The Berta waits (3 minute read)](https://e.org/2)

She waits for wind.

## Quick Links

### [Knots, deconstructed](https://e.org/3)

A post on knots.
""",
        "Today 🚢",
    )
    assert [(s.title, s.section, s.body) for s in found] == [
        ("The Anna sails", "Big Ships", "She sailed at nine."),
        ("The Berta waits", "Big Ships", "She waits for wind."),
        ("Knots, deconstructed", "Quick Links", "A post on knots."),
    ]


def test_bold_linked_lines_are_titles_and_the_sponsors_are_marked(stories):
    found = stories(
        """# Big Ships

**[The Anna sails (3 minute read)](https://e.org/1)**

She sailed at nine.

**[Ropes that never end (Sponsor)](https://e.org/2)**

Buy our rope.

# Small Boats

**[The Berta waits (2 minute read)](https://e.org/3)**

She waits.

Love boats? Tell your friends!

If your company sells rope, write to us.
"""
    )
    assert [(s.title, s.section, s.sponsored) for s in found] == [
        ("The Anna sails", "Big Ships", False),
        ("Ropes that never end", "Big Ships", True),
        ("The Berta waits", "Small Boats", False),
    ]
    assert found[2].body == "She waits."


def test_a_section_of_short_paragraphs_is_a_story_for_each_with_a_derived_title(stories):
    found = stories(
        """Hello there.

### News

[Anna](https://e.org/a) wrote [a post](https://e.org/1) about rope.

[Berta](https://e.org/b) announced [a knot](https://e.org/2). It holds.

Carla [released](https://e.org/3) a boat.

### Accepted

[SP-1](https://e.org/4): *Longer ropes* was [accepted](https://e.org/5).

> The council finds that ropes are short.
"""
    )
    assert [(s.title, s.derived, s.section) for s in found] == [
        ("Anna wrote a post about rope.", True, "News"),
        ("Berta announced a knot.", True, "News"),
        ("Carla released a boat.", True, "News"),
        ("SP-1: Longer ropes was accepted.", True, "Accepted"),
    ]
    assert found[3].body.endswith("ropes are short.")


def test_rules_part_a_feature_from_the_list_beside_it(stories):
    found = stories(
        """Hi everyone!

## 💸 Sponsor

**[Debug your ropes today](https://e.org/s)**

Join us for a workshop.

---

## ⚓ Harbour

[![Crane](https://e.org/crane.jpg)](https://e.org/1)

**[The crane introduces a new arm](https://e.org/1)**

It is longer:

- `lift` can now lift
- it turns

---

- 📜 [Rope, explained](https://e.org/2): A refresher.
- 📦 [knot 2.0](https://e.org/3)

---

## 🤭 Fun

[![The life of a sailor](https://e.org/fun.jpg)](https://e.org/4)

See ya! 👋
"""
    )
    assert [(s.title, s.section, s.sponsored) for s in found] == [
        ("Debug your ropes today", "💸 Sponsor", True),
        ("The crane introduces a new arm", "⚓ Harbour", False),
        ("Rope, explained", "⚓ Harbour", False),
        ("knot 2.0", "⚓ Harbour", False),
        ("The life of a sailor", "🤭 Fun", False),
    ]


def test_bold_leads_of_list_items_are_titles(stories):
    found = stories(
        """## News

- **Rope downtime:** the ropes were [down](https://e.org/1) last week.
  They are up again.

- [Crane #12](https://e.org/2) lifts more, and more often than it did before.

## Nothing new

*None this week.*
"""
    )
    assert [(s.title, s.section) for s in found] == [("Rope downtime:", "News"), ("Crane #12", "News")]
    assert found[0].body == "the ropes were down last week. They are up again."


def test_links_that_are_defined_elsewhere_are_titles_all_the_same(stories):
    found = stories(
        "## Changes\n\n- [Crane #12][] lifts [much][lift] more.\n\n- [Rope #7][] is longer.\n\n{% include links.md %}\n"
        "[lift]: https://e.org/lift\n"
    )
    assert [s.title for s in found] == ["Crane #12", "Rope #7"]
    assert found[0].body == "lifts much more."


def test_items_above_text_that_is_not_indented_are_its_titles(stories):
    prose = "Somebody wrote to the list about it, and somebody else wrote back at length.\n\n"
    found = stories(
        f"## Talks\n\n* [Longer ropes](https://e.org/1) (*written by Anna*)\n\n{prose * 3}"
        f"* [Shorter ropes](https://e.org/2)\n\n{prose * 3}"
    )
    assert [s.title for s in found] == ["Longer ropes", "Shorter ropes"]
    assert found[1].body.count("Somebody") == 3


def test_an_interview_is_one_story(stories):
    answer = "Well, that is hard to say, and I have thought about it for a very long time indeed.\n\n"
    items = "".join(f"* [Knot {n}](https://e.org/{n})\n" for n in range(6))
    found = stories(
        f"## Tools\n\n{items}\n## Spotlight: Anna\n\n* Who are you?\n\n{answer * 2}* What do you do?\n\n{answer * 2}"
    )
    assert [s.title for s in found][-1] == "Spotlight: Anna"
    assert len(found) == 7


def test_a_series_is_the_section_of_its_piece(stories):
    found = stories(
        """Welcome.

**Long Reads**
*An occasional essay series:*

**The sea, and what it wants**

It wants little.

***

**Ropes are longer now:**
*…By a hand…*

They are.

***

**Knots hold:**
*…Most of them…*

They do.
"""
    )
    assert [(s.title, s.section, s.dek) for s in found] == [
        ("The sea, and what it wants", "Long Reads", ""),
        ("Ropes are longer now:", "", "…By a hand…"),
        ("Knots hold:", "", "…Most of them…"),
    ]


def test_separators_between_untitled_pieces_part_no_stories(stories):
    assert len(stories("It was dark.\n\n***\n\nIt was light.\n\n***\n\nIt was dark again.", "Days")) == 1


def test_a_post_that_is_no_digest_is_one_story_under_the_issues_title(stories):
    (found,) = stories("# A walk\n\nI went out.\n\nIt rained.", "A walk")
    assert (found.title, found.body) == ("A walk", "I went out.\nIt rained.")


def test_an_issue_without_text_has_no_stories(stories):
    assert stories("", "Nothing") == []


FEATURES = """## ⚓ Harbour

**[The crane introduces a new arm](https://e.org/1)**

It is longer, and it turns:

- [faster](https://e.org/2)
- [safer](https://e.org/3)
- [wider](https://e.org/4)
- [lower](https://e.org/5)

**[Whelk](https://e.org/6)**

A shell for the crane.

{between}- 📜 [Rope, explained](https://e.org/7): A refresher.
- 📦 [knot 2.0](https://e.org/8)
- 📦 [bight 3.1](https://e.org/9)
- 🎥 [Splicing](https://e.org/10)

---

## 🤭 Fun

- [A](https://e.org/11) joke.
- [B](https://e.org/12) joke.
"""


@pytest.mark.parametrize("between", ["", "---\n\n"])
def test_a_list_of_links_below_the_features_is_no_part_of_the_last_one(stories, between):
    found = stories(FEATURES.format(between=between).replace("**[Whelk]", "**[The whelk, a shell]"))
    assert [s.title for s in found][:3] == [
        "The crane introduces a new arm",
        "The whelk, a shell",
        "Rope, explained",
    ]
    assert found[0].body.endswith("lower")
    assert found[1].body == "A shell for the crane."
    assert [s.title for s in found][3:6] == ["knot 2.0", "bight 3.1", "Splicing"]


def test_a_linked_title_among_others_may_be_as_short_as_a_button(stories):
    text = FEATURES.format(between="**[The gull, revisited](https://e.org/13)**\n\nIt came back.\n\n")
    titles = [s.title for s in stories(text)]
    assert titles[:3] == ["The crane introduces a new arm", "Whelk", "The gull, revisited"]


def test_a_rule_below_a_list_does_not_give_the_list_to_the_feature_above(stories):
    text = (
        FEATURES.partition("**[Whelk]")[2].format(between="").replace("A shell for the crane.", "It sings.")
    )
    titles = [s.title for s in stories(f"## ⚓ Harbour\n\n**[The whelk, a shell]{text}")]
    assert titles == ["The whelk, a shell", "Rope, explained", "knot 2.0", "bight 3.1", "Splicing", "A", "B"]


def test_ways_to_read_on_below_a_feature_stay_with_it(stories):
    text = FEATURES.replace("It is longer, and it turns:", "It is longer now, and it turns as well.")
    text = text.replace("**[Whelk]", "**[The whelk, a shell]")
    assert stories(text.format(between=""))[0].body.endswith("lower")


def test_a_text_that_ends_with_a_list_of_sources_is_one_story_among_lists(stories):
    lists = "".join(
        f"## Part {n}\n\n- [One rope {n}](https://e.org/1{n})\n- [Two ropes {n}](https://e.org/2{n})\n\n"
        for n in range(3)
    )
    found = stories(
        f"{lists}## The tide\n\n{'The tide comes in and goes out again. ' * 30}\n\n- [Tables](https://e.org/t) of it\n"
    )
    assert (found[-1].title, found[-1].section, len(found)) == ("The tide", "", 7)
    assert found[-1].body.endswith("Tables of it")


def test_the_names_below_a_line_of_the_foot_are_no_stories(stories):
    lists = "".join(
        f"## Part {n}\n\n- [One rope {n}](https://e.org/1{n})\n- [Two ropes {n}](https://e.org/2{n})\n\n"
        for n in range(3)
    )
    foot = "*The Weekly Rope is edited by:*\n\n* [anna](https://e.org/a)\n* [berta](https://e.org/b)\n\n*Hosting is sponsored by [Pier](https://e.org/p).*\n"
    found = stories(f"{lists}## Saying\n\n> All ropes end.\n\n{foot}")
    assert (found[-1].title, found[-1].body, len(found)) == ("Saying", "All ropes end.", 7)
