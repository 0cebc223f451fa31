import base64

import mails
import make
import pytest

from reader.services.importing import import_paths
from reader.services.mail_pictures import file_of, keep_pictures

PNG = b"\x89PNG\r\n\x1a\n" + b"picture" * 9


@pytest.fixture
def library(tmp_path):
    opened = make.library(tmp_path / "library", listener=make.Heard())
    yield opened
    opened.close()


def test_a_picture_that_a_mail_brought_is_a_file_of_the_library(library, tmp_path):
    picture = mails.part(
        base64.encodebytes(PNG), "image/png", Content_ID="<one>", Content_Transfer_Encoding="base64"
    )
    html = mails.part(f"<img src='cid:one' alt='A boat'>{mails.STORIES}", "text/html")
    for number in "12":
        data = mails.message(**mails.several(html, picture, kind="related"), Subject=f"The Boat {number}")
        (tmp_path / f"{number}.eml").write_bytes(data)

    assert import_paths(library, [tmp_path / "1.eml", tmp_path / "2.eml"]).added == 2

    whole = library.whole(library.issues()[0].key)
    [address] = [run.image for block in whole.blocks for run in block.all_runs if run.image]
    assert file_of(library.directory, address).read_bytes() == PNG
    assert len(list((library.directory / "cid").iterdir())) == 1


def test_only_addresses_of_such_pictures_name_files(tmp_path):
    (tmp_path / "cid").mkdir()
    (tmp_path / "cid" / "secret.png").write_bytes(PNG)

    for address in (
        "cid/secret.png",
        "../cid/secret.png",
        "cid/../library.sqlite",
        f"cid/{'a' * 32}.png",
        "",
    ):
        assert file_of(tmp_path, address) is None
    keep_pictures(tmp_path, [("../outside.png", PNG), ("cid/other.txt", PNG)])
    assert sorted(path.name for path in tmp_path.rglob("*.*")) == ["secret.png"]


def test_a_picture_that_cannot_be_written_is_left_out(tmp_path):
    (tmp_path / "cid").write_text("a file stands in the way", encoding="utf-8")

    keep_pictures(tmp_path, [(f"cid/{'a' * 32}.png", PNG)])

    assert file_of(tmp_path, f"cid/{'a' * 32}.png") is None
