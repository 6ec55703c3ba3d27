"""What somebody writes in private reaches nobody else: not by any route, event, file or log.

One person writes with words and at places that stand nowhere else. Everybody else then asks for
everything that there is, listens all the while, and tries to get at it; every byte is searched. The
same ears hear the author, and the room once it is shown: so they would have heard.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from typing import Any

import pytest
import socketio

from core.ids import new_id
from tests.contract import conftest
from tests.contract.app_facts import Facts
from tests.contract.matrix_parts import PARTS
from tests.contract.matrix_world import World, the_world
from tests.server.annotations.everything_asked import Asker
from tests.server.annotations.ink_secrets import Secret, opened
from tests.server.annotations.ink_steps import changed, heads, note, rows, stroke, written
from tests.server.real_server import Tablet

pytestmark = pytest.mark.slow
facts = conftest.facts
"""The routes as they are served."""

WORD = "KÉTSẮT"
AUTHOR = "member"
READERS = ("other", "chair", "secretary", "guest")
OTHERS = (*READERS, "admin", "stranger", "nobody", "revoked")
Trace = tuple[str, str, str, str]
"""Who got it, where, of which secret, and what of it."""


@dataclass
class Ears:
    """What was found of the secrets in what people were sent, and how much was searched."""

    secrets: dict[str, Secret]
    found: set[Trace] = field(default_factory=set)
    answers: int = 0
    over: bool = False
    clean: set[bytes] = field(default_factory=set)

    def hear(self, who: str, where: str, content: bytes, *, asked: str = "") -> None:
        """Search. asked: an id that the person itself has sent."""
        self.answers += 1
        for part in opened(content):
            digest = sha256(part).digest()
            if digest in self.clean:
                continue  # The fonts of every file, for one.
            traces = {
                (name, trace) for name, one in self.secrets.items() for trace in one.traces([part])
            }
            if not traces and self.secrets:
                self.clean.add(digest)
            for name, trace in traces:
                if trace != "id" or self.secrets[name].id != asked:
                    self.found.add((who, where, name, trace))

    def tap(self, who: str, tablet: Tablet) -> None:
        """Search every frame that reaches a tablet, until it is over."""
        client = tablet.client.eio
        receive = client._receive_packet

        def listening(packet: Any) -> None:
            if not self.over:
                data = packet.data
                self.hear(who, "socket", data if isinstance(data, bytes) else str(data).encode())
            receive(packet)

        client._receive_packet = listening

    def of(self, who: str, secret: str | None = None) -> set[tuple[str, str]]:
        """Where somebody found something of a secret (None: of any), and what."""
        return {
            (where, trace)
            for person, where, name, trace in self.found
            if person == who and secret in (None, name)
        }


@dataclass
class Story:
    """What was heard: while it was private, by its author, and when the room was shown it."""

    private: Ears
    by_author: Ears
    shown: Ears
    rules: list[str]
    server_log: str
    audit: bytes
    routes_beside: dict[str, str]
    """Of what other features hold in private: by secret, the route that returns it."""


class PrivacyProbe:
    """Writes, lets everybody listen, and shows it at last."""

    def __init__(self, world: World, facts: Facts) -> None:
        self.world, self.room = world, world.room
        world.open_to_guests(True)
        self.people = {**world.people, "other": world.server.sign_in("daibieu2")}
        self.author = self.people[AUTHOR]
        poll = world.new_poll("closed")
        self.heads = {who: heads(self.people[who], self.room) for who in (AUTHOR, *READERS)}
        things = {**world.defaults(), "poll_id": poll, "pack_id": world.new_pack()}
        words = {
            "": [WORD],
            "q": [WORD],
            "document_id": [self.room.document],
            "meeting_id": [self.room.id],
            "epoch": [world.epoch],
            "cursor": [],
            "after": ["0"],
            "from": ["0"],
            "to": ["1"],
        }
        self.asker = Asker(facts, {**things, "ballot_id": "none"}, words)
        self.connections = {who: Tablet(self.people[who], self.room.id) for who in READERS}
        self.marks: dict[str, dict[str, Any]] = {}
        self.routes_beside: dict[str, str] = {}

    def write(self) -> dict[str, Secret]:
        """One of each kind, changed once; one for the chair; private data of other features."""
        write = partial(written, self.author, self.room.document)
        quote = {"text": f"trích {WORD}-TRÍCH", "box": [0.11113, 0.22227, 0.33331, 0.44449]}
        ink = [[0.73191, 0.18237, 0.5], [0.73919, 0.19391, 0.61], [0.74717, 0.20173, 0.4]]
        self.marks = {
            "note": write(note("một", anchor=quote)),
            "ink": write(stroke(geometry={"strokes": [ink]})),
            "arrow": write(
                stroke(kind="arrow", geometry={"from": [0.31517, 0.47911], "to": [0.6, 0.7]})
            ),
            "text": write(
                stroke(kind="text", geometry={"box": [0.1, 0.1, 0.6, 0.3]}, text=f"{WORD}-CHỮ")
            ),
            "sent": write(note(f"{WORD}-GỬI", audience="person", user_id=self.people["chair"].id)),
        }
        first = changed(self.author, self.marks["note"], text=f"{WORD}-MỘT")
        self.marks["note"] = changed(self.author, first, geometry={"at": [0.61729, 0.83917]})
        beside = {
            f"{WORD}-RỜI-{at}": part.write_privately(self.author, self.room.id, f"{WORD}-RỜI-{at}")
            for at, part in enumerate(PARTS)
            if hasattr(part, "write_privately")
        }
        self.routes_beside = {name: route for name, (route, _) in beside.items()}
        secret = {name: one["id"] for name, one in self.marks.items()}
        moved = ((0.61729, 0.83917), (0.11113, 0.22227))
        return {
            "note": Secret(secret["note"], (f"{WORD}-MỘT", f"{WORD}-TRÍCH"), moved),
            "ink": Secret(secret["ink"], (), tuple((x, y) for x, y, _ in ink)),
            "arrow": Secret(secret["arrow"], (), ((0.31517, 0.47911),)),
            "text": Secret(secret["text"], (f"{WORD}-CHỮ",)),
            "sent": Secret(secret["sent"], (f"{WORD}-GỬI",)),
            **{name: Secret(made, (name,)) for name, (_, made) in beside.items()},
        }

    def listen(self, ears: Ears, *names: str) -> None:
        """Everybody asks for everything, from before it was written."""
        for who in names:
            since = self.heads.get(who, {})
            own = {name: str(value) for name, value in since.items() if name != "epoch"}
            for asked, content in self.asker.everything(self.people[who], **own):
                ears.hear(who, asked, content)

    def try_to_get_at(self, ears: Ears) -> None:
        """Change, delete, overwrite what one may know the id of."""
        for who in OTHERS:
            person = self.people[who]
            for name, one in self.marks.items():
                if name == "sent" and who == "chair":
                    continue
                path, write = f"/annotations/{one['id']}", f"/documents/{self.room.document}"
                body = stroke(id=one["id"])
                for answer in (
                    person.patch(path, revision=one["revision"], text="x"),
                    person.patch(path, revision=99, audience="meeting"),
                    person.delete(path),
                    person.call("GET", path),
                    person.call("POST", f"{write}/annotations", json=body),
                    person.post(f"{write}/annotations/batch", items=[body]),
                ):
                    assert answer.status_code >= 400, (who, name, answer.text)
                    where = f"{answer.request.method} {answer.status_code}"
                    ears.hear(who, where, answer.content, asked=one["id"])

    def listen_at_sockets(self, ears: Ears, events: list[str]) -> None:
        """Everybody who gets a socket sends every event, and comes back after the writing."""
        place = {"document_id": self.room.document, "version": 1, "page": 1, "points": []}
        hello = {"protocol_version": 1, "following": True, "at": None, "id": new_id()}
        for who in ("admin", "stranger"):
            self.connections[who] = Tablet(self.people[who], self.room.id)
            ears.tap(who, self.connections[who])
        for who, tablet in self.connections.items():
            since = self.heads.get(who, {})
            have = {"epoch": since.get("epoch"), "seq": since.get("after")}
            tablet.join(**have, mine_seq=since.get("mine_after"))
            for event in [*(name for name in events if name != "room.leave"), "room.join"]:
                tablet.call(event, **place, **hello)
        for who in ("nobody", "revoked"):
            with pytest.raises(socketio.exceptions.ConnectionError):
                Tablet(self.people[who], self.room.id)

    def show(self) -> None:
        """Everything that was private is for the room now, and the chair's is for another."""
        for name in ("note", "ink", "arrow", "text", "sent"):
            self.marks[name] = changed(self.author, self.marks[name], audience="meeting")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory, facts: Facts) -> Iterator[Story]:
    """The whole of it, told once."""
    with the_world(tmp_path_factory.mktemp("secrets")) as world:
        probe = PrivacyProbe(world, facts)
        private = Ears({})
        for who, tablet in probe.connections.items():
            tablet.join()
            private.tap(who, tablet)
        private.secrets.update(probe.write())
        probe.listen(private, *OTHERS)
        probe.try_to_get_at(private)
        probe.listen_at_sockets(private, facts.socket_events)
        private.over = True
        by_author = Ears(private.secrets)
        probe.listen(by_author, AUTHOR)
        server_log = world.server.log.read_text()
        audit = repr(rows(world.server, "SELECT * FROM audit_entry")).encode()
        shown = Ears(private.secrets)
        for who, tablet in probe.connections.items():
            shown.tap(who, tablet)
        probe.show()
        probe.listen(shown, "other", "guest", "stranger")
        yield Story(
            private, by_author, shown, probe.asker.rules, server_log, audit, probe.routes_beside
        )
        for tablet in probe.connections.values():
            tablet.close()


