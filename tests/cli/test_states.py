def test_stories_are_starred_and_read_and_back(run, filled, library):
    key = library.find_story("Oars")

    assert run("star", "Oars", "Sails") == ("Starred: 2 stories.\n", "", 0)
    assert library.state(key).starred
    run("unstar", "Oars")
    assert not library.state(key).starred
    run("read", key)
    assert library.state(key).read
    run("unread", key)
    assert not library.state(key).read


def test_when_one_cannot_be_found_none_is_starred(run, filled, library):
    assert run("star", "Oars", "Masts") == ("", "There is no story “Masts”.\n", 1)
    assert library.counts().starred == 0
