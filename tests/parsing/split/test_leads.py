import pytest

from reader.model import Block, Kind, Mark, Run
from reader.parsing.split.leads import join_leads, mark_leads

BOLD, LEAD = Mark.BOLD, Mark.LEAD


def leads(*blocks):
    return ["".join(r.text for r in b.runs if r.marks & LEAD) for b in mark_leads(blocks)]


@pytest.mark.parametrize(
    ("bold", "rest", "lead"),
    [
        ("Why:", " Because.", "Why:"),
        ("What they did", ": Much.", "What they did:"),
        ("Does it work?", " No.", "Does it work?"),
    ],
)
def test_bold_words_that_open_a_paragraph_and_end_in_a_sign_are_a_lead(bold, rest, lead):
    assert leads(Block(runs=(Run(bold, BOLD), Run(rest)))) == [lead]


def test_bold_words_that_are_part_of_a_sentence_are_none():
    assert leads(Block(runs=(Run("Nobody", BOLD), Run(" came.")))) == [""]


def test_an_issue_with_type_of_its_own_is_not_guessed_at():
    bold = Block(runs=(Run("Lead:", BOLD), Run(" x")))
    assert leads(bold, Block(runs=(Run("The point is: It rains."),))) == ["Lead:", ""]


def test_a_lead_in_a_paragraph_of_its_own_goes_to_the_head_of_what_it_names():
    blocks = [Block(runs=(Run("Further:", BOLD),)), Block(runs=(Run("More."),))]
    joined = list(join_leads(blocks, lambda _: False))
    assert [b.text for b in joined] == ["Further: More."]
    assert joined[0].runs[0].marks == BOLD | LEAD


def test_a_title_is_kept_out_of_the_text_below_it():
    blocks = [Block(runs=(Run("Title:", BOLD),)), Block(runs=(Run("More."),))]
    assert list(join_leads(blocks, lambda at: at == 0)) == blocks


def test_a_lead_is_not_put_into_a_list():
    blocks = [Block(runs=(Run("Datasets:", BOLD),)), Block(runs=(Run("one"),), depth=1, marker="-")]
    assert list(join_leads(blocks, lambda _: False)) == blocks


def test_a_heading_is_no_lead():
    assert leads(Block(Kind.HEADING, (Run("Lead:", BOLD), Run(" x")), level=2)) == [""]


def test_a_run_in_heading_is_not_put_before_another():
    alone = Block(runs=(Run("Models:", BOLD),))
    own = Block(runs=(Run("2019:", BOLD | LEAD), Run(" Ten of them.")))
    assert list(join_leads([alone, own], lambda _: False)) == [alone, own]