def test_nobody_else_is_sent_anything_of_it(story: Story) -> None:
    heard = {trace for trace in story.private.found if trace[0] != "chair"}
    assert heard == set()
    assert story.private.answers > 600


def test_who_was_sent_one_gets_that_one_alone(story: Story) -> None:
    of_chair = {(name, trace) for who, _, name, trace in story.private.found if who == "chair"}
    assert of_chair == {("sent", "words"), ("sent", "id")}
    places = {where.split(" ")[0] for where, _ in story.private.of("chair", "sent")}
    document = "/api/v1/documents/<document_id>"
    assert {"socket", f"{document}/annotations", f"{document}/comments.docx"} <= places


def test_log_audit_and_metrics_say_nothing_of_it(story: Story) -> None:
    for secret in story.private.secrets.values():
        assert secret.traces(opened(story.server_log.encode())) == set()
        assert secret.traces([story.audit]) == set()
    assert "/metrics" in story.rules
    assert {where for who, where, *_ in story.by_author.found if where == "/metrics"} == set()


FILES = [
    "/api/v1/documents/<document_id>/comments.docx",
    "/api/v1/documents/<document_id>/versions/<int:number>/annotated.pdf",
    "/api/v1/documents/<document_id>/versions/<int:number>/annotated.pdf audience={} flat=false",
    "/api/v1/documents/<document_id>/versions/<int:number>/annotated.pdf audience={} flat=true",
]
PLACES = ["/api/v1/documents/<document_id>/annotations", "/api/v1/meetings/<meeting_id>/events"]


