from reader.importers.relative import absolute


def test_links_and_pictures_become_whole_and_code_stays_as_it_is():
    html = (
        '<a href="/a?b=1&amp;c=2">x</a><img src=\'../p.png\' alt="q"><a href="#top">t</a>'
        '<a href="mailto:a@b.example">m</a><a href="https://x.example/">y</a><pre>href="/code"</pre>'
    )

    assert absolute(html, "https://boats.example/2024/oars/") == (
        '<a href="https://boats.example/a?b=1&amp;c=2">x</a><img src=\'https://boats.example/2024/p.png\' alt="q">'
        '<a href="#top">t</a><a href="mailto:a@b.example">m</a><a href="https://x.example/">y</a>'
        '<pre>href="/code"</pre>'
    )


def test_an_address_without_quotes_gets_some():
    html = "<a class=x href=/oars>x</a><video poster=p.png src=https://x.example/v>"

    assert absolute(html, "https://boats.example/") == (
        '<a class=x href="https://boats.example/oars">x</a>'
        '<video poster="https://boats.example/p.png" src=https://x.example/v>'
    )


def test_from_nowhere_nothing_is_whole():
    assert absolute('<a href="/oars">x</a>', "feed.xml") == '<a href="/oars">x</a>'
