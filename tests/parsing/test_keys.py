import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.parsing.keys import issue_key, name_of, newsletter_key, slug, story_keys


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Import AI", "import-ai"),
        ("科技爱好者周刊", "科技爱好者周刊"),
        ("  The  Week: in_Rust! ", "the-week-in-rust"),
        ("ＦＵＬＬ Width", "full-width"),
        ("Straße", "strasse"),
        ("!!!", "newsletter"),
    ],
)
def test_a_newsletters_key_is_its_name_in_one_case(name, key):
    assert newsletter_key(name) == key


def test_an_issues_key_is_its_number_else_its_files_name():
    assert issue_key("import-ai", "219", "/a/b.md") == "import-ai/219"
    assert issue_key("import-ai", "", "/a/2020-10-19 The Cranes.md") == "import-ai/2020-10-19-the-cranes"
    assert (
        issue_key("import-ai", "", "/mail/2026-04-03-openai/original.html") == "import-ai/2026-04-03-openai"
    )
    assert issue_key("import-ai", "", "") == "import-ai/issue"


def test_a_name_is_the_same_wherever_the_folder_lies():
    assert name_of("/home/a/x/Week 7.md") == name_of("/b/Week 7.md") == "week-7"


def test_a_slug_ends_with_a_whole_word():
    assert (
        slug("The quick brown fox jumps over the lazy dog again") == "the-quick-brown-fox-jumps-over-the-lazy"
    )


@given(st.text())
def test_a_slug_of_a_slug_is_itself(text):
    assert slug(slug(text)) == slug(text)
    assert len(slug(text)) <= 40


def test_a_key_says_its_issue_and_title_and_six_digits():
    (key,) = story_keys("import-ai/219", [("LSTMs: Smarter than they appear:", "Long")])
    issue, _, name = key.partition("#")
    assert issue == "import-ai/219"
    assert name.startswith("lstms-smarter-than-they-appear-")
    assert len(name.rpartition("-")[2]) == 6


def test_keys_stay_when_other_stories_come_and_go():
    one, two, new = ("One", "First."), ("Two", "Second."), ("New", "Third.")
    before = story_keys("a/1", [one, two])
    after = story_keys("a/1", [new, one, two])
    assert after[1:] == before


def test_keys_do_not_hang_on_how_a_story_is_set_and_spaced():
    assert story_keys("a/1", [("The Cranes:", "They grew.\nA lot.")]) == story_keys(
        "a/1", [("the  cranes:", "They grew. A lot!")]
    )


def test_keys_do_not_hang_on_what_a_story_says_further_down():
    body = "It says a great deal about the cranes of the harbour, and of how they came to be so tall. " * 2
    assert story_keys("a/1", [("The Cranes", body)]) == story_keys(
        "a/1", [("The Cranes", body + "Corrected.")]
    )


def test_equal_stories_are_told_apart_by_their_order():
    keys = story_keys("a/1", [("Quote", "Same.")] * 3)
    assert len(set(keys)) == 3
    assert [key.removeprefix(keys[0]) for key in keys] == ["", "-2", "-3"]


def test_a_title_without_letters_still_makes_a_key():
    (key,) = story_keys("a/1", [("🎉", "Text.")])
    assert key.startswith("a/1#")


@given(st.lists(st.tuples(st.text(), st.text()), max_size=8))
def test_no_two_stories_of_an_issue_share_a_key(told):
    keys = story_keys("a/1", told)
    assert len(set(keys)) == len(keys)
