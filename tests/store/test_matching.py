from reader.store.matching import Told, match

CHIPS = "Makers of chips move their designs to a smaller process and the yields are better than they feared."
BOATS = "A boat crossed the ocean with nobody on board, steered by a camera and by the stars it could see."
TALE = "The machine woke up one morning and asked who had taken the clocks from the walls of the library."


def test_a_story_with_the_same_title_is_the_same_story():
    assert match([Told("a", "Chips", CHIPS)], [Told("b", "chips!", BOATS)]) == {"a": "b"}


def test_a_story_that_says_the_same_is_the_same_story():
    old = [Told("a", "Chips", CHIPS), Told("b", "Boats", BOATS)]
    new = [
        Told("c", "Boats at sea", BOATS.replace("ocean", "sea")),
        Told("d", "On silicon", CHIPS + " Much better."),
    ]
    assert match(old, new) == {"a": "d", "b": "c"}


def test_a_story_that_kept_its_key_is_left_alone():
    assert match([Told("a", "Chips", CHIPS)], [Told("a", "Boats", BOATS), Told("b", "Chips", CHIPS)]) == {}


def test_two_stories_that_became_one_both_lead_to_it():
    old = [Told("a", "Chips", CHIPS), Told("b", "Boats", BOATS)]
    assert match(old, [Told("c", "This week", f"{CHIPS} {BOATS}")]) == {"a": "c", "b": "c"}


def test_an_issue_that_was_one_story_leads_to_the_part_that_has_most_of_it():
    new = [Told("b", "Chips", CHIPS), Told("c", "Boats", f"{BOATS} {TALE}")]
    assert match([Told("a", "Week 7", f"{CHIPS} {BOATS} {TALE}")], new) == {"a": "c"}


def test_a_story_that_vanished_leads_nowhere():
    assert match([Told("a", "Chips", CHIPS)], [Told("b", "Boats", BOATS)]) == {}


def test_chinese_stories_are_told_apart_by_what_they_say():
    old = [
        Told("a", "其一", "芯片设计的成本越来越高，厂商开始转向开源架构"),
        Told("b", "其二", "一艘无人船横渡了大西洋，全程由摄像头导航"),
    ]
    new = [
        Told("c", "船", "一艘无人船横渡了大西洋，全程由摄像头来导航"),
        Told("d", "芯", "芯片设计的成本越来越高，厂商都开始转向开源架构"),
    ]
    assert match(old, new) == {"a": "d", "b": "c"}


def test_stories_without_words_are_no_likeness():
    assert match([Told("a", "", "")], [Told("b", "", "…")]) == {"a": "b"}
    assert match([Told("a", "x", "")], [Told("b", "y", "")]) == {}
