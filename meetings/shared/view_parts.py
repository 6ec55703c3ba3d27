"""Views that features extend with fields: composition of the type and of the value.

The JSON of a composed view is flat, so a field's name does not show which feature adds it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from inspect import cleandoc
from typing import Any, Generic, TypeVar, cast

import msgspec
from sqlalchemy.orm import Session

from core.actor import Actor
from core.permissions import Role
from documents.containers import Container
from documents.declares import DocumentView
from meetings.shared.models import Meeting

R = TypeVar("R")
V = TypeVar("V", bound=msgspec.Struct)


@dataclass(frozen=True, kw_only=True)
class MeetingReader:
    """Input to the parts of a meeting view.

    documents: those that the reader may read, by container and in order.
    """

    session: Session
    meeting: Meeting
    documents: Mapping[Container, Sequence[DocumentView]]


@dataclass(frozen=True, kw_only=True)
class RoomReader:
    """Input to the parts of a room snapshot. seq: the room's, in the same transaction."""

    session: Session
    actor: Actor
    meeting_id: str
    role: Role
    seq: int


@dataclass(frozen=True, kw_only=True)
class ViewPart(Generic[R]):
    """Fields that a feature adds to a view.

    fields: a struct with these fields. after: the view's own field that they follow; None: they
    come last. note: text added to the description of the view.
    """

    fields: type[msgspec.Struct]
    read: Callable[[R], msgspec.Struct]
    after: str | None = None
    note: str = ""


@cache
def composed_type(
    view: type[V],
    parts: tuple[ViewPart[Any], ...],
    nested: tuple[tuple[type, type], ...] = (),
) -> type[V]:
    """The type `view` extended with the fields of these parts, under the same name.

    nested: views that are types of its fields, each with its composed type. The result is not a
    subclass, because msgspec puts the fields of a base class first. Raises ValueError when a part
    follows a field that the view does not have.
    """
    places = {None, *view.__struct_fields__}
    if misplaced := [part.after for part in parts if part.after not in places]:
        raise ValueError(f"{view.__name__} has no field {misplaced[0]!r} to follow")
    fields: list[Any] = []
    for own in msgspec.structs.fields(view):
        fields.append(_definition(own, dict(nested)))
        fields += [one for part in parts if part.after == own.name for one in _fields_of(part)]
    fields += [one for part in parts if part.after is None for one in _fields_of(part)]
    notes = (part.note for part in parts if part.note)
    made = msgspec.defstruct(
        view.__name__,
        fields,
        frozen=True,
        kw_only=True,
        module=view.__module__,
        namespace={"__doc__": "\n\n".join([cleandoc(view.__doc__ or ""), *notes])},
    )
    return cast("type[V]", made)


def composed(made: type[V], parts: tuple[ViewPart[R], ...], reader: R, **own: object) -> V:
    """A view of a composed type, from its own values and the values that each part reads."""
    for part in parts:
        own |= msgspec.structs.asdict(part.read(reader))
    return made(**own)


def _fields_of(part: ViewPart[Any]) -> list[Any]:
    return [_definition(field, {}) for field in msgspec.structs.fields(part.fields)]


def _definition(field: msgspec.structs.FieldInfo, nested: Mapping[Any, Any]) -> tuple[Any, ...]:
    name = (field.name, nested.get(field.type, field.type))
    return name if field.required else (*name, field.default)
