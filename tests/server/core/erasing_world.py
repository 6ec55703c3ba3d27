"""A meeting with a document and its people, in this process, for tests of erasing."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

import app
from core import clock
from core.actor import Actor
from core.app_context import AppContext, current_context, install_context
from core.config import read_config
from core.http.endpoints import RequestLine, outcome, request_key
from core.ids import new_id
from core.permissions import Role
from documents.annotations import service as annotations
from documents.annotations.declares import Anchor, AnnotationView, Style
from documents.annotations.kinds.geometry import Geometry
from documents.annotations.kinds.ink import Ink
from documents.annotations.kinds.registry import Kind
from documents.annotations.rules import Audience
from meetings.meeting.service import NewMeeting, change_status, create_meeting, put_participant
from meetings.room import snapshot as snapshots
from meetings.room.join_context import join_context
from meetings.shared.containers import meeting_container
from meetings.shared.models import MeetingStatus
from tests.contract.own_context import document_on, somebody, version_of
from tests.server.annotations.ink_secrets import Secret

Heads = tuple[int, int]
"""The numbers of the last event of the room and of the user stream."""


@dataclass
class ErasingWorld:
    """secretary: of the meeting. people: members of it."""

    context: AppContext
    secretary: Actor
    people: tuple[Actor, ...]
    meeting_id: str
    document_id: str

    def run(self) -> None:
        """What the worker does every ERASE_EVERY seconds, and its checkpoint."""
        for task in app._scheduled(self.context):
            if task.failure_event in ("annotations_not_erased", "notes_not_erased"):
                task.run()
        assert self.context.database.checkpoint()

    def file(self) -> bytes:
        """The bytes of the database file with its WAL."""
        self.context.database.checkpoint()
        path = Path(self.context.database.path)
        return path.read_bytes() + Path(f"{path}-wal").read_bytes()

    def traces(self, secret: Secret) -> set[str]:
        """What of a secret is in the database file, also in pages that no table uses."""
        return secret.traces([self.file()])

    def rows(self, query: str, *values: object) -> list[Any]:
        """Rows of the database."""
        with closing(sqlite3.connect(self.context.database.path)) as connection:
            return connection.execute(query, values).fetchall()

    def heads(self, actor: Actor) -> Heads:
        with self.context.database.read() as session:
            joined = join_context(session, actor, self.meeting_id)
        return joined.seq, joined.mine_seq

    def missed(self, actor: Actor, since: Heads) -> list[dict[str, Any]]:
        """The events after `since`, of the room and then of the user stream."""
        with self.context.database.read() as session:
            joined = join_context(session, actor, self.meeting_id)
            found = snapshots.catch_up(session, actor, joined, self.context.epoch, *since)
        assert found is not None
        plain: list[dict[str, Any]] = msgspec.json.decode(
            msgspec.json.encode([*found.events, *found.mine])
        )
        return plain


def told(events: list[dict[str, Any]]) -> list[tuple[str, list[tuple[str, int]]]]:
    """Types of annotation events, each with ids and revisions."""
    return [
        (one["type"], [(item["id"], item["revision"]) for item in one["data"]["items"]])
        for one in events
        if "annotations" in one["type"]
    ]


def requested(
    actor: Actor, method: str, path: str, key: str, verb: Callable[[], object]
) -> tuple[int, bytes]:
    """Status and body of a request with an Idempotency-Key. Raises: a refusal."""
    status = {"POST": 201, "PATCH": 200, "DELETE": 204}[method]
    line = RequestLine(method, path, key)
    with request_key(line, actor, sha256(path.encode()).hexdigest(), status):
        return outcome(status, verb)


@contextmanager
def erasing_world(folder: Path) -> Iterator[ErasingWorld]:
    """A world of its own, in a published meeting."""
    config = read_config(folder / "data", env={})
    app.prepare(config)
    context = app.assemble(config)
    context.epoch = app.epoch_of(context.database)
    secretary, *people = (somebody(name) for name in ("thuky", "mot", "hai", "ba"))
    new = NewMeeting(title="Họp", starts_at=clock.now(), member_writing=True)
    meeting_id = create_meeting(secretary, new).id
    for person in people:
        put_participant(secretary, meeting_id, person.user_id, Role.MEMBER)
    document_id = add_document(meeting_id, secretary)
    change_status(secretary, meeting_id, MeetingStatus.PUBLISHED)
    yield ErasingWorld(context, secretary, tuple(people), meeting_id, document_id)
    context.database.close()
    install_context(None)


def add_document(meeting_id: str, maker: Actor) -> str:
    """A published document of two pages; its id."""
    database = current_context().database
    document = document_on(meeting_id, maker)
    document.container_kind = meeting_container(meeting_id).kind
    with database.write() as session:
        session.add(document)
        session.flush()
        session.add(version_of(document, 1, 2))
        database.commit(session)
    return document.id


def draft(number: int, audience: Audience = Audience.PRIVATE, to: Actor | None = None) -> Any:
    """A stroke whose text, anchor and places are nowhere else. number: 0 to 9."""
    places = places_of(number)
    geometry: Geometry = Ink([[(x, y, 0.5) for x, y in places]])
    return annotations.Draft(
        id=new_id(),
        version=1,
        page=1,
        kind=Kind.INK,
        audience=audience,
        user_id=None if to is None else to.user_id,
        geometry=geometry,
        style=Style("#1c4fa1", 2.6, 1.0, 20.0),
        text=f"KÉTSẮT-{number}",
        anchor=Anchor(f"TRÍCHDẪN-{number}"),
    )


def places_of(number: int) -> tuple[tuple[float, float], ...]:
    return (0.73191 + number / 10_000, 0.18237), (0.61729 + number / 10_000, 0.83917)


def secret_of(one: AnnotationView, number: int) -> Secret:
    """What must not be found of `draft(number)`."""
    return Secret(one.id, (f"KÉTSẮT-{number}", f"TRÍCHDẪN-{number}"), places_of(number))
