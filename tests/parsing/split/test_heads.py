import pytest

from reader.model import Block, Mark, Run
from reader.parsing.split import heads
from reader.parsing.split.page import lines_of

LINK = "https://example.org"


def line(*runs):
    return lines_of((Block(runs=tuple(r if isinstance(r, Run) else Run(r) for r in runs)),))[0]


def link(text, href=LINK):
    return Run(text, href=href)


def bold(text):
    return Run(text, Mark.BOLD)


@pytest.mark.parametrize(
    ("runs", "title"),
    [
        ([link("One"), ", by Anna"], "One"),
        (["[video] ", link("One")], "One"),
        (["[series] [video] ", link("One")], "One"),
        (["🎥 ", link("One"), ": about it"], "One"),
        (["💸 ", link("One")], "One"),
        (["Podcast: ", link("One")], "One"),
        (["12、", link("One"), "：说明"], "One"),
        ([link("make "), Run("x", Mark.CODE, href=LINK), link(" stable"), " now"], "make x stable"),
        ([bold("Upgrade to 0.8.1:"), " it fixes much"], "Upgrade to 0.8.1:"),
        ([bold("Upgrade"), ": it fixes much"], "Upgrade:"),
        ([Run("R12", Mark.BOLD, href=LINK), bold(" is reviewed:"), " it fixes much"], "R12 is reviewed:"),
        ([Run("R12", Mark.BOLD, href=LINK), bold(" is reviewed")], "R12"),
        ([Run("R12", Mark.BOLD, href=LINK), " is reviewed:", bold(" now")], "R12"),
        ([bold("Harbour crane"), ": ", link("It is announced"), " today"], "Harbour crane:"),
        ([bold("Episode 5:"), " ", link("Ropes")], "Ropes"),
        ([bold("Videos:"), " ", link("Ropes")], "Ropes"),
        ([bold("4、小船")], "小船"),
        (["[Crane #12][] lifts"], "Crane #12"),
        (["The crane lifts: https://example.org/a"], "The crane lifts"),
    ],
)
def test_the_title_of_an_item_is_what_it_opens_with(runs, title):
    head = heads.item(line(*runs))
    assert (head.title, head.derived) == (title, False)


@pytest.mark.parametrize(
    ("runs", "title"),
    [
        (["Anna wrote ", link("a post"), ". It is good."], "Anna wrote a post."),
        ([link("https://example.org/a"), " is a page"], "https://example.org/a is a page"),
        (["Git ", link("2.25.0"), ", ", link("2.25.1")], "Git 2.25.0, 2.25.1"),
        (["一句话。两句话。"], "一句话。"),
    ],
)
def test_an_item_that_opens_with_words_gets_its_first_sentence(runs, title):
    head = heads.item(line(*runs))
    assert (head.title, head.derived, head.titles) == (title, True, ())


def test_a_line_that_stands_alone_above_its_text_is_the_title_even_if_the_link_is_only_part_of_it():
    runs = [link("A"), " and ", link("B"), " close their doors"]
    assert heads.item(line(*runs), alone=True).title == "A and B close their doors"
    assert heads.item(line(*runs)).title == "A"


def test_who_wrote_it_is_no_part_of_the_title():
    assert heads.item(line(link("A"), ", by Anna"), alone=True).title == "A"
    assert (
        heads.item(line("The history of rope (written by Anna)"), alone=True).title == "The history of rope"
    )


def test_the_span_of_a_title_reaches_from_the_head_of_the_line():
    assert heads.item(line("[video] ", link("One"), " more")).titles == ((0, 11),)


@pytest.mark.parametrize("text", ["One (3 minute read)", "One (12 min read)", "One (Sponsor)", "One  \n "])
def test_reading_times_are_no_part_of_a_title(text):
    assert heads.printed(text) == "One"


def test_what_a_link_says_it_is_stays():
    assert heads.printed("Neural API (Website)") == "Neural API (Website)"


def test_a_long_first_sentence_is_cut():
    head = heads.derived(line("word " * 200))
    assert len(head.title) <= 240
    assert head.title.endswith("…")


@pytest.mark.parametrize("text", ["…dots…", "...dots...", "…dots...", "…is it?…"])
def test_a_line_between_dots_is_known(text):
    assert heads.dotted(line(text))


@pytest.mark.parametrize("text", ["…and so on", "No dots", "He waited…"])
def test_a_line_with_dots_at_one_end_is_not(text):
    assert not heads.dotted(line(text))


@pytest.mark.parametrize(
    ("rest", "title"),
    [(" (in Danish)", "Ropes (in Danish)"), ("（英文）", "Ropes（英文）"), (" (by Anna)", "Ropes")],
)
def test_a_remark_after_a_link_that_stands_alone_is_of_the_title(rest, title):
    assert heads.item(line(link("Ropes"), rest), alone=True).title == title
    assert heads.item(line(link("Ropes"), rest)).title == "Ropes"
