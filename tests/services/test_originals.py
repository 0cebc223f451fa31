import pytest

from reader.services.importing import import_paths
from reader.services.originals import original_link

CLEAN = "https://a.example/oars"
TRACKED = f"{CLEAN}?utm_source=letter"


@pytest.fixture
def letter(tmp_path):
    path = tmp_path / "The Boat" / "issue-1.md"
    path.parent.mkdir()

    def write(link):
        path.write_text(
            f"# The Boat 1\n\n## Oars\n\nWords about [oars]({link}), and more of them.\n", encoding="utf-8"
        )
        return path

    write(TRACKED)
    return write


def test_the_original_of_a_link_is_kept(library, letter):
    (key,) = import_paths(library, [letter(TRACKED)]).issues
    (story,) = library.stories(issue=key)

    assert [link.url for link in library.page(story.key).story.links] == [CLEAN]
    assert original_link(library, key, CLEAN) == TRACKED
    assert original_link(library, key, "https://b.example/") == "https://b.example/"
    assert original_link(library, "no/issue", CLEAN) == CLEAN


def test_the_original_follows_the_text(library, letter):
    (key,) = import_paths(library, [letter(TRACKED)]).issues
    import_paths(library, [letter(f"{CLEAN}?b=1&fbclid=2")])
    assert original_link(library, key, f"{CLEAN}?b=1") == f"{CLEAN}?b=1&fbclid=2"
    assert original_link(library, key, CLEAN) == CLEAN

    import_paths(library, [letter("https://b.example/other")])
    assert original_link(library, key, f"{CLEAN}?b=1") == f"{CLEAN}?b=1"


def test_the_original_outlives_another_split(library, letter):
    (key,) = import_paths(library, [letter(TRACKED)]).issues
    from reader.services.resplitting import resplit

    resplit(library)
    assert original_link(library, key, CLEAN) == TRACKED
