"""The rows of guests without an account."""

from collections.abc import Callable

from tests.contract.matrix_world import Body, Things, World

MEETING = "/api/v1/meetings/<meeting_id>"
GUEST = f"{MEETING}/guests/<guest_id>"

ROWS = """
POST /api/v1/meetings/<meeting_id>/guests                             ss xxx +++
PATCH /api/v1/meetings/<meeting_id>/guests/<guest_id>                 ss xxx +++
DELETE /api/v1/meetings/<meeting_id>/guests/<guest_id>                ss xxx +++
PUT /api/v1/meetings/<meeting_id>/guests/<guest_id>/attendance        ss xxx ++x
"""

BODIES: dict[str, Callable[[World, str], Body]] = {
    f"POST {MEETING}/guests": lambda w, kind: {"name": "Bà Hai", "position": "Trưởng ấp"},
    f"PATCH {GUEST}": lambda w, kind: {"organisation": "Ấp Ba"},
    f"PUT {GUEST}/attendance": lambda w, kind: {"status": "present"},
}
"""See matrix_requests."""

PARAMETERS: dict[str, Callable[[World], Things]] = {}


def _new(world: World) -> Things:
    made = world.secretary.post(f"/meetings/{world.room.id}/guests", name="Ông Tư")
    assert made.status_code == 201, made.text
    guest_id: str = made.json()["id"]
    return {"guest_id": guest_id}


THINGS: dict[str, Callable[[World, str], Things]] = {
    row: lambda w, kind: _new(w)
    for row in (f"PATCH {GUEST}", f"DELETE {GUEST}", f"PUT {GUEST}/attendance")
}
