"""python -m tests.contract.protocol_document: write docs/protocol.md from the code.

With the name of a file it goes there instead: a test compares the two, so that the document says
what the program does.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec

import demo.wiring  # noqa: F401 - its refusals are part of the closed list
import meetings.voting.rules.packs  # noqa: F401 - so are its
from core import errors
from core.app_context import current_context
from core.config import PROTOCOL_VERSION
from core.db import room_events
from core.errors import Refusal
from core.http.openapi import Problem
from core.i18n import text_in
from core.permissions import IN_THE_ROOM, Role
from meetings.room.acks import ACKS, DoneAck
from meetings.room.packets import PACKETS
from tests.contract.app_facts import Facts, assembled, facts_of, socket_events
from tests.contract.shape_words import fields, table, words
from tests.factories import ROOT

TARGET = ROOT / "docs" / "protocol.md"
BEGINNING = """# Protocol

What tablets and other systems rely on: HTTP, Socket.IO, durable events, who may do what, refusals.

This file is made from the code by `python -m tests.contract.protocol_document`; do not edit it.
Names and shapes in it are kept: fields and values may be added, and clients ignore what they do not
know. The same description of HTTP for machines is `GET /api/v1/openapi.json`.
"""
HTTP = """## HTTP

JSON in UTF-8, `snake_case`, times RFC 3339 with offset, ids opaque strings. Signing in sets the
cookie `dienhong_session` (`__Host-dienhong_session` where the server speaks TLS); unsafe methods
carry `X-CSRF-Token` besides. `Idempotency-Key` (up to 64 characters) on an unsafe request makes its
repeats safe: the same key and body are answered the same
for 7 days, and done once. A refusal is a problem (RFC 9457) with a `code` of the list below. What
any request may meet is not repeated at each: {common}.
"""
COMMON = {
    *("not_signed_in", "session_revoked", "session_expired", "not_allowed", "csrf_failed"),
    *("malformed_request", "payload_too_large", "invalid_input", "not_found"),
    *("idempotency_conflict", "internal_error", "unavailable", "disk_full"),
}
SOCKETS = """## Socket.IO

Path `/socket.io`, query `room=<meeting id>`, namespace `/`, Socket.IO protocol v5, protocol version
{version} of our own; a socket without a valid sign-in is refused at the handshake. Every event from
a client is one object and is acknowledged: `{{"ok": true, …}}`, or `{{"ok": false, "code",
"detail"}}`. An unknown event, a wrong type, a payload over 64 KiB is refused with a code, and the
connection goes on.
"""
EVENTS = """## Durable events

The `data` of `room.event`, by `type`. They are rows, written in the transaction of what they tell
of; any snapshot and the events after it are a fresh snapshot. Who sees one is settled for each
event; everybody else in the room receives the same `seq` as `hidden`.
"""
PERMISSIONS = """## Who may do what

`admin` and `person` (anybody with an account) hold everywhere, the others in one meeting. What
stands in no row is refused; `document.process` is the worker's alone. Of members and guests only
the presenter may clear marks of others and mute a writer (`annotation.clear`, `writing.mute`).
"""


def schemas_of(types: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The schema of each named type, and of everything that these refer to."""
    found = msgspec.json.schema_components(
        types.values(), ref_template="#/components/schemas/{name}"
    )
    plain = msgspec.json.decode(msgspec.json.encode(found))
    components: dict[str, Any] = plain[1]
    names = [schema["$ref"].rpartition("/")[2] for schema in plain[0]]
    return {key: components[name] for key, name in zip(types, names, strict=True)}, components


def routes(facts: Facts) -> str:
    """One section for each part of the API."""
    parts: dict[str, list[str]] = {}
    for path, methods in facts.openapi["paths"].items():
        for method, operation in methods.items():
            text = _route(f"{method.upper()} {path}", operation)
            parts.setdefault(operation["tags"][0], []).append(text)
    sections = [f"### {tag.capitalize()}\n\n" + "\n".join(parts[tag]) for tag in sorted(parts)]
    return "\n\n".join(sections)


def _route(name: str, operation: dict[str, Any]) -> str:
    lines = [f"- **`{name}`** {operation['summary']}"]
    asked = [one for one in operation["parameters"] if one["in"] == "query"]
    if asked:
        query = ", ".join(f"`{one['name']}` {words(one['schema'])}" for one in asked)
        lines.append(f"  Query: {query}.")
    for media, content in operation.get("requestBody", {}).get("content", {}).items():
        named = ", ".join(name for name, _ in fields(content["schema"]))
        shape = words(content["schema"]) if "$ref" in content["schema"] else f"{media}: {named}"
        lines.append(f"  Body: {shape}.")
    status, answer = next(item for item in operation["responses"].items() if item[0][0] == "2")
    for media, content in answer.get("content", {}).items():
        shape = words(content["schema"]) if media.endswith("json") else f"`{media}`"
        lines.append(f"  Answer {status}: {shape}.")
    own = [
        code
        for status, one in operation["responses"].items()
        if status.isdigit() and status > "399"
        for code in one["description"].split(", ")
        if code.strip("`") not in COMMON
    ]
    if own:
        lines.append(f"  Refusals: {', '.join(own)}.")
    return "  \n".join(lines)


