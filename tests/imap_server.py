"""A server of mail on this very machine that speaks as much IMAP as a reader needs."""

import contextlib
import re
import socketserver
import threading
from dataclasses import dataclass, field
from email import message_from_bytes


@dataclass
class Mailbox:
    """What the server has, and what it was asked."""

    user: str = "ada@example.org"
    password: str = 'pass "word" 1'
    folders: dict = field(default_factory=lambda: {"INBOX": {}})
    """The mails of each folder by their numbers: bytes, and flags."""
    validity: int = 7
    asked: list = field(default_factory=list)
    mute_after: str = ""
    """A command that is never answered: the line breaks off instead."""

    def add(self, uid, data, flags="", folder="INBOX"):
        self.folders.setdefault(folder, {})[uid] = (data.replace(b"\n", b"\r\n"), flags)


class _Session(socketserver.StreamRequestHandler):
    def handle(self):
        self.folder = None
        self.say("* OK ready")
        while line := self.rfile.readline():
            tag, _, rest = line.decode().strip().partition(" ")
            command, _, arguments = rest.partition(" ")
            self.box.asked.append(command.upper() if command.upper() == "LOGIN" else rest)
            if self.box.mute_after and rest.upper().startswith(self.box.mute_after):
                return
            self.answer(tag, command.upper(), arguments)
            if command.upper() == "LOGOUT":
                return

    @property
    def box(self):
        return self.server.box

    def say(self, line, data=None):
        self.wfile.write(line.encode() + b"\r\n" if data is None else line.encode() + b"\r\n" + data)

    def answer(self, tag, command, arguments):
        if command == "UID":
            command, _, arguments = arguments.partition(" ")
        result = getattr(self, f"do_{command.lower()}", lambda _: "BAD what?")(arguments)
        self.say(f"{tag} {result or 'OK done'}")

    def do_capability(self, _):
        self.say("* CAPABILITY IMAP4rev1 AUTH=PLAIN")

    def do_login(self, arguments):
        name, word = (re.sub(r"\\(.)", r"\1", part) for part in re.findall(r'"((?:[^"\\]|\\.)*)"', arguments))
        return None if (name, word) == (self.box.user, self.box.password) else "NO [AUTHENTICATIONFAILED] no"

    def do_examine(self, arguments):
        name = arguments.strip('"')
        if name not in self.box.folders:
            return "NO no such folder"
        self.folder = self.box.folders[name]
        self.say(f"* {len(self.folder)} EXISTS")
        self.say(f"* OK [UIDVALIDITY {self.box.validity}] valid")
        return "OK [READ-ONLY] opened"

    def do_search(self, arguments):
        first = int(re.search(r"UID (\d+):\*", arguments)[1])
        sender = re.search(r'FROM "([^"]*)"', arguments)
        last = max(self.folder, default=0)
        found = [
            uid
            for uid, (data, _) in sorted(self.folder.items())
            if (uid >= first or uid == last)
            and (not sender or sender[1] in (message_from_bytes(data)["From"] or ""))
        ]
        self.say(" ".join(["* SEARCH", *map(str, found)]))

    def do_fetch(self, arguments):
        uids, _, what = arguments.partition(" ")
        for number, uid in enumerate(map(int, uids.split(",")), 1):
            if uid not in self.folder:
                continue
            data, flags = self.folder[uid]
            if "HEADER.FIELDS" in what:
                head = data.partition(b"\r\n\r\n")[0].split(b"\r\n")
                kept = [line for line in head if line.lower().startswith(b"list-")]
                body = b"\r\n".join([*kept, b"", b""])
                said = f"* {number} FETCH (UID {uid} RFC822.SIZE {len(data)} BODY[HEADER.FIELDS (LIST-ID)] {{{len(body)}}}"
            else:
                assert "PEEK" in what
                most = int(re.search(r"<0\.(\d+)>", what)[1])
                body = data[:most]
                said = f"* {number} FETCH (FLAGS ({flags}) BODY[]<0> {{{len(body)}}}"
            self.say(said, body)
            self.say(f" UID {uid})")

    def do_logout(self, _):
        self.say("* BYE bye")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Say nothing of a client that hung up."""


@contextlib.contextmanager
def serving(box):
    """Run the server; its port is given."""
    with _Server(("127.0.0.1", 0), _Session) as server:
        server.box = box
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
