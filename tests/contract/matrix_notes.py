"""The rows of people's own notes: everybody has one's own, and no more."""

from collections.abc import Callable

from core.ids import new_id
from tests.contract.matrix_world import Body, Things, World
from tests.server.real_server import Person

NOTE = "/api/v1/notes/<note_id>"

ROWS = """
GET /notes                                                            ss +++ +++
GET /api/v1/notes                                                     ss +++ +++
GET /api/v1/notes of a meeting                                        ss +++ +++
POST /api/v1/notes                                                    ss +++ +++
POST /api/v1/notes in a meeting                                       ss x++ ++x
PATCH /api/v1/notes/<note_id>                                         ss +++ +++
PATCH /api/v1/notes/<note_id> of another person                       ss 000 000
DELETE /api/v1/notes/<note_id>                                        ss +++ +++
DELETE /api/v1/notes/<note_id> of another person                      ss 000 000
"""

BODIES: dict[str, Callable[[World, str], Body]] = {
    "POST /api/v1/notes": lambda w, kind: {"text": "Hỏi về kinh phí"},
    "POST /api/v1/notes in a meeting": lambda w, kind: {
        "text": "Hỏi về kinh phí",
        "meeting_id": w.room.id,
    },
    f"PATCH {NOTE}": lambda w, kind: {"revision": 1, "text": "Đã hỏi"},
}
"""See matrix_requests."""

PARAMETERS: dict[str, Callable[[World], Things]] = {
    "GET /api/v1/notes of a meeting": lambda w: {"meeting_id": w.room.id},
}


def _ones_own(world: World, kind: str) -> Things:
    if kind in ("nobody", "revoked"):
        return {"note_id": "any"}
    return _kept_by(world, kind)


def _of_another(world: World, kind: str) -> Things:
    return _kept_by(world, "member" if kind != "member" else "chair")


def _kept_by(world: World, kind: str) -> Things:
    note_id = new_id()
    kept = world.people[kind].post("/notes", id=note_id, text="Việc riêng")
    assert kept.status_code == 201, kept.text
    return {"note_id": note_id}


THINGS: dict[str, Callable[[World, str], Things]] = {
    f"PATCH {NOTE}": _ones_own,
    f"PATCH {NOTE} of another person": _of_another,
    f"DELETE {NOTE}": _ones_own,
    f"DELETE {NOTE} of another person": _of_another,
}
"""What a row is tried on."""


UNWRITTEN = dict.fromkeys(
    (f"meetings.notes.service.{verb}" for verb in ("add_note", "change_note", "remove_note")),
    "the row names its author; what somebody writes in private is not audited",
)
"""Verbs that leave no audit entry, and why; see test_declarations."""


def write_privately(author: Person, meeting_id: str, text: str) -> tuple[str, str]:
    """One person writes something private: the route that returns it to its author, its id."""
    made = author.post("/notes", text=text, meeting_id=meeting_id)
    assert made.status_code == 201
    return "/api/v1/notes", str(made.json()["id"])
