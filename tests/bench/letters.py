"""Issues as files, of the size that real ones have (half of them under 21 kB), seeded."""

import random

import make


def write_html(folder, count):
    """Write so many issues as web pages, and return the folder."""
    return _write(folder, count, "html", _page)


def write_markdown(folder, count):
    """Write so many issues as posts with front matter, and return the folder."""
    return _write(folder, count, "md", _post)


def page(length):
    """Return one issue as a web page of about so many characters."""
    return _long(_page, length)


def post(length):
    """Return one issue as Markdown, without front matter, of about so many characters."""
    return _long(_post, length).partition("---\n\n")[2]


def listing(length):
    """Return one issue as a Markdown list of links under sections, of about so many characters."""
    return _long(_listing, length)


def _long(render, length):
    prose, chance = make.Prose(3), random.Random(3)
    stories = [_story(prose, chance)]
    while len(text := render(1, "2020-01-01", stories, random.Random(3))) < length:
        stories.append(_story(prose, chance))
    return text


def _write(folder, count, ending, render):
    folder.mkdir(parents=True)
    prose, chance = make.Prose(3), random.Random(3)
    for number in range(1, count + 1):
        date = f"{2010 + number // 300}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"
        stories = [_story(prose, chance) for _ in range(chance.choice((8, 18, 30, 55)))]
        path = folder / f"{date}-letter-{number}.{ending}"
        path.write_text(render(number, date, stories, chance), encoding="utf-8")
    return folder


def _story(prose, chance):
    paragraphs = [prose.text(chance.randint(20, 90)) for _ in range(chance.choice((1, 1, 1, 2, 4)))]
    address = f"https://example.org/{chance.randrange(10**9)}?utm_source=letter"
    return prose.text(chance.randint(4, 9)).capitalize(), address, paragraphs


def _post(number, date, stories, chance):
    lines = ["---", f'title: "Letter {number}: {stories[0][0]}"', f"date: {date}", "---", ""]
    for place, (title, address, paragraphs) in enumerate(stories):
        if place % 10 == 0:
            lines += [f"## Part {place // 10 + 1}", ""]
        lines += [f"### [{title}]({address})", ""]
        for paragraph in paragraphs:
            lines += [paragraph.replace(" the ", " *the* ", 1), ""]
        if chance.random() < 0.2:
            lines += [f"- {paragraphs[0][:60]}", f"  - see [{title}]({address})", ""]
    return "\n".join(lines)


def _listing(number, date, stories, chance):
    lines = [f"# Letter {number}", "", date, ""]
    for place, (title, address, paragraphs) in enumerate(stories):
        if place % 10 == 0:
            lines += [f"## Part {place // 10 + 1}", ""]
        lines += [f"- [{title}]({address}) {paragraphs[0][:60]} [discussion]({address}&comments)"]
    return "\n".join(lines)


def _page(number, date, stories, chance):
    parts = [
        f"<!doctype html><html><head><meta charset=utf-8><title>Letter {number}: {stories[0][0]}</title>",
        "<style>body { margin: 0 }</style></head><body><nav><ul><li><a href='/'>Home</a></li></ul></nav>",
        f"<article class='entry-content'><h1>Letter {number}: {stories[0][0]}</h1><time>{date}</time>",
    ]
    for place, (title, address, paragraphs) in enumerate(stories):
        if place % 10 == 0:
            parts.append(f"<h2 id='part-{place}'>Part {place // 10 + 1}</h2>")
        parts.append(f'<h3><a href="{address}" target="_blank" rel="noopener">{title}</a></h3>')
        parts += [f'<p style="margin:0 0 1em;font-family:Georgia">{text}</p>' for text in paragraphs]
        if chance.random() < 0.2:
            parts.append(f"<ul><li>{paragraphs[0][:60]}</li></ul>")
    parts.append("</article><footer><p>Unsubscribe</p></footer></body></html>")
    return "\n".join(parts)
