"""Queries of the annotations of a document that one person may see."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any, cast

import msgspec
from sqlalchemy import CompoundSelect, bindparam, select, union_all
from sqlalchemy.orm import Session

from accounts.shared.models import User
from core.actor import Actor
from core.app_context import current_context
from core.db.database import table_of
from core.db.models import PersonStream, Room
from core.offload import yield_control
from core.permissions import Role
from documents import reading_rules
from documents.access import first_shown, readable_document
from documents.annotations.declares import Action, Anchor, AnnotationView, Style
from documents.annotations.kinds.registry import KINDS
from documents.annotations.models import Annotation
from documents.annotations.rules import Audience
from documents.models import Document

YIELD_AFTER = 50
"""Rows that are read and decoded before other green threads of the process run."""
Place = tuple[datetime, int, str]
"""Creation time, position within the request, id."""


class AnnotationList(msgspec.Struct, frozen=True, kw_only=True):
    """The annotations of a document that one person may see.

    seq: of the document's room. mine_seq: of the person's user stream.
    """

    items: list[AnnotationView]
    next: None = None
    epoch: str
    seq: int
    mine_seq: int


def list_annotations(actor: Actor, document_id: str, version: int | None = None) -> AnnotationList:
    """Return every annotation of a document that the actor may see, in creation order.

    version: only annotations of this version. Raises: NotFound, NotAllowed.
    """
    with current_context().database.read() as session:
        readable = readable_document(session, actor, document_id, Action.READ)
        room = session.get_one(Room, readable.access.room_id)
        stream = session.get(PersonStream, actor.user_id)
        found = _visible(session, actor.user_id, readable.document, readable.roles, version)
        # Encoded one by one, with pauses: encoding 5,000 at once blocks the event loop for 20 ms.
        ready = [(place, msgspec.Raw(msgspec.json.encode(one))) for place, one in found]
        ready.sort(key=itemgetter(0))
        return AnnotationList(
            items=cast(list[AnnotationView], [encoded for _, encoded in ready]),
            epoch=current_context().epoch,
            seq=room.seq,
            mine_seq=stream.seq if stream else 0,
        )


def visible_annotations(
    session: Session,
    user_id: str,
    document: Document,
    roles: frozenset[Role],
    version: int | None = None,
    audiences: Collection[Audience] = tuple(Audience),
) -> list[AnnotationView]:
    """Return the reader's own annotations, the room's, and those sent to the reader, sorted."""
    found = _visible(session, user_id, document, roles, version, audiences)
    return [one for _, one in sorted(found, key=itemgetter(0))]


def _visible(
    session: Session,
    user_id: str,
    document: Document,
    roles: frozenset[Role],
    version: int | None = None,
    audiences: Collection[Audience] = tuple(Audience),
) -> Iterator[tuple[Place, AnnotationView]]:
    """Yield unsorted views with their sort key. Sorting thousands of rows in the database would
    block the event loop."""
    first = first_shown(session, document, wanted=1)
    rows = session.execute(_seen(user_id, document.id, version, audiences))
    for number, row in enumerate(rows.yield_per(YIELD_AFTER), start=1):
        if reading_rules.version_shown(
            roles, wanted=row.version, first=first, current=document.current_version
        ):
            yield (row.created_at, row.place, row.id), view_of(row)
        if number % YIELD_AFTER == 0:
            yield_control()


def _seen(
    user_id: str, document_id: str, version: int | None, audiences: Collection[Audience]
) -> CompoundSelect[Any]:
    """Build a query of three parts. Each part uses an index and skips other people's private
    annotations."""
    own, others = _rows.c.author_id == user_id, _rows.c.author_id != user_id
    parts = [_VIEWS.where(own, _rows.c.audience.in_(audiences))]
    if Audience.MEETING in audiences:
        parts.append(_VIEWS.where(others, _rows.c.audience == Audience.MEETING))
    if Audience.PERSON in audiences:
        sent = _rows.c.audience == Audience.PERSON
        parts.append(_VIEWS.where(others, sent, _rows.c.recipient_id == user_id))
    there = [_rows.c.document_id == document_id, _rows.c.deleted_at.is_(None)]
    if version is not None:
        there.append(_rows.c.version == version)
    return union_all(*(part.where(*there) for part in parts))


def views_of(session: Session, ids: Sequence[str]) -> list[AnnotationView]:
    """Return these annotations as events contain them, in the order of `ids`."""
    by_id = {row.id: view_of(row) for row in session.execute(_BY_IDS, {"ids": ids})}
    return [by_id[one] for one in ids]


def view_of(one: Any) -> AnnotationView:
    """Build the view of one row of `_VIEWS`."""
    return AnnotationView(
        id=one.id,
        document_id=one.document_id,
        version=one.version,
        page=one.page,
        kind=one.kind.value,
        audience=one.audience.value,
        user_id=one.recipient_id,
        user_name=one.recipient_name,
        author=one.author_id,
        author_name=one.author_name,
        geometry=msgspec.Raw(msgspec.json.encode(KINDS[one.kind].geometry.unpacked(one.geometry))),
        style=Style(one.color, one.width, one.opacity, one.size),
        text=one.text,
        anchor=msgspec.json.decode(one.anchor, type=Anchor) if one.anchor else None,
        revision=one.revision,
        created_at=one.created_at,
        updated_at=one.updated_at,
    )


# Built once: every stored stroke runs a query, and a full document has thousands of rows.
_rows, _author, _recipient = (
    table_of(Annotation),
    table_of(User).alias("author"),
    table_of(User).alias("recipient"),
)
_VIEWS = (
    select(
        *_rows.c,
        _author.c.display_name.label("author_name"),
        _recipient.c.display_name.label("recipient_name"),
    )
    .join(_author, _author.c.id == _rows.c.author_id)
    .outerjoin(_recipient, _recipient.c.id == _rows.c.recipient_id)
)
_BY_IDS = _VIEWS.where(_rows.c.id.in_(bindparam("ids", expanding=True)))