def shapes(components: dict[str, Any]) -> str:
    """Every named type with its fields."""
    return "\n".join(_shape(name, schema) for name, schema in sorted(components.items()))


def _shape(name: str, schema: dict[str, Any]) -> str:
    text = " ".join(schema.get("description", "").split())
    rows = fields(schema)
    body = table(("field", "what"), rows) if rows else words(schema)
    return f"#### {name}\n\n{text}\n\n{body}\n"


def sockets(events: dict[str, type]) -> str:
    """Events from clients with their acknowledgements, and packets from the server."""
    sent, _ = schemas_of(events)
    acks, _ = schemas_of({event: ACKS.get(event, DoneAck) for event in events})
    packets, _ = schemas_of(dict(PACKETS))
    made = ["### From clients\n"]
    for event, schema in sorted(sent.items()):
        answer = ", ".join(f"{name} {text}" for name, text in fields(acks[event]))
        rows = table(("field", "what"), fields(schema))
        ack = f"Acknowledged with {answer}." if answer else "Acknowledged."
        made.append(f"#### `{event}`\n\n{_text(schema)} {ack}\n\n{rows}\n")
    made.append("### From the server\n")
    made += [
        f"#### `{name}`\n\n{_text(schema)}\n\n{table(('field', 'what'), fields(schema))}\n"
        for name, schema in sorted(packets.items())
    ]
    return "\n".join(made)


def events() -> str:
    """Every durable event: of rooms, then of single people."""
    described, _ = schemas_of(dict(room_events.known))
    made = []
    known = room_events.known.items()
    for kind, event in sorted(known, key=lambda item: _slice(item[1])):
        where = "On the person's own stream (`mine.event`)." if event.mine else ""
        rows = fields(described[kind])
        body = table(("field", "what"), rows)
        made.append(f"### `{kind}`\n\n{_text(described[kind])} {where}".rstrip() + f"\n\n{body}\n")
    return "\n".join(made)


def _slice(event: type[room_events.Event]) -> tuple[bool, str]:
    """Events are listed by slice, whatever was imported first; a meeting stands for meetings."""
    return event.mine, event.__module__.replace("meetings.meeting.", "meetings.")


def permissions(rows: dict[str, frozenset[Role]]) -> str:
    """The one table."""
    lines = [
        (f"`{action}`", *("+" if role in roles else "" for role in Role))
        for action, roles in sorted(rows.items())
    ]
    return table(("action", *(role.value for role in Role)), lines)


def refusals() -> str:
    """The closed list of codes with their words."""
    lines = [
        (
            f"`{code}`",
            str(refusal.status),
            _meaning(refusal),
            f"{text_in('vi', f'error.{code}')} / {text_in('en', f'error.{code}')}",
        )
        for code, refusal in sorted(errors.known.items())
    ]
    return table(("code", "HTTP", "when", "what people read (vi / en)"), lines)


def _meaning(refusal: type[Refusal]) -> str:
    inherited = Refusal.__doc__ == refusal.__doc__
    return "" if inherited else " ".join((refusal.__doc__ or "").split())


def _text(schema: dict[str, Any]) -> str:
    return " ".join(schema.get("description", "").split())


def document(facts: Facts, rows: dict[str, frozenset[Role]]) -> str:
    """The whole text."""
    taken = socket_events()
    live = [*taken.values(), *PACKETS.values(), *ACKS.values(), *room_events.known.values()]
    _, named = schemas_of({kind.__name__: kind for kind in [*live, Problem]})
    of_http = facts.openapi["components"]["schemas"]
    spread = {kind.__name__ for kind in live}
    others = {name: schema for name, schema in named.items() if name not in spread}
    room = ", ".join(f"`{role.value}`" for role in sorted(IN_THE_ROOM))
    return "\n".join(
        [
            BEGINNING,
            f"{HTTP.format(common=', '.join(f'`{code}`' for code in sorted(COMMON)))}\n",
            f"{routes(facts)}\n",
            f"### Shapes\n\n{shapes({**others, **of_http})}",
            SOCKETS.format(version=PROTOCOL_VERSION),
            sockets(taken),
            f"{EVENTS}\nThe roles of a room are {room}.\n",
            events(),
            f"{PERMISSIONS}\n{permissions(rows)}\n",
            f"## Refusals\n\n{refusals()}\n",
        ]
    )


def main() -> str:
    """The document of the app as it is assembled."""
    with tempfile.TemporaryDirectory() as folder:
        web, socketio = assembled(Path(folder))
        return document(facts_of(web, socketio), current_context().permissions.rows)


if __name__ == "__main__":
    (Path(sys.argv[1]) if len(sys.argv) > 1 else TARGET).write_text(main())
