import make

from reader.model import Mark
from reader.services.comparing import ADDED, BETWEEN, MINUS, PLUS, REMOVED, differences


def told(before, now):
    return [(one.kind, one.added, one.removed) for one in differences(make.blocks(before), make.blocks(now))]


def test_words_that_changed_are_told_within_their_block():
    found = told("The boat has nine oars.\n\nIt is red.", "The boat has eight oars.\n\nIt is red.")
    assert found == [("changed", ("eight",), ("nine",)), ("same", (), ())]


def test_what_was_added_and_removed_is_signed_and_struck_and_the_rest_keeps_its_marks():
    (one,) = differences(
        make.blocks("A **bold** boat of nine oars."), make.blocks("A **bold** boat of ten oars.")
    )
    runs = [(run.text, run.marks) for run in one.block.runs if run.text.strip()]
    assert runs == [
        ("A ", Mark.NONE),
        ("bold", Mark.BOLD),
        (" boat of ", Mark.NONE),
        (MINUS, Mark.BOLD),
        ("nine", REMOVED),
        (PLUS, Mark.BOLD),
        ("ten", ADDED),
        (" oars.", Mark.NONE),
    ]


def test_blocks_that_came_and_went_are_told_whole():
    before = "## Oars\n\nOars are long.\n\nSails are made of linen by hand."
    now = "## Oars\n\nOars are long.\n\nNobody knows who tarred the quay last night."
    assert told(before, now) == [
        ("same", (), ()),
        ("same", (), ()),
        ("added", ("Nobody knows who tarred the quay last night.",), ()),
        ("removed", (), ("Sails are made of linen by hand.",)),
    ]


def test_white_space_and_the_typography_of_quotes_are_no_difference():
    assert told("It's  “so” – said Ada.", 'It’s "so" - said Ada.') == [("same", (), ())]


def test_a_table_and_code_that_changed_are_told_as_two():
    assert [kind for kind, *_ in told("```py\na = 1\n```", "```py\na = 2\n```")] == ["added", "removed"]


def test_chinese_is_compared_sign_by_sign():
    assert told("老船的桨又漆成了红色", "老船的桨又漆成了蓝色") == [("changed", ("蓝",), ("红",))]


def test_the_text_of_now_can_be_read_from_what_is_shown():
    before = "One two three four five six seven eight.\n\nNine ten eleven."
    now = "One 2 three, four and five six eight!\n\nTen eleven twelve, at last."
    for one in differences(make.blocks(before), make.blocks(now)):
        kept = [
            run.text
            for run in one.block.runs
            if not run.marks & Mark.STRIKE and run.text not in (PLUS, MINUS, BETWEEN)
        ]
        assert one.kind == "removed" or "".join(kept) in now
