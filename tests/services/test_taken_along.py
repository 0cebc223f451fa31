"""A story that leaves its issue finds its pictures again."""

from dataclasses import replace

import make
from drawn import png

from reader.model import OBJECT, Block, Run
from reader.model.picture import kept_address
from reader.services.picture_cache import file_of, store_picture
from reader.services.taken_along import taken_along, with_pictures


def images(page):
    return [run.image for block in page.body for run in block.all_runs]


def page(location, url="", *addresses):
    one = make.page()
    runs = tuple(Run(OBJECT, image=address) for address in addresses)
    return one._replace(issue=replace(one.issue, location=str(location), url=url), body=(Block(runs=runs),))


def test_a_picture_beside_the_issue_gets_its_whole_address(tmp_path):
    (tmp_path / "a boat.png").write_bytes(b"")

    told = with_pictures(page(tmp_path / "issue.md", "", "a%20boat.png"))

    assert images(told) == [(tmp_path / "a boat.png").as_uri()]


def test_a_picture_that_is_not_there_is_looked_for_where_the_issue_is_from(tmp_path):
    told = with_pictures(page(tmp_path / "issue.md", "https://example.org/posts/1", "boat.png", "/b.png"))

    assert images(told) == ["https://example.org/posts/boat.png", "https://example.org/b.png"]


def test_a_picture_with_a_whole_address_keeps_it(tmp_path):
    one = page(tmp_path / "issue.md", "https://example.org/", "https://example.com/x.png")

    assert with_pictures(one) is one


def test_a_picture_that_is_nowhere_keeps_its_address(tmp_path):
    assert images(with_pictures(page(tmp_path / "issue.md", "", "boat.png"))) == ["boat.png"]


def test_a_picture_elsewhere_in_the_opened_folder_gets_its_whole_address_and_one_outside_does_not(tmp_path):
    for name in ("site/assets/boat.png", "secret.png"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    one = page(tmp_path / "site/posts/issue.md", "", "/assets/boat.png", "../../secret.png")

    told = with_pictures(one._replace(issue=replace(one.issue, root=str(tmp_path / "site"))))

    assert images(told) == [(tmp_path / "site/assets/boat.png").as_uri(), "../../secret.png"]


def test_a_picture_that_came_inside_its_issue_is_a_file_elsewhere(tmp_path):
    library = make.library(tmp_path / "library")
    data = png(9, 9)
    store_picture(library, kept_address(data), data)
    one = make.page()._replace(body=(Block(runs=(Run(OBJECT, image=kept_address(data)),)),))
    (block,) = taken_along(one, library).body
    file = file_of(library, kept_address(data))
    library.close()
    assert block.runs[0].image == file.as_uri()
