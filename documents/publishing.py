"""Publishes document events to the container's room. Each role receives only what it may read."""

from core.actor import Actor
from core.permissions import IN_THE_ROOM, STAFF, Role
from core.transactions.transaction import Tx
from documents import reading_rules
from documents.containers import PublishedVersion, policy_of
from documents.declares import DocumentPut, DocumentRemoved, DocumentView, Shelf
from documents.models import Document
from documents.queries import document_view


def publish_put(
    tx: Tx,
    room_id: str,
    document: Document,
    actor: Actor | None,
    *,
    closed_to_guests: bool = False,
) -> None:
    """Publish the whole document to the roles of the room that may read it.

    closed_to_guests: guests could read it until now; they receive `DocumentRemoved`.
    """
    tx.session.flush()
    readers = readers_of(document)
    prepared = document_view(document, preparing=True)
    read = document_view(document, preparing=False)
    if prepared == read:
        _put(tx, room_id, document, actor, readers, read)
    else:
        _put(tx, room_id, document, actor, STAFF, prepared)
        _put(tx, room_id, document, actor, readers - STAFF, read)
    if closed_to_guests:
        _removed(tx, room_id, document, actor, IN_THE_ROOM - readers)


def notify_version_published(tx: Tx, document: Document) -> None:
    """Notify the container's owner that the document's current version is published to readers."""
    current = next(one for one in document.versions if one.number == document.current_version)
    version = PublishedVersion(document.id, current.number, document.title, current.sha256)
    policy_of(document.container).on_version_published(tx, document.container, version)


def publish_put_to_staff(tx: Tx, room_id: str, document: Document, actor: Actor | None) -> None:
    """Publish the document to chair and secretary, when the change is visible only to them."""
    tx.session.flush()
    _put(tx, room_id, document, actor, STAFF, document_view(document, preparing=True))


def publish_removed(tx: Tx, room_id: str, document: Document, actor: Actor | None) -> None:
    """Publish `DocumentRemoved` to the roles that could read the document."""
    _removed(tx, room_id, document, actor, readers_of(document))


def readers_of(document: Document) -> frozenset[Role]:
    """The roles of the room that may read the document now."""
    return reading_rules.readers(
        published=document.published_at is not None, open_to_guests=document.open_to_guests
    )


def _put(
    tx: Tx,
    room_id: str,
    document: Document,
    actor: Actor | None,
    audience: frozenset[Role],
    view: DocumentView,
) -> None:
    if audience:
        shelf = Shelf(document.container_kind, document.container_id)
        put = DocumentPut(shelf=shelf, document=view)
        tx.publish(room_id, put, actor=actor, audience=audience)


def _removed(
    tx: Tx, room_id: str, document: Document, actor: Actor | None, audience: frozenset[Role]
) -> None:
    tx.publish(room_id, DocumentRemoved(document_id=document.id), actor=actor, audience=audience)
