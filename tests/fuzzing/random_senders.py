"""Who sends random requests, and the things that exist for them: a new room every few operations.

What a request deletes, ends or signs out is there again for the next operation.
"""

import http.client
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

import requests

from tests.factories import small_pdf
from tests.fuzzing.http_requests import Fuzzed, Ids
from tests.server.annotations.ink_steps import stroke
from tests.server.conftest import PEOPLE, Room, make_room
from tests.server.real_server import Person, RealServer

SIGNED_IN = {"administrator": "quantri", "secretary": "thuky", "member": "daibieu1"}
UNKNOWN = "unknown"
EVERYBODY = ("quantri", *PEOPLE)
TIMEOUT = 60.0
_TRACEBACK = re.compile(r"Traceback \(most recent|\"level\": ?\"(?:error|critical)\"")


@dataclass
class Answers:
    """What the server answered. wrong: 5xx, and requests without an answer, as text."""

    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def of_class(self, hundreds: int) -> int:
        """The number of answers of a class, such as 4 for 4xx."""
        return sum(n for status, n in self.statuses.items() if status // 100 == hundreds)


def faults_in(log: str) -> list[str]:
    """The lines of a server's log that tell of a programming error."""
    return [line for line in log.splitlines() if _TRACEBACK.search(line)]


class RandomSenders:
    """Sends requests as administrator, secretary, member and somebody unknown, in turn.

    room_for: how many calls of `ids` a room is for. spread: name a different client address in each
    request, for a server behind a proxy.
    """

    def __init__(
        self, server: RealServer, people: dict[str, Person], *, room_for: int, spread: bool = False
    ) -> None:
        self.answers = Answers()
        self._server, self._people, self._spread = server, people, spread
        self._room_for = room_for
        self._roles = cycle((*SIGNED_IN, UNKNOWN))
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=TIMEOUT)
        self._room: Room | None = None
        self._ids: dict[str, list[str]] = {}
        self._asked = self._addresses = 0

    def ids(self) -> Ids:
        """Ids of things that exist, of a new room every few calls."""
        if self._asked % self._room_for == 0:
            self._people.update({who: self._fresh(who) for who in EVERYBODY})
            self._room = make_room(self._server, self._people)
            self._ids = things_of(self._room)
        self._asked += 1
        return self._ids

    def _fresh(self, who: str) -> Person:
        """The person, signed in again where a request signed them out."""
        person = self._people[who]
        if person.get("/session").ok:
            return person
        person.http.close()
        return self._server.sign_in(who)

    def send(self, one: Fuzzed) -> None:
        """Send a request and count its answer."""
        role = next(self._roles)
        headers = {**one.headers, **self._headers(role)}
        if self._spread:
            self._addresses += 1
            high, low = divmod(self._addresses, 250)
            headers["X-Forwarded-For"] = f"10.{high // 250}.{high % 250}.{low + 1}"
        began = time.monotonic()
        try:
            status, content = self._answer(one, headers)
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            self._wrong(one, role, f"no answer: {error!r}")
            return
        self.answers.slowest = max(self.answers.slowest, time.monotonic() - began)
        self.answers.statuses[status] += 1
        if status >= 500:
            self._wrong(one, role, f"{status} {content[:200]!r}")

    def _answer(self, one: Fuzzed, headers: dict[str, str]) -> tuple[int, bytes]:
        try:
            return self._exchange(one, headers)
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            # A kept-alive connection may be closed at any time; a new one is not.
            self._connection.close()
            return self._exchange(one, headers)

    def _exchange(self, one: Fuzzed, headers: dict[str, str]) -> tuple[int, bytes]:
        self._connection.request(one.method, one.path, one.body, headers)
        answer = self._connection.getresponse()
        return answer.status, answer.read()

    def _headers(self, role: str) -> dict[str, str]:
        if role == UNKNOWN:
            return {}
        person = self._people[SIGNED_IN[role]]
        cookies = "; ".join(f"{one.name}={one.value}" for one in person.http.cookies)
        return {"Cookie": cookies, "X-CSRF-Token": str(person.http.headers["X-CSRF-Token"])}

    def _wrong(self, one: Fuzzed, role: str, what: str) -> None:
        body = (one.body or b"")[:400]
        self.answers.wrong.append(f"{one.method} {one.path[:300]} as {role} {body!r}: {what}")

    def close(self) -> None:
        """End the connection."""
        self._connection.close()


def things_of(room: Room) -> dict[str, list[str]]:
    """Ids of the room, and of one of each kind of thing that is made in it."""
    secretary, document = room.secretary, room.document
    _done(secretary.post(f"/documents/{document}/publish"))
    more = secretary.upload(f"/agenda-items/{room.items[0]}/documents", "a.pdf", small_pdf(1))
    polls = [
        _made(secretary, f"/meetings/{room.id}/polls", question="Thông qua?", method=method)
        for method in ("named", "hands")
    ]
    return {
        "meeting_id": [room.id],
        "item_id": room.items,
        "document_id": [document, str(_done(more).json()["id"])],
        "annotation_id": [_made(secretary, f"/documents/{document}/annotations", **stroke())],
        "poll_id": polls,
        "ballot_id": [_ballot(room, polls[0])],
        "note_id": [_made(secretary, "/notes", meeting_id=room.id, text="Ghi chú")],
        "guest_id": [_made(secretary, f"/meetings/{room.id}/guests", name="Khách")],
        "user_id": _spare_accounts(room),
        "chair_id": [room.chair.id],
        "id": [*room.items, *polls],
        "number": ["1"],
        "page": ["1", "3"],
        "rule_id": ["majority"],
    }


def _ballot(room: Room, poll: str) -> str:
    """The id of a ballot that waits for its confirmation, in the poll, which is open then."""
    present = {"user_ids": [room.member.id, room.other.id], "status": "present"}
    _done(room.secretary.put(f"/meetings/{room.id}/attendance", **present))
    _done(room.chair.post(f"/polls/{poll}/open"))
    body = {"user_id": room.other.id, "choice": "for", "reason": "Máy hỏng"}
    return _made(room.secretary, f"/polls/{poll}/ballots/for-member", **body)


def _spare_accounts(room: Room) -> list[str]:
    """Ids of people who do not act: they may be deactivated, or get another password.

    The first one is in the room.
    """
    names = [f"{room.id[:20]}.{number}" for number in (1, 2)]
    spare = [_made(room.admin, "/users", username=name, display_name=name) for name in names]
    _done(room.secretary.put(f"/meetings/{room.id}/participants/{spare[0]}", role="member"))
    return spare


def _made(person: Person, path: str, **body: Any) -> str:
    return str(_done(person.post(path, **body)).json()["id"])


def _done(answer: requests.Response) -> requests.Response:
    assert answer.ok, answer.text
    return answer
