"""The rows of annotations: who may write, change and delete them, and how each is tried."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from core.ids import new_id
from tests.contract.matrix_world import Body, Things, World
from tests.server.real_server import Person, Tablet

WRITTEN = "/api/v1/documents/<document_id>/annotations"
BATCH = f"{WRITTEN}/batch"
ONE = "/api/v1/annotations/<annotation_id>"

ROWS = """
GET /api/v1/annotations                                                       ss +++ +++
GET /api/v1/annotations/papers                                                ss +++ +++
GET /api/v1/documents/<document_id>/annotations                               ss x0+ ++x
GET /api/v1/documents/<document_id>/annotations open to guests                ss x++ ++x
GET /api/v1/documents/<document_id>/annotations of an unpublished paper       ss x00 ++x
POST /api/v1/documents/<document_id>/annotations                              ss x0+ ++x
POST /api/v1/documents/<document_id>/annotations open to guests               ss x++ ++x
POST /api/v1/documents/<document_id>/annotations on an unpublished paper      ss x00 ++x
POST /api/v1/documents/<document_id>/annotations for the room, open to guests ss xx+ ++x
POST /api/v1/documents/<document_id>/annotations to somebody, open to guests  ss xx+ ++x
POST /api/v1/documents/<document_id>/annotations/batch                        ss x0+ ++x
POST /api/v1/documents/<document_id>/annotations/batch open to guests         ss x++ ++x
POST /api/v1/documents/<document_id>/annotations/batch for the room, open to guests ss xx+ ++x
PATCH /api/v1/annotations/<annotation_id>                                     ss x0+ ++x
PATCH /api/v1/annotations/<annotation_id> open to guests                      ss x++ ++x
PATCH /api/v1/annotations/<annotation_id> to show it to the room, open to guests ss xx+ ++x
PATCH /api/v1/annotations/<annotation_id> of another in private, open to guests ss x00 00x
PATCH /api/v1/annotations/<annotation_id> of another for oneself, open to guests ss xxx xxx
PATCH /api/v1/annotations/<annotation_id> of another for the room, open to guests ss xxx xxx
PATCH /api/v1/annotations/<annotation_id> of another for the room             ss x0x xxx
DELETE /api/v1/annotations/<annotation_id>                                    ss x0+ ++x
DELETE /api/v1/annotations/<annotation_id> open to guests                     ss x++ ++x
DELETE /api/v1/annotations/<annotation_id> of another in private, open to guests ss x00 00x
DELETE /api/v1/annotations/<annotation_id> of another for oneself, open to guests ss xxx xxx
DELETE /api/v1/annotations/<annotation_id> of another for the room, open to guests ss xxx ++x
DELETE /api/v1/annotations/<annotation_id> of another for the room            ss x0x ++x
GET /api/v1/documents/<document_id>/comments.docx                             ss x0+ ++x
GET /api/v1/documents/<document_id>/comments.docx open to guests              ss x++ ++x
GET /api/v1/documents/<document_id>/versions/<int:number>/annotated.pdf       ss x0+ ++x
GET /api/v1/documents/<document_id>/versions/<int:number>/annotated.pdf open to guests ss x++ ++x
"""
"""An administrator without a seat in the room sees nothing of it and does nothing in it."""


def stroke(**more: Any) -> Body:
    """The body of a short stroke."""
    strokes = [[[0.1, 0.2, 0.5], [0.3, 0.2, 0.7]]]
    return {"id": new_id(), "page": 1, "kind": "ink", "geometry": {"strokes": strokes}, **more}


def _for_somebody(world: World) -> Body:
    return {"audience": "person", "user_id": world.people["chair"].id}


PARAMETERS: dict[str, Callable[[World], Things]] = {}
"""See matrix_requests."""

ROOM: Body = {"audience": "meeting"}

BODIES: dict[str, Callable[[World, str], Body]] = {
    f"POST {WRITTEN}": lambda w, kind: stroke(),
    f"POST {WRITTEN} for the room, open to guests": lambda w, kind: stroke(**ROOM),
    f"POST {WRITTEN} to somebody, open to guests": lambda w, kind: stroke(**_for_somebody(w)),
    f"POST {BATCH}": lambda w, kind: {"items": [stroke(), stroke()]},
    f"POST {BATCH} for the room, open to guests": lambda w, kind: {
        "items": [stroke(), stroke(**ROOM)]
    },
    f"PATCH {ONE}": lambda w, kind: {"revision": 1, "text": "Đề nghị làm rõ"},
    f"PATCH {ONE} to show it to the room, open to guests": lambda w, kind: {"revision": 1, **ROOM},
}
"""See matrix_requests."""


@contextmanager
def _open_to_guests(world: World) -> Iterator[None]:
    """Meanwhile guests read the paper, so that they can write on it."""
    before = world.opened
    world.open_to_guests(True)
    yield
    world.open_to_guests(before)


def _written(world: World, by: Person, **more: Any) -> Things:
    with _open_to_guests(world):
        body = stroke(**more)
        made = by.call("POST", f"/documents/{world.room.document}/annotations", json=body)
        assert made.status_code == 201, made.text
    return {"annotation_id": body["id"]}


def _own(world: World, kind: str) -> Things:
    """Of whoever tries; of the member when it is somebody who cannot write."""
    writes = kind in ("guest", "member", "secretary", "chair")
    return _written(world, world.people[kind if writes else "member"])


def _of_another(**more: Any) -> Callable[[World, str], Things]:
    return lambda world, kind: _written(world, _another(world), **more)


def _for_oneself(world: World, kind: str) -> Things:
    to = world.people[kind if kind in ("guest", "member", "secretary", "chair") else "member"]
    return _written(world, _another(world), audience="person", user_id=to.id)


def _another(world: World) -> Person:
    """The other member, who is nobody of those who try."""
    if not world.room.other.http.headers.get("X-CSRF-Token"):
        world.room.other.sign_in()
    return world.room.other


def _unpublished(world: World, kind: str) -> Things:
    return {"document_id": world.ready_paper()}


OPEN = ", open to guests"
THINGS: dict[str, Callable[[World, str], Things]] = {
    f"GET {WRITTEN} of an unpublished paper": _unpublished,
    f"POST {WRITTEN} on an unpublished paper": _unpublished,
    f"PATCH {ONE} to show it to the room{OPEN}": _own,
    **{
        f"{method} {ONE}{row}": made
        for method in ("PATCH", "DELETE")
        for row, made in {
            "": _own,
            " open to guests": _own,
            f" of another in private{OPEN}": _of_another(),
            f" of another for oneself{OPEN}": _for_oneself,
            f" of another for the room{OPEN}": _of_another(**ROOM),
            " of another for the room": _of_another(**ROOM),
        }.items()
    },
}
"""What a row is tried on."""


def hear_of_ink(world: World, tablet: Tablet) -> None:
    """Let a tablet hear of a stroke while it is drawn."""
    drawn = {"document_id": world.room.document, "version": 1, "page": 1, "id": new_id()}
    style = {"color": "#b3261e", "width": 2.6, "opacity": 1}
    assert tablet.call("ink.wet", **drawn, points=[[0.1, 0.2, 0.5]], style=style)["ok"]
    while "ink" not in tablet.next("room.tick"):
        pass
