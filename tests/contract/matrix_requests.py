"""How each row of the matrix is tried: a request that is right in everything but who sends it."""

import re
from collections.abc import Callable
from typing import Any

import requests

from tests.contract.matrix_parts import PARTS
from tests.contract.matrix_world import USERNAMES, Body, Things, World
from tests.factories import PASSWORD, small_pdf, today_at
from tests.pack_texts import own_pack
from tests.server.real_server import Person

MEETING = "/api/v1/meetings/<meeting_id>"
DOCUMENT = "/api/v1/documents/<document_id>"
ITEM = "/api/v1/agenda-items/<item_id>"


def _wrong_code(world: World, kind: str) -> Body:
    """A code that no app shows, for a second factor that waits for its first one."""
    if kind not in ("nobody", "revoked"):
        assert world.people[kind].post("/session/second-factor").ok
    return {"code": "wrong"}


BODIES: dict[str, Callable[[World, str], Body]] = {
    "POST /api/v1/session": lambda w, kind: {
        "username": USERNAMES.get(kind, "thuky"),
        "password": PASSWORD,
    },
    "POST /api/v1/session/password": lambda w, kind: {
        "current_password": "not-this-one",
        "new_password": "một-mật-khẩu-khác-2026",
    },
    "POST /api/v1/session/confirmation": lambda w, kind: {"password": "not-this-one"},
    "PUT /api/v1/session/second-factor": _wrong_code,
    "POST /api/v1/session/passkeys": lambda w, kind: {
        "credential": {
            "id": "AAAA",
            "rawId": "AAAA",
            "type": "public-key",
            "response": {"clientDataJSON": "e30", "attestationObject": "oA"},
        }
    },
    "PATCH /api/v1/session/passkeys/<passkey_id>": lambda w, kind: {"name": "Máy tính bảng"},
    "PUT /api/v1/preferences": lambda w, kind: {"language": "vi"},
    "POST /api/v1/setup": lambda w, kind: {
        "token": "no-such-link",
        "unit_name": "HĐND",
        "username": "ai",
        "password": PASSWORD,
        "display_name": "Ai",
    },
    "POST /api/v1/users": lambda w, kind: {
        "username": f"moi-{kind}",
        "display_name": "Người Mới",
    },
    "PATCH /api/v1/users/<user_id>": lambda w, kind: {"position": "Ủy viên"},
    "POST /api/v1/users/<user_id>/password": lambda w, kind: {},
    "POST /api/v1/units": lambda w, kind: {"name": f"Tổ của {kind}"},
    "PATCH /api/v1/units/<unit_id>": lambda w, kind: {"name": f"Tổ khác của {kind}"},
    "POST /api/v1/rule-packs": lambda w, kind: {"toml": own_pack(f"pack{next(w.numbers)}")},
    "POST /api/v1/meetings": lambda w, kind: {"title": "Họp", "starts_at": today_at(3)},
    f"PATCH {MEETING}": lambda w, kind: {"place": "Hội trường B"},
    f"POST {MEETING}/status": lambda w, kind: {
        "status": "paused" if w.meeting()["status"] == "in_session" else "in_session"
    },
    f"PUT {MEETING}/participants/<user_id>": lambda w, kind: {"role": "guest"},
    f"PUT {MEETING}/attendance": lambda w, kind: {"user_ids": [w.room.member.id], "status": "late"},
    f"PUT {MEETING}/attendance/<user_id>": lambda w, kind: {"status": "present"},
    f"PUT {MEETING}/attendance/<user_id> own absence": lambda w, kind: {"status": "excused"},
    f"PUT {MEETING}/writing/<user_id>": lambda w, kind: {"muted": True},
    f"PUT {MEETING}/presenter": lambda w, kind: {"user_id": w.secretary.id},
    f"PUT {MEETING}/current-item": lambda w, kind: {"agenda_item_id": w.room.items[0]},
    f"POST {MEETING}/agenda-items": lambda w, kind: {"title": "Việc khác", "minutes": 5},
    f"PUT {MEETING}/agenda-order": lambda w, kind: {
        "ids": [item["id"] for item in w.meeting()["agenda"]]
    },
    f"PUT {MEETING}/document-order": lambda w, kind: {
        "ids": [paper["id"] for paper in w.meeting()["documents"]]
    },
    f"PATCH {ITEM}": lambda w, kind: {"minutes": 7},
    f"PUT {ITEM}/document-order": lambda w, kind: {
        "ids": [
            paper["id"]
            for item in w.meeting()["agenda"]
            if item["id"] == w.room.items[0]
            for paper in item["documents"]
        ]
    },
    f"PATCH {DOCUMENT}": lambda w, kind: {"title": "Báo cáo"},
    **{row: body for part in PARTS for row, body in part.BODIES.items()},
}
"""The bodies of the routes that have one; of a row where it sends another."""

UPLOADS = {f"POST {MEETING}/documents", f"POST {ITEM}/documents", f"POST {DOCUMENT}/versions"}

ANEW = {"POST /api/v1/session", "DELETE /api/v1/session"}
"""Rows that change the very sign-in that they are tried with."""


def _one_of_my_devices(world: World, kind: str) -> Things:
    if kind in ("nobody", "revoked"):
        return {"sign_in_id": "any"}
    world.anew(kind)
    mine = world.people[kind].get("/sessions").json()["items"]
    return {"sign_in_id": next(one["id"] for one in mine if not one["current"])}


