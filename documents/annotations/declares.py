"""Permissions, errors, schemas and events of annotations."""

from datetime import datetime
from enum import StrEnum

import msgspec

from core.db.room_events import Event
from core.errors import Refusal
from core.permissions import IN_THE_ROOM, Role
from documents.annotations.rules import Box


class Action(StrEnum):
    """Actions on annotations."""

    READ = "annotation.read"
    WRITE = "annotation.write"
    SHARE = "annotation.share"
    CLEAR = "annotation.clear"


permissions: dict[StrEnum, frozenset[Role]] = {
    Action.READ: IN_THE_ROOM,
    Action.WRITE: IN_THE_ROOM,
    Action.SHARE: IN_THE_ROOM - {Role.GUEST},
    Action.CLEAR: IN_THE_ROOM,
}
"""READ: annotations for the room and for the user. WRITE: the user's own annotations. SHARE: with
the room or with one person. CLEAR: remove another author's annotation from the room, where the
container's policy lets the user moderate. The administrator role grants none of them."""


class AnnotationIdTaken(Refusal):
    """Another annotation has this id."""

    code, status = "annotation_id_taken", 409


class RecipientCannotRead(Refusal):
    """The recipient is not allowed to read this document."""

    code, status = "recipient_cannot_read", 422


class WritingOff(Refusal):
    """Members may not write for the room in this meeting now, or this person is muted."""

    code, status = "writing_off", 409


class Style(msgspec.Struct, frozen=True):
    """Style of an annotation. color: #rrggbb. width, size (font size): thousandths of the page
    width. Ink with an opacity below 1 is a highlighter stroke."""

    color: str
    width: float
    opacity: float
    size: float


class Anchor(msgspec.Struct, frozen=True):
    """The text that an annotation belongs to: the marked words with their context, or the nearest
    block of text with its box. It locates the annotation in a later version of the document."""

    text: str
    prefix: str = ""
    suffix: str = ""
    box: Box | None = None


class AnnotationView(msgspec.Struct, frozen=True, kw_only=True):
    """One annotation with all its fields.

    geometry: depends on the kind; fractions of the page as displayed. user_id, user_name: the
    recipient, when the audience is one person.
    """

    id: str
    document_id: str
    version: int
    page: int
    kind: str
    audience: str
    user_id: str | None
    user_name: str | None
    author: str
    author_name: str
    geometry: msgspec.Raw
    style: Style
    text: str | None
    anchor: Anchor | None
    revision: int
    created_at: datetime
    updated_at: datetime


class Removed(msgspec.Struct, frozen=True):
    """An annotation that its viewers no longer have as of this revision."""

    id: str
    version: int
    page: int
    revision: int


class AnnotationsPut(Event, frozen=True):
    """Annotations for the whole room were created or changed. Each item is complete."""

    type = "annotations_put"
    document_id: str
    items: tuple[AnnotationView, ...]


class AnnotationsRemoved(Event, frozen=True):
    """Annotations were removed from the room."""

    type = "annotations_removed"
    document_id: str
    items: tuple[Removed, ...]


class OwnAnnotationsPut(Event, frozen=True):
    """Annotations that only this person sees were created or changed. Each item is complete."""

    type = "own_annotations_put"
    mine = True
    document_id: str
    items: tuple[AnnotationView, ...]


class OwnAnnotationsRemoved(Event, frozen=True):
    """Annotations that only this person saw were removed."""

    type = "own_annotations_removed"
    mine = True
    document_id: str
    items: tuple[Removed, ...]
