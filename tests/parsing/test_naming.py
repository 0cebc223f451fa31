from reader.model import Head, KnownNewsletter
from reader.parsing.keys import newsletter_key
from reader.parsing.naming import name_newsletters


def head(name, title="", **more):
    folder, _, _ = name.rpartition("/")
    more.setdefault("folder", folder)
    return Head(location=name, title=title, **more)


def numbered(prefix, *numbers, folder="/in/x", **more):
    return [
        head(f"{folder}/{prefix}{n}.md", f"{prefix} {n}: News", number=str(n), prefix=prefix, **more)
        for n in numbers
    ]


def names(heads, known=None):
    return [name for _, name in name_newsletters(heads, known).values()]


def test_the_readers_or_the_files_own_name_goes_first():
    heads = [*numbered("Import AI", 1, 2), head("/in/x/a.md", "A", newsletter="My Letter", domain="a.com")]

    assert names(heads) == ["Import AI", "Import AI", "My Letter"]


def test_a_prefix_that_others_share_names_the_newsletter_and_the_rest_is_named_after_the_folder():
    heads = [
        *numbered("Import AI", 1, 2, folder="/in/mixed"),
        *(head(f"/in/mixed/{n}.md", f"Post {n}") for n in "abcdef"),
    ]

    assert names(heads) == ["Import AI"] * 2 + ["Mixed"] * 6


def test_one_number_alone_in_a_large_folder_names_nothing():
    heads = [*numbered("Windows Server", 12), *(head(f"/in/x/{n}.md", f"Post {n}") for n in "abcdef")]

    assert set(names(heads)) == {"X"}


def test_one_file_by_itself_is_named_by_its_title():
    assert names(numbered("Import AI", 219)) == ["Import AI"]


def test_an_issue_without_a_number_belongs_to_the_numbered_ones_it_lies_among():
    assert set(names([*numbered("This Week", 1, 2, 3, 4), head("/in/x/special.md", "A letter")])) == {
        "This Week"
    }


def test_two_writings_of_a_name_are_one_newsletter():
    heads = [
        *numbered("Import AI Newsletter", 1, 2),
        *numbered("Import AI", 3, 4, 5),
        *numbered("ImportAI", 6),
    ]

    assert set(names(heads)) == {"Import AI"}
    assert {key for key, _ in name_newsletters(heads).values()} == {"import-ai"}


def test_what_a_newsletter_was_called_before_is_the_same_newsletter():
    assert set(names([*numbered("每周分享", 1, 2), *numbered("科技爱好者周刊", *range(3, 20))])) == {
        "科技爱好者周刊"
    }


def test_two_newsletters_with_the_same_numbers_in_one_folder_stay_two():
    assert set(names([*numbered("Rust Weekly", 1, 2), *numbered("Go Weekly", *range(1, 20))])) == {
        "Rust Weekly",
        "Go Weekly",
    }


def test_a_domain_that_several_share_names_what_has_no_better_name():
    heads = [head(f"/in/x/{n}.md", f"Post {n}", domain="a.com") for n in range(3)]
    heads += [head(f"/in/x/b{n}.md", f"Text {n}", domain="b.com") for n in range(2)]

    assert names(heads) == ["a.com"] * 3 + ["X"] * 2


def test_a_domain_that_a_newsletter_has_leads_to_it():
    heads = [
        *numbered("Import AI", 1, 2, domain="jack-clark.net"),
        head("/in/y/a.md", "A letter", domain="jack-clark.net"),
    ]

    assert names(heads) == ["Import AI"] * 3


def test_what_the_titles_begin_or_end_with_names_them():
    plural = [head(f"/in/x/{n}.md", f"Data Is Plural — 2016.02.{n} edition") for n in range(10, 14)]
    news = [head(f"/in/y/{n}.md", f"[AINews] Model {n}") for n in range(4)]
    ends = [head(f"/in/z/{n}.md", f"Story {n} | The Letter") for n in range(4)]

    assert set(names(plural)) == {"Data Is Plural"}
    assert set(names(news)) == {"AINews"}
    assert set(names(ends)) == {"The Letter"}


