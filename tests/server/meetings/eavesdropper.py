"""Everything that people are sent before they may know a result, to the byte, made comparable.

Two recordings of the same sitting differ in ids, times, hashes and signatures. `plain` replaces
those by placeholders *of the same length* (times by one fixed form), so that two texts that are
equal afterwards were also equally long.
"""

import io
import json
import re
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

import requests

from tests.server.real_server import Person, Tablet

_TIME = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_CLOCK = re.compile(r"(?<![\d:])\d\d:\d\d(?![\d:])")
"""Hour and minute on a page: two runs may begin in different minutes."""
_VKEY = re.compile(r"(dienhong-)\w{8}(\+?)([0-9a-f]{8})?")
_TOKEN = re.compile(r"[\w-]{30,}\.[\w-]{6}\.[\w-]{43}")
_HEX = re.compile(r"\b(?:[0-9a-f]{128}|[0-9a-f]{64})\b")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{40,}={0,2}")
_ID = re.compile(r"(?<![A-Za-z0-9])[2-9a-zA-Z]{22}(?![A-Za-z0-9])")
_PID = re.compile(r'(?<="pid": )\d+')
_PORT = re.compile(r"(?<=127[.]0[.]0[.]1')(, )\d+|(?<=127[.]0[.]0[.]1):\d+")
_RECEIPT = re.compile(r"\b[0-9A-F]{4}-[0-9A-F]{4}\b")
HEADERS = {"X-Request-Id", "Date", "Set-Cookie", "ETag"}
"""Headers that are another each time; their length is kept."""


def plain(text: str) -> str:
    """A text without what is another in every run. Ids are numbered as they come."""
    ids: dict[str, str] = {}

    def numbered(found: re.Match[str]) -> str:
        return ids.setdefault(found[0], f"<id {len(ids)}>".ljust(22, "."))

    def dots(found: re.Match[str]) -> str:
        return "." * len(found[0])

    text = _PID.sub(".", _TIME.sub("<time>", text))
    for pattern in (_TOKEN, _HEX, _VKEY, _PORT, _RECEIPT, _CLOCK):
        text = pattern.sub(dots, text)
    return _ID.sub(numbered, _BASE64.sub(dots, text))


def whole(answer: requests.Response) -> str:
    """Status, headers and body of an answer as one text."""
    headers = {
        name: "." * len(value) if name in HEADERS else value
        for name, value in sorted(answer.headers.items())
    }
    # With times of one form the length says no more than the body does, and not less.
    length = headers.pop("Content-Length", None)
    said = length == str(len(answer.content)) if length else "chunked"
    body = _unzipped(answer.content) if answer.content[:2] == b"PK" else answer.text
    return f"{answer.status_code} {json.dumps(headers)} {said}\n{body}"


def _unzipped(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = [name for name in packed.namelist() if not name.startswith("verifier/")]
        return "\n".join(f"{name}\n{packed.read(name).decode()}" for name in names)


@dataclass
class Eavesdropper:
    """What some people were sent: answers by place, frames of their sockets by person."""

    answers: dict[str, str] = field(default_factory=dict)
    frames: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    raw: list[bytes] = field(default_factory=list)
    over: set[str] = field(default_factory=set)
    """Those who may know what follows: their frames are no longer taken down."""

    def tap(self, who: str, tablet: Tablet) -> None:
        """Take down every frame that reaches a tablet, until it is over for this person."""
        client = tablet.client.eio
        receive = client._receive_packet

        def listening(packet: Any) -> None:
            if who not in self.over:
                self.frames[who].append(str(packet.data))
                self.raw.append(str(packet.data).encode())
            receive(packet)

        client._receive_packet = listening

    def take(self, who: str, moment: str, person: Person, path: str, **query: Any) -> None:
        """Take down what a person gets at a place."""
        options = {"params": query, "allow_redirects": False}
        answer = person.get(path, **options)
        place = path.removeprefix(person.server.url)
        self.answers[plain(f"{moment} {who} {place} {sorted(query)}")] = whole(answer)
        self.raw.append(answer.content)

    def comparable(self) -> dict[str, Any]:
        """The recording as another one of the same sitting would have it."""
        frames: dict[str, dict[str, list[str]]] = {}
        for who, heard in self.frames.items():
            by_name: dict[str, list[str]] = defaultdict(list)
            for frame in heard:
                name, text = _name_of(frame), plain(frame)
                # Live numbers are told again when they are old: how often is a matter of seconds.
                if name != "room.votes" or text not in by_name[name]:
                    by_name[name].append(text)
            # Pings of the transport, and who is connected: neither knows anything of votes.
            for name in ("", "room.presence"):
                by_name.pop(name, None)
            frames[who] = dict(by_name)
        return {"answers": {k: plain(v) for k, v in self.answers.items()}, "frames": frames}


def _name_of(frame: str) -> str:
    found = re.match(r'2\["([\w.]+)"', frame)
    return found[1] if found else frame[:1]
