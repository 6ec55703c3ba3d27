"""What annotations let people do, tell the room and its people, and refuse."""

from datetime import datetime
from enum import StrEnum

import msgspec

from core.db.room_events import Event
from core.errors import Refusal
from core.permissions import IN_THE_ROOM, Role
from documents.annotations.rules import Box


class Action(StrEnum):
    """What can be done with annotations."""

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
"""READ: the room's and those for me. WRITE: my own. SHARE: with the room or a person. CLEAR: take
another's away from the room, where the container's policy lets this person moderate.
Administrators as such have no part in any of it."""


class AnnotationIdTaken(Refusal):
    """Another annotation has this id."""

    code, status = "annotation_id_taken", 409


class RecipientCannotRead(Refusal):
    """The person that it is meant for may not read this paper."""

    code, status = "recipient_cannot_read", 422


class WritingOff(Refusal):
    """The meeting is not open for members to write for the room, or this person was muted."""

    code, status = "writing_off", 409


class Style(msgspec.Struct, frozen=True):
    """How it is drawn. color: #rrggbb. width and size (of letters): thousandths of the page's
    width. Ink with an opacity below 1 is a highlighter's."""

    color: str
    width: float
    opacity: float
    size: float


class Anchor(msgspec.Struct, frozen=True):
    """The words that it belongs to: marked ones with what stands around them, or the nearest block
    of text with its box. With these it can be found again in a later version of the paper."""

    text: str
    prefix: str = ""
    suffix: str = ""
    box: Box | None = None


class AnnotationView(msgspec.Struct, frozen=True, kw_only=True):
    """One annotation, whole. geometry: of its kind, fractions of the page as displayed.

    user_id, user_name: whom it is for, when the audience is one person.
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
    """An annotation that is gone as of this revision, for whoever is told so."""

    id: str
    version: int
    page: int
    revision: int


class AnnotationsPut(Event, frozen=True):
    """Annotations for the whole room were made or changed: they are given whole."""

    type = "annotations_put"
    document_id: str
    items: tuple[AnnotationView, ...]


class AnnotationsRemoved(Event, frozen=True):
    """Annotations are no longer there for the room."""

    type = "annotations_removed"
    document_id: str
    items: tuple[Removed, ...]


class OwnAnnotationsPut(Event, frozen=True):
    """Annotations that only this person sees were made or changed: they are given whole."""

    type = "own_annotations_put"
    mine = True
    document_id: str
    items: tuple[AnnotationView, ...]


class OwnAnnotationsRemoved(Event, frozen=True):
    """Annotations that only this person saw are gone."""

    type = "own_annotations_removed"
    mine = True
    document_id: str
    items: tuple[Removed, ...]
