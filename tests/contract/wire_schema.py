"""One JSON Schema of everything that goes over the wire, for the browser's types.

It comes from the structs that the server encodes and parses: routes, durable events, Socket.IO
packets.
"""

import inspect
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from core.db import room_events
from core.http.openapi import Problem
from core.http.openapi_paths import Operation
from documents.annotations.declares import AnnotationView
from documents.annotations.kinds.registry import KINDS
from documents.annotations.my_annotations import OwnAnnotation
from documents.annotations.rules import Audience
from meetings.presentation.packets import RoomLivePacket
from meetings.room.acks import ACKS, DoneAck
from meetings.room.packets import PACKETS
from meetings.room.snapshot import Snapshot
from meetings.shared.shares import Comparison
from meetings.voting.models import PollStatus
from meetings.voting.poll_facts import PollView, ResultCard
from meetings.voting.rules.declares import VoteQuorum, VoteRule
from meetings.voting.rules.poll_rules import PollMethod, Verdict

Schema = dict[str, Any]

REF = "#/$defs/"
NO_TYPE = {"title", "default", "format", "pattern"}
NO_TYPE |= {"minLength", "maxLength", "minimum", "maximum"}
"""Keywords that say nothing about a TypeScript type, or something unwanted."""

NARROWER: Mapping[Any, Mapping[str, Any]] = {
    AnnotationView: {"audience": Audience},
    OwnAnnotation: {"audience": Audience},
    PollView: {"method": PollMethod, "status": PollStatus},
    ResultCard: {"verdict": Verdict},
    Snapshot: {"live": RoomLivePacket},
    VoteQuorum: {"comparison": Comparison},
    VoteRule: {"comparison": Comparison},
}
"""Fields that hold more specific values than their annotation says."""


class Types(NamedTuple):
    """Types of one part of the wire. sent: what the server encodes; taken: what it parses."""

    sent: Sequence[Any]
    taken: Sequence[Any]


class Schemas:
    """The JSON Schemas of some types as json-schema-to-typescript takes them.

    The server writes every field of what it sends, defaults too: only one that may be UNSET is
    optional. Of two types with one name that of the later part holds: a view composed of what the
    features add is named like the view that other types refer to.
    """

    def __init__(self, *parts: Types) -> None:
        self._schemas: dict[Any, Schema] = {}
        found: dict[str, Schema] = {}
        for part in parts:
            types = list(dict.fromkeys([*part.sent, *part.taken]))
            schemas, components = _components(types)
            sent = _components(part.sent)[1]
            self._schemas.update(zip(types, schemas, strict=True))
            found |= {name: _converted(one, sent=name in sent) for name, one in components.items()}
        self.definitions = dict(sorted(found.items()))

    def of(self, kind: Any) -> Schema:
        """The schema of a type, as a reference where it has a name."""
        return _converted(self._schemas[kind], sent=True)

    def map_of(self, types: Mapping[str, Any], description: str) -> Schema:
        """An interface with one property for each name."""
        return _object({name: self.of(kind) for name, kind in sorted(types.items())}, description)

    def narrow(self, kind: Any, fields: Mapping[str, Any]) -> None:
        """Give fields of a type other types."""
        properties = self._definition(kind)["properties"]
        properties.update({name: self.of(field) for name, field in fields.items()})

    def tie(self, kind: Any, fields: Sequence[str], union: str) -> None:
        """Say that fields of a type belong together as a union of the definitions says."""
        whole = self._definition(kind)
        rest = {name: one for name, one in whole["properties"].items() if name not in fields}
        required = [name for name in whole["required"] if name not in fields]
        base = {"type": "object", "properties": rest, "required": required}
        parts = [base, {"$ref": f"{REF}{union}"}]
        self.definitions[self._name(kind)] = {"description": whole["description"], "allOf": parts}

    def _definition(self, kind: Any) -> Schema:
        return self.definitions[self._name(kind)]

    def _name(self, kind: Any) -> str:
        reference: str = self.of(kind)["$ref"]
        return reference.removeprefix(REF)


def _components(types: Iterable[Any]) -> tuple[list[Schema], dict[str, Schema]]:
    found = msgspec.json.schema_components(list(types), ref_template=f"{REF}{{name}}")
    plain: tuple[list[Schema], dict[str, Schema]] = msgspec.json.decode(msgspec.json.encode(found))
    return plain


