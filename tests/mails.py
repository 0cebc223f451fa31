"""Messages of mail as tests want them."""

WORDS = "The harbour was quiet, the oars were dry, and the captain had tar on both hands. " * 4
TITLES = ["Oars for everyone", "Sails of the north", "Ropes that last", "Tar and feathers"]
STORIES = "".join(
    f"<h2>{title}</h2><p>{WORDS}</p><p><a href='https://example.org/{n}'>Read more</a></p>"
    for n, title in enumerate(TITLES)
)
NEWSLETTER = f"<html><body><h1>The Boat 12</h1>{STORIES}</body></html>"


def message(body=NEWSLETTER, *, kind="text/html; charset=utf-8", encoding="8bit", **fields):
    """The bytes of a message; a field of None is left out, and one of bytes stands as it is."""
    known = {
        "From": "The Boat <hello@mail.boat.example>",
        "To": "reader@example.org",
        "Subject": "The Boat 12: oars",
        "Date": "Mon, 05 Jan 2026 09:00:00 +0000",
        "Message-ID": "<12@boat.example>",
        "MIME-Version": "1.0",
        "Content-Type": kind,
        "Content-Transfer-Encoding": encoding,
    }
    named = known | {name.replace("_", "-"): value for name, value in fields.items()}
    lines = [name.encode() + b": " + as_bytes(value) for name, value in named.items() if value is not None]
    return b"\n".join(lines) + b"\n\n" + as_bytes(body)


def as_bytes(text):
    return text if isinstance(text, bytes) else text.encode()


def part(body, kind, **fields):
    """One part of a message of several."""
    lines = [
        f"Content-Type: {kind}",
        *(f"{name.replace('_', '-')}: {value}" for name, value in fields.items()),
    ]
    return "\n".join(lines).encode() + b"\n\n" + as_bytes(body)


def several(*parts, kind="mixed", border="=_b"):
    """The body and the kind of a message of several parts."""
    whole = (
        b"".join(b"--" + border.encode() + b"\n" + one + b"\n" for one in parts) + f"--{border}--\n".encode()
    )
    return {"body": whole, "kind": f'multipart/{kind}; boundary="{border}"', "encoding": "7bit"}


def mailbox(*messages):
    """An mbox of messages."""
    return b"".join(b"From - Sat Jan  3 01:05:34 2015\n" + one + b"\n\n" for one in messages)
