"""Publishes annotation events: to the room for its annotations, otherwise to the user streams of
the author and the recipient only."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from core.actor import Actor
from core.transactions.transaction import Tx
from documents.access import ReadableDocument, may_read_version, readers_of_version
from documents.annotations.declares import (
    AnnotationsPut,
    AnnotationsRemoved,
    AnnotationView,
    OwnAnnotationsPut,
    OwnAnnotationsRemoved,
    Removed,
)
from documents.annotations.models import Annotation
from documents.annotations.queries import views_of
from documents.annotations.rules import Audience
from documents.models import Document

Seen = tuple[Audience, str | None]
"""Audience and recipient."""


def publish_put(
    tx: Tx,
    actor: Actor,
    readable: ReadableDocument,
    made: Sequence[Annotation],
    before: Seen | None = None,
) -> list[AnnotationView]:
    """Publish complete annotations to everyone who sees them, and return the published views.

    before: the previous audience and recipient of the one annotation that changed.
    """
    document = readable.document
    views = views_of(tx.session, [one.id for one in made])
    for one in made if before is not None else ():
        _publish_lost(tx, actor, readable, one, before)
    for version in sorted({one.version for one in made if one.audience is Audience.MEETING}):
        shared = (v for v in views if v.audience == Audience.MEETING and v.version == version)
        put = AnnotationsPut(document_id=document.id, items=tuple(shared))
        _publish_to_room(tx, actor, readable, version, put)
    own: dict[str, list[AnnotationView]] = defaultdict(list)
    cannot_read = _cannot_read(tx.session, document, made)
    for view, one in zip(views, made, strict=True):
        for user_id in _stream_owners(one):
            if (user_id, one.version) not in cannot_read:
                own[user_id].append(view)
    for user_id, items in sorted(own.items()):
        tx.publish_to_user(user_id, OwnAnnotationsPut(document_id=document.id, items=tuple(items)))
    return views


def publish_removed(tx: Tx, actor: Actor, readable: ReadableDocument, one: Annotation) -> None:
    """Publish the removal of an annotation to everyone who saw it."""
    if one.audience is Audience.MEETING:
        _publish_lost_by_room(tx, actor, readable, one)
    for user_id in _stream_owners(one):
        _publish_lost_by_person(tx, user_id, one)


def _cannot_read(
    session: Session, document: Document, made: Iterable[Annotation]
) -> set[tuple[str, int]]:
    """Return recipients, with the version, who can no longer read the document. They receive no
    new annotations."""
    sent = {(one.recipient_id, one.version, one.author_id) for one in made if one.recipient_id}
    return {
        (user_id, version)
        for user_id, version, author_id in sent
        if user_id != author_id and not may_read_version(session, document, version, user_id)
    }


def _stream_owners(one: Annotation) -> tuple[str, ...]:
    """Return the people who receive the annotation on their user stream."""
    if one.audience is Audience.MEETING:
        return ()
    if one.recipient_id is None or one.recipient_id == one.author_id:
        return (one.author_id,)
    return one.author_id, one.recipient_id


def _publish_lost(
    tx: Tx, actor: Actor, readable: ReadableDocument, one: Annotation, before: Seen | None
) -> None:
    """Publish a removal to the room or the recipient that lost access; the author keeps it."""
    audience, recipient = before or (one.audience, one.recipient_id)
    if audience is Audience.MEETING and one.audience is not Audience.MEETING:
        _publish_lost_by_room(tx, actor, readable, one)
    if recipient is not None and recipient not in (one.recipient_id, one.author_id):
        if one.audience is not Audience.MEETING:
            _publish_lost_by_person(tx, recipient, one)


def _publish_lost_by_room(
    tx: Tx, actor: Actor, readable: ReadableDocument, one: Annotation
) -> None:
    gone = AnnotationsRemoved(document_id=one.document_id, items=tuple(_removed([one])))
    _publish_to_room(tx, actor, readable, one.version, gone)


def _publish_lost_by_person(tx: Tx, user_id: str, one: Annotation) -> None:
    gone = OwnAnnotationsRemoved(document_id=one.document_id, items=tuple(_removed([one])))
    tx.publish_to_user(user_id, gone)


def _removed(gone: Iterable[Annotation]) -> Iterable[Removed]:
    return (Removed(one.id, one.version, one.page, one.revision) for one in gone)


def _publish_to_room(
    tx: Tx,
    actor: Actor,
    readable: ReadableDocument,
    version: int,
    event: AnnotationsPut | AnnotationsRemoved,
) -> None:
    audience = readers_of_version(tx.session, readable.document, version)
    tx.publish(readable.access.room_id, event, actor=actor, audience=audience)