def _a_device_of_the_chair(world: World, kind: str) -> Things:
    asked = world.people["chair" if kind != "chair" else "secretary"]
    return {"sign_in_id": asked.get("/sessions").json()["items"][0]["id"]}


def _a_person_in_the_meeting(world: World, kind: str) -> Things:
    user_id = world.defaults()["user_id"]
    path = f"/meetings/{world.room.id}/participants/{user_id}"
    assert world.secretary.put(path, role="guest").ok
    return {"user_id": user_id}


def _oneself(world: World, kind: str) -> Things:
    return {"user_id": world.people[kind].id or "nobody"}


THINGS: dict[str, Callable[[World, str], Things]] = {
    "DELETE /api/v1/sessions/<sign_in_id>": _one_of_my_devices,
    "DELETE /api/v1/sessions/<sign_in_id> of another person": _a_device_of_the_chair,
    "PATCH /api/v1/session/passkeys/<passkey_id>": lambda w, kind: {"passkey_id": "AAAA"},
    "DELETE /api/v1/session/passkeys/<passkey_id>": lambda w, kind: {"passkey_id": "AAAA"},
    "PATCH /api/v1/users/<user_id>": lambda w, kind: {"user_id": w.new_user()},
    "POST /api/v1/users/<user_id>/password": lambda w, kind: {"user_id": w.new_user()},
    "DELETE /api/v1/users/<user_id>/second-factor": lambda w, kind: {"user_id": w.new_user()},
    "DELETE /api/v1/users/<user_id>": lambda w, kind: {"user_id": w.new_user()},
    "PATCH /api/v1/units/<unit_id>": lambda w, kind: {"unit_id": w.new_unit()},
    "DELETE /api/v1/units/<unit_id>": lambda w, kind: {"unit_id": w.new_unit()},
    "GET /api/v1/rule-packs/<pack_id>": lambda w, kind: {"pack_id": w.new_pack()},
    "DELETE /api/v1/rule-packs/<pack_id>": lambda w, kind: {"pack_id": w.new_pack()},
    f"GET {MEETING} in draft": lambda w, kind: {"meeting_id": w.new_meeting(None)},
    f"DELETE {MEETING}": lambda w, kind: {"meeting_id": w.new_meeting()},
    f"DELETE {MEETING}/participants/<user_id>": _a_person_in_the_meeting,
    f"PUT {MEETING}/attendance/<user_id>": _a_person_in_the_meeting,
    f"PUT {MEETING}/attendance/<user_id> of oneself": _oneself,
    f"PUT {MEETING}/attendance/<user_id> own absence": _oneself,
    f"PUT {MEETING}/writing/<user_id>": _a_person_in_the_meeting,
    f"DELETE {MEETING}/attendance/<user_id>": _a_person_in_the_meeting,
    f"DELETE {ITEM}": lambda w, kind: {"item_id": w.new_item()},
    f"GET {DOCUMENT} unpublished": lambda w, kind: {"document_id": w.new_paper()},
    f"DELETE {DOCUMENT}": lambda w, kind: {"document_id": w.new_paper()},
    f"POST {DOCUMENT}/versions": lambda w, kind: {"document_id": w.new_paper()},
    **{row: things for part in PARTS for row, things in part.THINGS.items()},
}
"""What a row is tried on, where it is not the room's own meeting, item and paper."""


PARAMETERS: dict[str, Callable[[World], Things]] = {
    "GET /api/v1/search": lambda w: {"q": "trang"},
    f"GET {MEETING}/search": lambda w: {"q": "trang"},
    "GET /api/v1/vote-rules of a meeting": lambda w: {"meeting_id": w.room.id},
    "POST /api/v1/rule-packs only checked": lambda w: {"check": "true"},
    **{row: parameters for part in PARTS for row, parameters in part.PARAMETERS.items()},
}
"""The query strings of the rows that have one."""


def send(world: World, kind: str, row: str, **instead: str) -> requests.Response:
    """Try a row ("METHOD route", perhaps "of …") as somebody of a kind; `instead`: other ids."""
    method, rule, *_ = row.split(" ")
    key = f"{method} {rule}"
    world.open_to_guests(row.endswith("open to guests"))
    things = {**world.defaults(), **(THINGS[row](world, kind) if row in THINGS else {}), **instead}
    person = world.anew(kind) if key in ANEW else world.people[kind]
    options: dict[str, Any] = {"allow_redirects": False}
    if key in UPLOADS:
        options["files"] = {"file": ("giay.pdf", small_pdf(1), "application/pdf")}
    elif key in BODIES:
        options["json"] = BODIES.get(row, BODIES[key])(world, kind)
    if key == f"GET {MEETING}/events":
        options["params"] = {"epoch": world.epoch, "after": _seq(world)}
    elif row in PARAMETERS:
        options["params"] = PARAMETERS[row](world)
    response = person.call(method, f"{world.server.url}{filled(rule, things)}", **options)
    if response.ok and method != "GET":
        world.unused.clear()
    return response


def filled(rule: str, things: Things) -> str:
    """The path of a route."""
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda part: things[part[1]], rule)


def _seq(world: World) -> int:
    seq: int = world.secretary.get(f"/meetings/{world.room.id}/snapshot").json()["seq"]
    return seq


__all__ = ["BODIES", "THINGS", "Person", "send"]
