"""One real server with somebody of every kind, and the things that the matrix is tried on."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import requests

from tests.factories import prepared, small_pdf, today_at
from tests.pack_texts import own_pack
from tests.server.conftest import PEOPLE, Room, add_paper, make_room, wait_ready
from tests.server.real_server import Person, RealServer

Things = dict[str, str]
Body = dict[str, Any]
KINDS = ("nobody", "revoked", "stranger", "guest", "member", "secretary", "chair", "admin")
"""The columns of the matrix."""

USERNAMES = {
    "stranger": "nguoila",
    "guest": "khachmoi",
    "member": "daibieu1",
    "secretary": "thuky",
    "chair": "chutoa",
    "admin": "quantri",
}
SPARE = "dubi"
METRICS_TOKEN = "a-token-of-the-tests-and-of-nobody-else"


@dataclass
class World:
    """A server, one person of every kind, and a meeting in session with one published paper."""

    server: RealServer
    people: dict[str, Person]
    room: Room
    epoch: str
    numbers: Iterator[int] = field(default_factory=count)
    opened: bool = False
    unused: dict[object, Things] = field(default_factory=dict)

    @property
    def secretary(self) -> Person:
        """Who makes what a cell needs."""
        return self.people["secretary"]

    @property
    def admin(self) -> Person:
        """Who makes the people and units that a cell needs."""
        return self.people["admin"]

    def defaults(self) -> dict[str, str]:
        """What stands in a route's places unless a row says otherwise."""
        return {
            "meeting_id": self.room.id,
            "item_id": self.room.items[0],
            "document_id": self.room.document,
            "number": "1",
            "page": "1",
            "width": "4800",
            "column": "0",
            "row": "0",
            "user_id": self.server.made.people[SPARE],
            "language": "vi",
            "filename": "icons.txt",
            "token": "no-such-link",
        }

    def anew(self, kind: str) -> Person:
        """Somebody of this kind on one more device: signing out costs the others nothing."""
        if kind == "nobody":
            return passer_by(self.server)
        if kind == "revoked":
            return signed_out_from_elsewhere(self.server, self.secretary)
        return self.server.sign_in(USERNAMES[kind])

    def meeting(self) -> dict[str, Any]:
        """The meeting as its secretary sees it now."""
        whole: dict[str, Any] = self.secretary.get(f"/meetings/{self.room.id}").json()
        return whole

    def open_to_guests(self, wanted: bool) -> None:
        """Let guests read the room's paper, or not."""
        if self.opened is not wanted:
            path = f"/documents/{self.room.document}"
            assert self.secretary.patch(path, open_to_guests=wanted).ok
            self.opened = wanted

    def new_meeting(self, status: str | None = "published") -> str:
        """One more meeting with everybody of the room in it."""
        made = self.secretary.post(
            "/meetings",
            title="Phiên họp",
            starts_at=today_at(2),
            chair_ids=[self.people["chair"].id],
        )
        meeting_id: str = made.json()["id"]
        for kind in ("member", "guest"):
            path = f"/meetings/{meeting_id}/participants/{self.people[kind].id}"
            assert self.secretary.put(path, role=kind).ok
        if status is not None:
            assert self.secretary.post(f"/meetings/{meeting_id}/status", status=status).ok
        return meeting_id

    def new_item(self) -> str:
        """One more item without papers."""
        made = self.secretary.post(f"/meetings/{self.room.id}/agenda-items", title="Việc khác")
        item_id: str = made.json()["id"]
        return item_id

    def new_paper(self) -> str:
        """One more paper, not published."""
        path = f"/agenda-items/{self.room.items[0]}/documents"
        made = self.secretary.upload(path, "them.pdf", small_pdf(1))
        document_id: str = made.json()["id"]
        return document_id

    def ready_paper(self) -> str:
        """One paper, not published, whose page is known."""
        if "ready paper" not in self.unused:
            document_id = self.new_paper()
            wait_ready(self.secretary, document_id)
            self.unused["ready paper"] = {"document_id": document_id}
        return self.unused["ready paper"]["document_id"]

    def new_poll(self, status: str = "draft") -> str:
        """One more question: not put yet, "open", "closed" or "announced". By hands: several may
        be open."""
        made = self.secretary.post(
            f"/meetings/{self.room.id}/polls", question="Thông qua?", method="hands"
        )
        assert made.status_code == 201, made.text
        poll_id: str = made.json()["id"]
        if status == "draft":
            return poll_id
        self.everybody_is_here()
        assert self.secretary.post(f"/polls/{poll_id}/open").ok
        steps: dict[str, Body] = {"tally": {"counts": {}}, "close": {}, "announce": {}}
        last = {"closed": 2, "announced": 3}.get(status, 0)
        for step, body in list(steps.items())[:last]:
            assert self.secretary.post(f"/polls/{poll_id}/{step}", **body).ok
        return poll_id

    def everybody_is_here(self, here: bool = True) -> None:
        """The two members, who alone are entitled to vote, are present, or absent."""
        for person in (self.room.member, self.room.other):
            path = f"/meetings/{self.room.id}/attendance/{person.id}"
            assert self.secretary.put(path, status="present" if here else "absent").ok

    def new_user(self) -> str:
        """One more account."""
        name = f"nguoi{next(self.numbers)}"
        user_id: str = self.admin.post("/users", username=name, display_name=name).json()["id"]
        return user_id

    def new_unit(self) -> str:
        """One more unit."""
        unit_id: str = self.admin.post("/units", name=f"Tổ {next(self.numbers)}").json()["id"]
        return unit_id

    def new_pack(self) -> str:
        """One more rule pack."""
        text = own_pack(f"pack{next(self.numbers)}")
        pack_id: str = self.admin.post("/rule-packs", toml=text).json()["id"]
        return pack_id


@contextmanager
def the_world(folder: Path) -> Iterator[World]:
    """Start the server and make everybody and everything."""
    made = prepared(folder / "data", *PEOPLE, SPARE)
    env = {"DIENHONG_TRUSTED_PROXIES": "1", "DIENHONG_METRICS_TOKEN": METRICS_TOKEN}
    server = RealServer(made, folder / "server.log", env=env).start()
    try:
        people = {kind: server.sign_in(name) for kind, name in USERNAMES.items()}
        everybody = {person.username: person for person in people.values()}
        everybody["daibieu2"] = Person(server, "daibieu2")
        room = make_room(server, everybody)
        people["nobody"] = passer_by(server)
        people["revoked"] = signed_out_from_elsewhere(server, people["secretary"])
        snapshot = people["secretary"].get(f"/meetings/{room.id}/snapshot").json()
        yield World(server, people, room, snapshot["epoch"])
    finally:
        server.stop()


def passer_by(server: RealServer) -> Person:
    """Somebody who opened the sign-in page, and so has a token, and did not sign in."""
    person = Person(server, "")
    text = requests.Session.get(person.http, f"{server.url}/sign-in", timeout=10).text
    found = re.search(r'"csrf_token": ?"([^"]+)"', text)
    assert found, text[:2000]
    person.http.headers["X-CSRF-Token"] = found[1]
    return person


def signed_out_from_elsewhere(server: RealServer, person: Person) -> Person:
    """The same person on a second device, whose sign-in the first one has ended."""
    second = server.sign_in(person.username)
    sessions = second.get("/sessions").json()["items"]
    current = next(one["id"] for one in sessions if one["current"])
    assert person.delete(f"/sessions/{current}").ok
    return second


__all__ = ["KINDS", "METRICS_TOKEN", "SPARE", "World", "add_paper", "the_world"]