def test_folders_that_only_sort_are_climbed():
    heads = [
        head("/in/Swift Weekly/_posts/a.md", "A"),
        head("/in/neovim-news-main/2022/Jul/15.md", "B"),
        head("/in/letters/content/posts/2020-01-01-x/index.md", "C"),
        head("/in/letters/content/posts/2020-01-02-y/index.md", "D"),
        head("/in/perl/slug-one/original.html", "E"),
        head("/in/perl/slug-two/original.html", "F"),
    ]

    assert names(heads) == ["Swift Weekly", "Neovim news", "Letters", "Letters", "Perl", "Perl"]


def test_a_file_at_the_top_of_everything_still_gets_a_name():
    assert names([head("/a.md", "A", folder="/")]) == ["Newsletter"]
    assert names([head("/posts/a.md", "A", folder="/posts")]) == ["Posts"]


KNOWN = {
    "import-ai": KnownNewsletter(
        "Jack's letter", frozenset({"Import AI"}), frozenset({"jack-clark.net"}), frozenset({"/in/x"})
    ),
    "y": KnownNewsletter("Y", folders=frozenset({"/in/y"})),
}


def test_a_new_file_joins_the_newsletter_that_is_known_whatever_it_is_called_now():
    by_prefix = head("/elsewhere/a.md", "Import AI 9: B", number="9", prefix="Import AI")
    by_domain = head("/elsewhere/b.md", "A letter", domain="jack-clark.net")
    by_folder = head("/in/y/c.md", "A letter")
    by_name = head("/elsewhere/d.md", "A", newsletter="jack's LETTER")

    found = name_newsletters([by_prefix, by_domain, by_folder, by_name], KNOWN)

    assert list(found.values()) == [("import-ai", "Jack's letter")] * 2 + [
        ("y", "Y"),
        ("import-ai", "Jack's letter"),
    ]


def test_a_folder_that_two_newsletters_share_decides_nothing():
    known = {
        "a": KnownNewsletter("A", folders=frozenset({"/in/x"})),
        "x": KnownNewsletter("X", folders=frozenset({"/in/x"})),
        "b": KnownNewsletter("B", folders=frozenset({"/in/z"})),
        "c": KnownNewsletter("C", folders=frozenset({"/in/z"})),
    }

    assert names([head("/in/x/a.md", "A letter"), head("/in/z/a.md", "A letter")], known) == ["X", "Z"]


def test_no_issues_are_no_error():
    assert name_newsletters([]) == {}


def test_a_later_file_finds_the_newsletter_of_its_folder_and_of_those_that_only_sort_beside_it():
    known = {
        "essays": KnownNewsletter("Essays", folders=frozenset({"/in/blog/_posts/2022"})),
        "boats": KnownNewsletter("Boats", folders=frozenset({"/in/boats/_posts"})),
    }

    for name in ("/in/blog/_posts/2022/z.md", "/in/blog/_posts/2023/a.md", "/in/blog/_posts/b.md"):
        assert name_newsletters([head(name, "A walk")], known) == {name: ("essays", "Essays")}
    later = "/in/boats/_posts/2024-01-01-a.md"
    assert name_newsletters([head(later, "A walk")], known) == {later: ("boats", "Boats")}
    other = "/in/other/_posts/a.md"
    assert name_newsletters([head(other, "A walk")], known) == {other: ("other", "Other")}


def test_a_folders_name_begins_with_a_capital_and_its_key_does_not_change():
    for folder, name in (("smol-ainews", "Smol ainews"), ("iOS-goodies", "iOS goodies"), ("Ωmega", "Ωmega")):
        [(key, shown)] = name_newsletters([head(f"/in/{folder}/a.md", "A walk")]).values()
        assert (key, shown) == (newsletter_key(folder), name)


def test_the_folder_of_one_issue_names_no_newsletter_even_where_it_is_alone():
    assert names([head("/in/boats/issue-6/original.html", "Issue 6")]) == ["Boats"]
    assert names([head("/in/boats/original.html", "Boats")]) == ["Boats"]
