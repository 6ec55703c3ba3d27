"""Erases deleted annotations from events and remembered answers, in the worker.

An annotation was told in the streams of those who saw it: its room, or its author and a recipient.
One that was never changed was told in one state only, in an event with revision 1. Another one may
have been told everywhere, also to its past recipients.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

import msgspec
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from core import clock
from core.app_context import current_context
from core.db.models import IdempotentAnswer, PersonEvent, RoomEvent
from core.transactions.event_erasing import Stream, erase_from_events
from core.transactions.idempotency import forget_answers
from documents.annotations.declares import AnnotationsPut, OwnAnnotationsPut
from documents.annotations.models import Annotation, RemovedDocument
from documents.annotations.rules import Audience
from documents.containers import access_to
from documents.models import Document

ANNOTATIONS_AT_ONCE = 5_000
"""Annotations that are searched for in one pass through the streams."""
MARKED_AT_ONCE = 200
"""Annotations that are marked as erased in one transaction."""
NEVER_CHANGED = 2
"""The revision of a deleted annotation that was created and then deleted."""


class _Head(msgspec.Struct, frozen=True):
    id: str
    revision: int


class _Heads(msgspec.Struct, frozen=True):
    items: list[_Head]


class _Put(msgspec.Struct, frozen=True):
    document_id: str
    items: list[msgspec.Raw]


_read_heads = msgspec.json.Decoder(_Heads).decode
_read_put = msgspec.json.Decoder(_Put).decode


class _DeletedEraser:
    """Takes annotations out of the events that put them. See `core…event_erasing.Eraser`."""

    def __init__(self, event_type: str, ids: Collection[str]) -> None:
        self.event_type = event_type
        self._ids = frozenset(ids)
        self._not_created = set(ids)

    def rewrite(self, data: bytes) -> tuple[str, bytes] | None:
        heads = _read_heads(data).items
        self._not_created -= {head.id for head in heads if head.revision == 1}
        kept = [head.id not in self._ids for head in heads]
        if all(kept):
            return None
        put = _read_put(data)
        items = [item for item, stays in zip(put.items, kept, strict=True) if stays]
        return self.event_type, msgspec.json.encode(_Put(put.document_id, items))

    def is_finished(self) -> bool:
        """Nothing tells of an annotation before its creation."""
        return not self._not_created


class _RemovedEraser:
    """Takes all annotations of documents out of the events that put them."""

    def __init__(self, event_type: str, document_ids: Collection[str]) -> None:
        self.event_type = event_type
        self._document_ids = frozenset(document_ids)

    def rewrite(self, data: bytes) -> tuple[str, bytes] | None:
        put = _read_put(data)
        if put.document_id not in self._document_ids or not put.items:
            return None
        return self.event_type, msgspec.json.encode(_Put(put.document_id, []))

    def is_finished(self) -> bool:
        return False


def erase_deleted() -> None:
    """Erase deleted annotations, and those of removed documents. Restartable at any time."""
    while ids_by_stream := _deleted():
        for stream, ids in ids_by_stream.items():
            erase_from_events(stream, _DeletedEraser(_event_type(stream), ids))
        _mark_erased(sorted(set().union(*ids_by_stream.values())))
    _erase_removed_documents()


def remove_all_of(session: Session, document_ids: Sequence[str], room_id: str | None) -> None:
    """Delete every annotation of removed documents, in the caller's transaction.

    room_id: their room; None when it is removed too. `erase_deleted` erases them from events.
    """
    theirs = Annotation.document_id.in_(document_ids)
    rows = session.execute(
        select(
            Annotation.document_id,
            Annotation.author_id,
            Annotation.recipient_id,
            Annotation.past_recipients,
        )
        .where(theirs)
        .distinct()
    )
    people: dict[str, set[str]] = defaultdict(set)
    for document_id, author, recipient, past in rows:
        people[document_id] |= {author, *([recipient] if recipient else ()), *(past or "").split()}
    if not people:
        return
    session.execute(
        insert(RemovedDocument),
        [
            {"id": document_id, "room_id": room_id, "people": " ".join(sorted(ids))}
            for document_id, ids in people.items()
        ],
    )
    answers = IdempotentAnswer.thing_id.in_(select(Annotation.id).where(theirs))
    session.execute(
        delete(IdempotentAnswer).where(answers).execution_options(synchronize_session=False)
    )
    session.execute(delete(Annotation).where(theirs))


def _deleted() -> dict[Stream, set[str]]:
    """Ids of deleted annotations that are not erased, by the streams that may have told of them."""
    oldest = (
        select(Annotation)
        .where(Annotation.deleted_at.is_not(None), Annotation.erased_at.is_(None))
        .order_by(Annotation.deleted_at)
        .limit(ANNOTATIONS_AT_ONCE)
    )
    streams: dict[Stream, set[str]] = defaultdict(set)
    with current_context().database.read() as session:
        some = session.scalars(oldest).all()
        rooms = _rooms_of(session, {one.document_id for one in some})
    for one in some:
        for stream in _streams_of(one, rooms):
            streams[stream].add(one.id)
    return streams


def _rooms_of(session: Session, document_ids: Iterable[str]) -> dict[str, str]:
    """The room of each document."""
    documents = (session.get_one(Document, document_id) for document_id in document_ids)
    return {one.id: access_to(session, None, one.container).room_id for one in documents}


def _streams_of(one: Annotation, rooms: dict[str, str]) -> Iterator[Stream]:
    """The streams that may have told of it."""
    changed = one.revision > NEVER_CHANGED
    if changed or one.audience is Audience.MEETING:
        yield Stream(RoomEvent, rooms[one.document_id])
    if changed or one.audience is not Audience.MEETING:
        people = {one.author_id, *(one.past_recipients or "").split()}
        if one.recipient_id is not None:
            people.add(one.recipient_id)
        for user_id in people:
            yield Stream(PersonEvent, user_id)


def _event_type(stream: Stream) -> str:
    return AnnotationsPut.type if stream.kind is RoomEvent else OwnAnnotationsPut.type


def _mark_erased(ids: Sequence[str]) -> None:
    """Delete the answers, then note that these annotations are done."""
    database = current_context().database
    for first in range(0, len(ids), MARKED_AT_ONCE):
        batch = ids[first : first + MARKED_AT_ONCE]
        with database.write() as session:
            forget_answers(session, batch)
            done = {"erased_at": clock.now(), "past_recipients": None}
            session.execute(update(Annotation).where(Annotation.id.in_(batch)).values(done))
            database.commit(session)


def _erase_removed_documents() -> None:
    database = current_context().database
    with database.read() as session:
        removed = session.scalars(select(RemovedDocument)).all()
    streams: dict[Stream, set[str]] = defaultdict(set)
    for one in removed:
        if one.room_id is not None:
            streams[Stream(RoomEvent, one.room_id)].add(one.id)
        for user_id in one.people.split():
            streams[Stream(PersonEvent, user_id)].add(one.id)
    for stream, document_ids in streams.items():
        erase_from_events(stream, _RemovedEraser(_event_type(stream), document_ids))
    if removed:
        with database.write() as session:
            ids = [one.id for one in removed]
            session.execute(delete(RemovedDocument).where(RemovedDocument.id.in_(ids)))
            database.commit(session)
