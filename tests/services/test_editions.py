"""Two newsletters of one name are told apart, whichever of them comes in first."""

from itertools import permutations

import pytest

from reader.services.importing import import_paths

SAID = {
    "en": "The oars of the old boat were painted red again, and {n} people came to watch the paint dry.",
    "zh": "老船的桨又漆成了红色，有{n}个人来看油漆干。他们带来了茶和面包，还唱了很久的歌。",
    "fr": "On a repeint les rames du vieux bateau, et {n} personnes sont venues voir sécher la peinture.",
}


@pytest.fixture
def letters(tmp_path):
    for language in SAID:
        write(tmp_path / "letters" / language, language, 11, 12)
    return tmp_path / "letters"


def write(folder, language, *numbers, ending="md", header=""):
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        text = f"{header}# The Boat {number}\n\n{SAID[language].format(n=number)}\n"
        (folder / f"{number}.{ending}").write_text(text, encoding="utf-8")


def shelves(library):
    return {
        row.key: (row.name, sorted(issue.key for issue in library.issues(newsletter=row.key)))
        for row in library.newsletters()
    }


EN_AND_ZH = {
    "the-boat-en": ("The Boat (en)", ["the-boat-en/11", "the-boat-en/12"]),
    "the-boat-zh": ("The Boat (zh)", ["the-boat-zh/11", "the-boat-zh/12"]),
}


@pytest.mark.parametrize("order", [["en", "zh"], ["zh", "en"]])
@pytest.mark.parametrize("together", [True, False])
def test_two_editions_of_one_name_are_two_newsletters_in_whatever_order_they_come(
    library, letters, order, together
):
    paths = [letters / language for language in order]
    for batch in [paths] if together else [[path] for path in paths]:
        import_paths(library, batch)

    assert shelves(library) == EN_AND_ZH
    assert import_paths(library, paths).unchanged == 4


@pytest.mark.parametrize("order", list(permutations(SAID)))
def test_three_editions_are_three(library, letters, order):
    for language in order:
        import_paths(library, [letters / language])

    assert [row.key for row in library.newsletters()] == ["the-boat-en", "the-boat-fr", "the-boat-zh"]
    assert library.counts().issues == 6


def test_the_stars_of_the_edition_that_was_here_go_with_it(library, letters):
    import_paths(library, [letters / "en"])
    (star,) = [row.key for row in library.stories(issue="the-boat/12")]
    library.star([star], starred=True).result()

    import_paths(library, [letters / "zh"])

    assert [row.issue for row in library.stories(starred=True)] == ["the-boat-en/12"]
    assert library.state(star).starred
    assert [row.starred for row in library.issue_rows(["the-boat-en/12", "the-boat-zh/12"])] == [1, 0]


def test_a_later_issue_joins_the_edition_of_its_folder(library, letters):
    import_paths(library, [letters / "en", letters / "zh"])
    write(letters / "zh", "zh", 13)
    write(letters / "en", "en", 14)

    import_paths(library, [letters / "en", letters / "zh"])

    assert {key: issues[-1] for key, (_, issues) in shelves(library).items()} == {
        "the-boat-en": "the-boat-en/14",
        "the-boat-zh": "the-boat-zh/13",
    }


def test_two_copies_of_an_issue_in_two_folders_stay_one(library, letters):
    write(letters / "letterbox", "en", 11, 12, ending="txt", header="---\nlayout: post\n---\n\n")

    import_paths(library, [letters / "en", letters / "letterbox"])

    assert shelves(library) == {"the-boat": ("The Boat", ["the-boat/11", "the-boat/12"])}


def test_copies_go_with_the_edition_that_they_are_of(library, letters):
    write(letters / "letterbox", "en", 11, 12, ending="txt", header="---\nlayout: post\n---\n\n")

    import_paths(library, [letters / "letterbox"])
    import_paths(library, [letters / "en", letters / "zh"])

    assert sorted(issues for _, issues in shelves(library).values()) == [
        ["the-boat-en/11", "the-boat-en/12"],
        ["the-boat-zh/11", "the-boat-zh/12"],
    ]


def test_an_edition_inside_the_folder_of_the_other_is_named_by_its_own_folder(library, tmp_path):
    site = tmp_path / "The Boat"
    write(site / "content", "zh", 1, 2, 3)
    write(site / "content" / "en", "en", 2, 3)

    import_paths(library, [site])

    assert {key: name for key, (name, _) in shelves(library).items()} == {
        "the-boat": "The Boat",
        "the-boat-en": "The Boat (en)",
    }


def test_volumes_that_count_from_one_again_are_one_newsletter(library, tmp_path):
    write(tmp_path / "volume-1", "en", 1, 2)
    write(tmp_path / "volume-2", "fr", 1, 2)

    import_paths(library, [tmp_path / "volume-1", tmp_path / "volume-2"])

    assert [(row.key, row.issues) for row in library.newsletters()] == [("the-boat", 4)]


def test_what_the_reader_named_stays_one_newsletter(library, letters):
    import_paths(library, [letters / "en", letters / "zh"], newsletter="Mine")

    assert [(row.key, row.name, row.issues) for row in library.newsletters()] == [("mine", "Mine", 4)]
