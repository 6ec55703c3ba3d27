"""Fixtures: a real server, shared by the tests of a module; a meeting of its own for each test."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from core.storage import Storage
from documents.worker.render_queue import RenderQueue
from tests.factories import PASSWORD, small_pdf, today_at
from tests.server.real_server import Person, RealServer, Tablet, wait_until
from tests.server.shared_server import PEOPLE


@dataclass
class Room:
    """A meeting in session with its people, and one paper of three pages, published."""

    server: RealServer
    id: str
    secretary: Person
    chair: Person
    member: Person
    other: Person
    guest: Person
    stranger: Person
    admin: Person
    items: list[str] = field(default_factory=list)
    document: str = ""
    open: list[Tablet] = field(default_factory=list)

    def tablet(self, person: Person, **have: Any) -> Tablet:
        """A tablet of this person in the room, closed at the end of the test."""
        made = person.tablet(self.id, **have)
        self.open.append(made)
        return made


@pytest.fixture(scope="module")
def deputies(server: RealServer, deputy_names: list[str]) -> Iterator[list[Person]]:
    """The deputies, signed in."""
    signed_in = [server.sign_in(name) for name in deputy_names]
    yield signed_in
    for person in signed_in:
        person.http.close()


@pytest.fixture
def room(server: RealServer, people: dict[str, Person]) -> Iterator[Room]:
    """A meeting of its own, in session."""
    made = make_room(server, people)
    yield made
    for tablet in made.open:
        tablet.close()


def make_room(
    server: RealServer,
    people: dict[str, Person],
    *,
    papers: bool = True,
    status: str = "in_session",
    member_writing: bool = True,
) -> Room:
    """Create, fill and open (or only publish) a meeting through the API, as a secretary would."""
    secretary = people["thuky"]
    answer = secretary.post(
        "/meetings",
        title="Kỳ họp thứ Hai",
        starts_at=today_at(1),
        ends_at=today_at(9),
        place="Hội trường A",
        chair_ids=[people["chutoa"].id],
        member_writing=member_writing,
    )
    assert answer.status_code == 201, answer.text
    made = Room(
        server,
        answer.json()["id"],
        secretary,
        people["chutoa"],
        people["daibieu1"],
        people["daibieu2"],
        people["khachmoi"],
        people["nguoila"],
        people["quantri"],
    )
    for person, role in ((made.member, "member"), (made.other, "member"), (made.guest, "guest")):
        done = secretary.put(f"/meetings/{made.id}/participants/{person.id}", role=role)
        assert done.status_code == 200, done.text
    for title in ("Khai mạc", "Báo cáo", "Bế mạc"):
        item = secretary.post(f"/meetings/{made.id}/agenda-items", title=title, minutes=10)
        assert item.status_code == 201, item.text
        made.items.append(item.json()["id"])
    if papers:
        made.document = add_paper(secretary, made.items[1], small_pdf(3))
    opened = secretary.post(f"/meetings/{made.id}/status", status=status)
    assert opened.status_code == 200, opened.text
    return made


def add_paper(
    person: Person, item_id: str, content: bytes, name: str = "bao-cao.pdf", timeout: float = 20.0
) -> str:
    """Upload a paper and wait until it is ready."""
    answer = person.upload(f"/agenda-items/{item_id}/documents", name, content)
    assert answer.status_code == 202, answer.text
    document_id: str = answer.json()["id"]
    wait_ready(person, document_id, timeout=timeout)
    return document_id


def wait_ready(
    person: Person, document_id: str, version: int = 1, timeout: float = 20.0
) -> dict[str, Any]:
    """Wait until a version is ready or failed; answers it."""
    found: dict[str, Any] = {}

    def done() -> bool:
        view = person.get(f"/documents/{document_id}").json()
        found.update(next(v for v in view["versions"] if v["number"] == version))
        return bool(found["status"] != "processing")

    wait_until(done, f"paper {document_id} is processed", timeout)
    return found


__all__ = ["PASSWORD", "PEOPLE", "Room", "add_paper", "make_room", "wait_ready"]


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    """An empty folder for papers and what is made of them."""
    return Storage(tmp_path)


@pytest.fixture
def queue(storage: Storage) -> Iterator[RenderQueue]:
    """A queue that is not open yet; closed at the end of the test."""
    made = RenderQueue(storage)
    yield made
    made.close()
