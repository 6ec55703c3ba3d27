"""Who is told of an annotation: the room, when it is for the room; else its author and its
recipient, each on a stream of their own, and nobody besides."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from core.actor import Actor
from core.transaction import Tx
from documents.access import readers_of_version
from documents.annotation_rules import Audience
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
from documents.models import Document
from documents.shelves import keeper_of

Seen = tuple[Audience, str | None]
"""Audience and recipient."""


def tell_put(
    tx: Tx,
    actor: Actor,
    document: Document,
    made: Sequence[Annotation],
    before: Seen | None = None,
) -> list[AnnotationView]:
    """Give annotations whole to who sees them, and answer them as they were given.

    before: who saw the one that was changed.
    """
    views = views_of(tx.session, [one.id for one in made])
    for one in made if before is not None else ():
        _tell_who_lost_it(tx, actor, document, one, before)
    for version in sorted({one.version for one in made if one.audience is Audience.MEETING}):
        shared = (v for v in views if v.audience == Audience.MEETING and v.version == version)
        put = AnnotationsPut(document_id=document.id, items=tuple(shared))
        _tell_room(tx, actor, document, version, put)
    own: dict[str, list[AnnotationView]] = defaultdict(list)
    shut_out = _shut_out(tx.session, document, made)
    for view, one in zip(views, made, strict=True):
        for user_id in _people(one):
            if (user_id, one.version) not in shut_out:
                own[user_id].append(view)
    for user_id, items in sorted(own.items()):
        tx.publish_mine(user_id, OwnAnnotationsPut(document_id=document.id, items=tuple(items)))
    return views


def tell_removed(tx: Tx, actor: Actor, document: Document, one: Annotation) -> None:
    """Say to who saw it that it is gone."""
    if one.audience is Audience.MEETING:
        _room_lost(tx, actor, document, one)
    for user_id in _people(one):
        _person_lost(tx, user_id, document, one)


def may_read(session: Session, document: Document, version: int, user_id: str) -> bool:
    """Whether somebody's seat in the room lets them read a version of a paper."""
    roles = keeper_of(document.shelf).seat_roles(session, user_id, document.shelf)
    return bool(roles & readers_of_version(session, document, version))


def _shut_out(
    session: Session, document: Document, made: Iterable[Annotation]
) -> set[tuple[str, int]]:
    """Recipients, by version, who lost the paper since it was sent to them: told nothing new."""
    sent = {(one.recipient_id, one.version, one.author_id) for one in made if one.recipient_id}
    return {
        (user_id, version)
        for user_id, version, author_id in sent
        if user_id != author_id and not may_read(session, document, version, user_id)
    }


def _people(one: Annotation) -> tuple[str, ...]:
    """Who is told alone."""
    if one.audience is Audience.MEETING:
        return ()
    if one.recipient_id is None or one.recipient_id == one.author_id:
        return (one.author_id,)
    return one.author_id, one.recipient_id


def _tell_who_lost_it(
    tx: Tx, actor: Actor, document: Document, one: Annotation, before: Seen | None
) -> None:
    """It left the room, or the person that it was for; its author keeps it."""
    audience, recipient = before or (one.audience, one.recipient_id)
    if audience is Audience.MEETING and one.audience is not Audience.MEETING:
        _room_lost(tx, actor, document, one)
    if recipient is not None and recipient not in (one.recipient_id, one.author_id):
        if one.audience is not Audience.MEETING:
            _person_lost(tx, recipient, document, one)


def _room_lost(tx: Tx, actor: Actor, document: Document, one: Annotation) -> None:
    gone = AnnotationsRemoved(document_id=document.id, items=tuple(_removed([one])))
    _tell_room(tx, actor, document, one.version, gone)


def _person_lost(tx: Tx, user_id: str, document: Document, one: Annotation) -> None:
    gone = OwnAnnotationsRemoved(document_id=document.id, items=tuple(_removed([one])))
    tx.publish_mine(user_id, gone)


def _removed(gone: Iterable[Annotation]) -> Iterable[Removed]:
    return (Removed(one.id, one.version, one.page, one.revision) for one in gone)


def _tell_room(
    tx: Tx,
    actor: Actor,
    document: Document,
    version: int,
    event: AnnotationsPut | AnnotationsRemoved,
) -> None:
    room_id = keeper_of(document.shelf).room_id(tx.session, document.shelf)
    if room_id is not None:
        audience = readers_of_version(tx.session, document, version)
        tx.publish(room_id, event, actor=actor, audience=audience)
