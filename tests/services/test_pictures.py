"""A picture is found in the folder that was opened, and nowhere else."""

import os

import pytest

from reader.services.pictures import MOST_BYTES, local_file


@pytest.fixture
def site(tmp_path):
    for name in (
        "secret.png",
        "site/assets/chart.png",
        "site/static/images/map.png",
        "site/_posts/2024/photo.png",
        "site/_posts/2024/images/my photo.png",
        "site/_posts/images/boat.png",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"a picture")
    return tmp_path / "site"


def found(source, site, root=None):
    location = str(site / "_posts" / "2024" / "issue.md")
    path = local_file(source, location, "" if root is None else str(root))
    return path and path.relative_to(site).as_posix()


@pytest.mark.parametrize("root", [None, ""])
def test_a_file_beside_the_issue_is_found(site, root):
    root = site if root == "" else None
    assert found("images/my%20photo.png", site, root) == "_posts/2024/images/my photo.png"
    assert found("./images/my photo.png?width=3#top", site, root) == "_posts/2024/images/my photo.png"


def test_a_file_elsewhere_in_the_opened_folder_is_found(site):
    assert found("../images/boat.png", site, site) == "_posts/images/boat.png"
    assert found("../../assets/chart.png", site, site) == "assets/chart.png"
    assert found("../../assets/chart.png", site) is None


def test_a_path_of_the_site_is_found_in_the_folders_around_the_issue(site):
    assert found("/assets/chart.png", site, site) == "assets/chart.png"
    assert found("/images/map.png", site, site) == "static/images/map.png"
    assert found("/images/boat.png", site, site) == "_posts/images/boat.png"
    assert found("/assets/chart.png", site, site.parent) == "assets/chart.png"
    assert found("/assets/chart.png", site, site / "_posts") is None


@pytest.mark.parametrize("rooted", [False, True])
@pytest.mark.parametrize(
    "source",
    [
        "https://example.org/photo.png",
        "//example.org/photo.png",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "qrc:/photo.png",
        "../../../secret.png",
        "/../secret.png",
        "/assets/../../secret.png",
        "a/../../../../secret.png",
        "%2e%2e/%2e%2e/%2e%2e/secret.png",
        "/etc/hostname",
        "\\\\host\\photo.png",
        "no such.png",
        "",
        ".",
        "/",
        "a\0b",
    ],
)
def test_nothing_else_names_a_file(source, rooted, site):
    assert found(source, site, site if rooted else None) is None


def test_an_absolute_path_into_the_folder_names_nothing(site):
    assert found(str(site / "_posts/2024/photo.png"), site, site) is None


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_out_of_the_folder_is_not_followed(site):
    (site / "assets/way_out.png").symlink_to(site.parent / "secret.png")
    (site / "_posts/2024/up.png").symlink_to(site / "assets/chart.png")
    assert found("/assets/way_out.png", site, site) is None
    assert found("up.png", site) is None
    assert found("up.png", site, site) == "assets/chart.png"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_no_picture(site):
    os.mkfifo(site / "_posts/2024/pipe.png")
    assert found("pipe.png", site, site) is None


def test_a_file_that_is_too_large_is_no_picture(site):
    with (site / "assets/chart.png").open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    assert found("/assets/chart.png", site, site) is None


def test_an_issue_from_the_web_has_no_files():
    assert local_file("photo.png", "https://example.org/issue") is None