def _object(properties: Mapping[str, Schema], description: str = "") -> Schema:
    schema: Schema = {"type": "object", "properties": properties, "required": list(properties)}
    return {**schema, "description": description} if description else schema


def _converted(schema: Schema, *, sent: bool) -> Schema:
    """The same schema in the dialect that the generator reads: JSON Schema draft 4."""
    made = {key: value for key, value in schema.items() if key not in NO_TYPE}
    if "description" in made:
        made["description"] = inspect.cleandoc(made["description"])
    if "properties" in made:
        fields = made["properties"].items()
        made["properties"] = {name: _converted(one, sent=sent) for name, one in fields}
        filled = [name for name, one in fields if sent and "default" in one]
        made["required"] = [*made.get("required", ()), *filled]
    elif made.get("type") == "object":
        values = made.get("additionalProperties", True)
        made["additionalProperties"] = values if values is True else _converted(values, sent=sent)
    if "prefixItems" in made:
        parts = made.pop("prefixItems")
        made |= {"items": [_converted(one, sent=sent) for one in parts], "additionalItems": False}
    elif made.get("type") == "array":
        made = {key: value for key, value in made.items() if key not in ("minItems", "maxItems")}
        made["items"] = _converted(made.get("items", {}), sent=sent)
    if "anyOf" in made:
        made["anyOf"] = [_converted(one, sent=sent) for one in made["anyOf"]]
    return made


def schema_of(found: Sequence[Operation], sockets: Mapping[str, Any]) -> Schema:
    """One schema that refers to everything that goes over the wire.

    sockets: the payload of each event from clients.
    """
    own = {name: kind for name, kind in room_events.known.items() if kind.mine}
    shared = {name: kind for name, kind in room_events.known.items() if not kind.mine}
    acks = {event: ACKS.get(event, DoneAck) for event in sockets}
    live = [*PACKETS.values(), *acks.values(), *room_events.known.values(), Problem]
    narrower = [*NARROWER, *(kind for fields in NARROWER.values() for kind in fields.values())]
    facts = [one.facts for one in found]
    answers = [kind for one in facts for kind in (one.answer, one.members) if kind]
    asked = [kind for one in found for kind in (one.facts.body, one.facts.query) if kind]
    schemas = Schemas(
        Types(
            [*live, *(kind.geometry for kind in KINDS.values()), *narrower], list(sockets.values())
        ),
        Types(answers, asked),
    )
    for kind, fields in NARROWER.items():
        schemas.narrow(kind, fields)
    schemas.definitions["Shape"] = _shape(schemas)
    for kind in (AnnotationView, OwnAnnotation):
        schemas.tie(kind, ("kind", "geometry"), "Shape")
    maps = {
        "Routes": _object({f"{one.method} {one.path}": _route(one, schemas) for one in found}),
        "RoomEvents": schemas.map_of(shared, "The `data` of `room.event`, by `type`."),
        "MineEvents": schemas.map_of(own, "The `data` of `mine.event`, by `type`."),
        "ClientEvents": schemas.map_of(sockets, "Payloads from clients, by Socket.IO event."),
        "Acks": schemas.map_of(acks, "Fields of an acknowledgement besides `ok`, by event."),
        "Packets": schemas.map_of(PACKETS, "Payloads to clients, by Socket.IO event."),
        "Problem": schemas.of(Problem),
    }
    named = {name: one for name, one in maps.items() if "$ref" not in one}
    root = {name: {"$ref": f"{REF}{name}"} if name in named else one for name, one in maps.items()}
    return {"title": "Wire", **_object(root), "$defs": {**schemas.definitions, **named}}


def _route(one: Operation, schemas: Schemas) -> Schema:
    facts = one.facts
    parts = {
        "body": facts.body,
        "query": facts.query,
        "answer": facts.answer,
        "members": facts.members,
    }
    return _object({name: schemas.of(kind) for name, kind in parts.items() if kind})


def _shape(schemas: Schemas) -> Schema:
    """The kinds of annotations, each with its geometry."""
    parts = []
    for geometry in dict.fromkeys(kind.geometry for kind in KINDS.values()):
        kinds = [name.value for name, kind in KINDS.items() if kind.geometry is geometry]
        parts.append(_object({"kind": {"enum": kinds}, "geometry": schemas.of(geometry)}))
    return {"description": "What an annotation is, with its geometry.", "anyOf": parts}