def traces(ears: Ears, who: str, where: str, *secrets: str) -> set[str]:
    """What somebody found of these in the places that begin so."""
    return {
        trace
        for name in secrets
        for place, trace in ears.of(who, name)
        if place == where or place.startswith(f"{where} ")
    }


def test_its_author_finds_it_by_the_same_search_in_every_place(story: Story) -> None:
    ears, every = story.by_author, {"words", "id", "numbers"}
    for where in [*PLACES, "/api/v1/annotations"]:
        assert traces(ears, AUTHOR, where, "note") == every, where
        assert traces(ears, AUTHOR, where, "ink") == {"id", "numbers"}, where
    for name, route in story.routes_beside.items():
        assert traces(ears, AUTHOR, route, name) == {"words", "id"}
    docx, pdf, editable, flat = (file.format("private") for file in FILES)
    assert "words" in traces(ears, AUTHOR, docx, "note")
    for secret in ("note", "text"):
        assert "words" in traces(ears, AUTHOR, editable, secret), secret
        assert "words" in traces(ears, AUTHOR, flat, secret), secret
    assert traces(ears, AUTHOR, editable, "ink") == {"id", "numbers"}
    assert "numbers" in traces(ears, AUTHOR, pdf, "arrow")
    assert "numbers" in traces(ears, AUTHOR, flat, "arrow")


def test_the_room_would_have_heard_it_in_every_place(story: Story) -> None:
    """Shown to the room, it is found by those who found nothing, wherever they asked before."""
    ears = story.shown
    docx, _, editable, flat = (file.format("meeting") for file in FILES)
    for who in ("other", "guest"):
        for where in (*PLACES, "socket"):
            for secret in ("note", "ink", "arrow", "text", "sent"):
                assert "id" in traces(ears, who, where, secret), (who, where, secret)
        for where in (docx, editable, flat):
            assert "words" in traces(ears, who, where, "note"), (who, where)
        assert "numbers" in traces(ears, who, editable, "ink")
        assert "numbers" in traces(ears, who, flat, "arrow")
        assert not any(ears.of(who, name) for name in story.routes_beside)
    for who in ("admin", "stranger"):
        assert not ears.of(who)


def test_what_others_tried_changed_nothing(story: Story) -> None:
    kinds = {where for who, where, *_ in story.private.found if where.startswith(("P", "D"))}
    assert kinds == set()
    assert {who for who, *_ in story.shown.found} == {"other", "guest", "chair", "secretary"}
