from reader.model import Query, parse_query


def test_words_filters_and_phrases_are_told_apart():
    query = parse_query('chip des is:starred newsletter:"import ai" "neural net"')
    assert query == Query(("chip", "des", "neural net"), prefix=False, starred=True, newsletter="import ai")


def test_the_last_word_may_go_on_until_a_space_closes_it():
    assert parse_query("chi").prefix
    assert not parse_query("chi ").prefix


def test_nothing_typed_asks_for_nothing():
    assert parse_query("   ").empty
    assert parse_query('"').empty
    assert not parse_query("is:unread").empty
