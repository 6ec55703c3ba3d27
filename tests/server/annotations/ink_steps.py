"""Steps of writing on papers through the API, for every test of annotations."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

import requests

from core.ids import new_id
from tests.factories import small_pdf
from tests.server.conftest import Room, wait_ready
from tests.server.real_server import Person, RealServer
from tests.server.stopped_database import FILE

Marks = list[dict[str, Any]]
STYLE = {"color": "#b3261e", "width": 2.6, "opacity": 1.0, "size": 20.0}


def stroke(**more: Any) -> dict[str, Any]:
    """The body of a short stroke under an id of its own."""
    strokes = [[[0.1, 0.2, 0.5], [0.30001, 0.20001, 0.7], [0.35, 0.25, 1.0]]]
    return {
        "id": new_id(),
        "page": 1,
        "kind": "ink",
        "audience": "private",
        "geometry": {"strokes": strokes},
        "style": STYLE,
        **more,
    }


def note(text: str, **more: Any) -> dict[str, Any]:
    """The body of a sticky note."""
    return stroke(kind="note", geometry={"at": [0.5, 0.25]}, text=text, **more)


def post(
    person: Person, document: str, body: dict[str, Any], key: str | None = None
) -> requests.Response:
    """Send one annotation, as a tablet does: with an idempotency key where one is given."""
    headers = {"Idempotency-Key": key} if key else {}
    return person.call("POST", f"/documents/{document}/annotations", json=body, headers=headers)


def written(person: Person, document: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
    """Write one annotation; answers it as the server has it."""
    answer = post(person, document, body or stroke())
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def batch(
    person: Person, document: str, items: Sequence[dict[str, Any]], key: str | None = None
) -> requests.Response:
    """Send several at once."""
    headers = {"Idempotency-Key": key} if key else {}
    path = f"/documents/{document}/annotations/batch"
    return person.call("POST", path, json={"items": items}, headers=headers)


def changed(person: Person, one: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Change what stands; answers the new one."""
    answer = change(person, one, **changes)
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()
    return made


def change(person: Person, one: dict[str, Any], **changes: Any) -> requests.Response:
    """Ask for a change of an annotation as this person knows it."""
    return person.patch(f"/annotations/{one['id']}", **{"revision": one["revision"], **changes})


def delete(person: Person, one: dict[str, Any]) -> requests.Response:
    """Ask for a deletion."""
    return person.delete(f"/annotations/{one['id']}")


def seen(person: Person, document: str, **query: Any) -> Marks:
    """What a person sees written on a paper."""
    answer = person.get(f"/documents/{document}/annotations", params=query)
    assert answer.status_code == 200, answer.text
    items: Marks = answer.json()["items"]
    return items


def ids(marks: Marks) -> list[str]:
    """Only the ids."""
    return [one["id"] for one in marks]


def replaced(room: Room, pages: int = 3) -> None:
    """A second version of the room's paper, current when this returns."""
    room.secretary.upload(f"/documents/{room.document}/versions", "moi.pdf", small_pdf(pages, "m"))
    wait_ready(room.secretary, room.document, version=2)


Heads = dict[str, Any]


def heads(person: Person, room: Room) -> Heads:
    """How far a person's room and own stream have come."""
    whole = person.get(f"/meetings/{room.id}/snapshot").json()
    return {"epoch": whole["epoch"], "after": whole["seq"], "mine_after": whole["mine_seq"]}


def told(person: Person, room: Room, since: Heads, stream: str) -> list[tuple[str, Marks]]:
    """What a person was told of annotations since then, in the stream "events" or "mine"."""
    answer = person.get(f"/meetings/{room.id}/events", params=since)
    assert answer.status_code == 200, answer.text
    return [
        (event["type"], event["data"]["items"])
        for event in answer.json()[stream]
        if "annotations" in event["type"]
    ]


def summary(events: list[tuple[str, Marks]]) -> list[tuple[str, list[tuple[str, int]]]]:
    """Types, ids and revisions."""
    return [(kind, [(one["id"], one["revision"]) for one in items]) for kind, items in events]


def rows(server: RealServer, query: str, *values: Any) -> list[tuple[Any, ...]]:
    """Rows of the running server's database, only read."""
    address = f"file:{server.made.data / FILE}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        return connection.execute(query, values).fetchall()


def audit(server: RealServer, thing_id: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """What the audit says of a thing: who, what, and the facts."""
    query = "SELECT actor_id, action, facts FROM audit_entry WHERE thing_id = ? ORDER BY id"
    for actor, action, facts in rows(server, query, thing_id):
        yield actor, action, json.loads(facts)
