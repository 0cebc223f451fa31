import pytest

from reader.parsing.numbers import number_in_name, number_in_title


@pytest.mark.parametrize(
    ("title", "prefix", "number"),
    [
        ("Import AI 219: Climate; chips", "Import AI", "219"),
        ("Import AI: #103: Testing", "Import AI", "103"),
        ("Import AI Newsletter 36: More", "Import AI Newsletter", "36"),
        ("Issue #132", "", "132"),
        ("Newsletter #73", "", "73"),
        ("Edition 59", "", "59"),
        ("Week 231", "", "231"),
        ("Bitcoin Optech Newsletter #36", "Bitcoin Optech Newsletter", "36"),
        ("Git Rev News Edition 7 (September 9th, 2015)", "Git Rev News", "7"),
        ("Git Rev News: Edition 7", "Git Rev News", "7"),
        ("This Week In React #118: Maps", "This Week In React", "118"),
        ("This Week in Rust 85", "This Week in Rust", "85"),
        ("JavaScript Weekly Issue 500: Hi", "JavaScript Weekly", "500"),
        ("Foo Weekly (#12)", "Foo Weekly", "12"),
        ("HelloGitHub Vol.124", "HelloGitHub", "124"),
        ("科技爱好者周刊：第 129 期", "科技爱好者周刊", "129"),
        ("科技爱好者周刊（第 1 期）：开始", "科技爱好者周刊", "1"),
        ("《HelloGitHub》第 08 期", "HelloGitHub", "8"),
        ("Data Is Plural — 2016.02.17 edition", "", ""),
        ("Top 10 things", "", ""),
        ("React 19: what is new", "", ""),
        ("GPT-4: a review", "", ""),
        ("Swift 5.1 released", "", ""),
        ("Announcing Rust 2021", "", ""),
        ("Issue 2020", "", ""),
        ("Fix #123 and others", "", ""),
        ("News of 2026-04-03", "", ""),
        ("100", "", ""),
        ("", "", ""),
    ],
)
def test_a_title_says_the_number_and_what_stands_before_it(title, prefix, number):
    assert number_in_title(title) == (prefix, number)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("issue-132.md", "132"),
        ("HelloGitHub59.md", "59"),
        ("Week411.md", "411"),
        ("edition-59.markdown", "59"),
        ("2015-03-25-edition-1.markdown", "1"),
        ("2015-12-06-issue-0.md", "0"),
        ("this-week-in-rust-85.md", "85"),
        ("219.md", "219"),
        ("2020.md", ""),
        ("20160229.md", ""),
        ("2016-02-29.md", ""),
        ("2016-02-29-llama-4.md", ""),
        ("mp3.md", ""),
        ("gpt-4.md", ""),
        ("some-story-3dErGG5.md", ""),
        ("2022/Jul/15.md", ""),
        ("readme.md", ""),
    ],
)
def test_a_name_says_the_number_only_where_it_is_clearly_one(name, number):
    assert number_in_name(f"/letters/{name}")[1] == number
