from reader.model.hashes import digest_of, name_from


def test_what_is_the_same_has_the_same_digest():
    assert digest_of("oars") == digest_of(b"oars") != digest_of("sails")
    assert len(digest_of("")) == 64


def test_half_a_character_is_no_error():
    assert len(name_from("\ud800")) == 16
