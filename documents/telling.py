"""How the room of a shelf is told what became of a paper: to each role what it may see."""

from core.actor import Actor
from core.permissions import IN_THE_ROOM, STAFF, Role
from core.transaction import Tx
from documents import reading_rules
from documents.declares import DocumentPut, DocumentRemoved
from documents.models import Document
from documents.queries import document_view
from documents.shelves import keeper_of


def tell(
    tx: Tx, document: Document, actor: Actor | None, *, closed_to_guests: bool = False
) -> None:
    """Give the paper whole to everyone in the room who may read it.

    closed_to_guests: guests could read it until now, and lose it.
    """
    tx.session.flush()
    room_id = keeper_of(document.shelf).room_id(tx.session, document.shelf)
    if room_id is None:
        return
    readers = readers_of(document)
    prepared = document_view(document, preparing=True)
    read = document_view(document, preparing=False)
    audiences = {readers: read} if prepared == read else {STAFF: prepared, readers - STAFF: read}
    for audience, view in audiences.items():
        if audience:
            put = DocumentPut(shelf=document.shelf, document=view)
            tx.publish(room_id, put, actor=actor, audience=audience)
    if closed_to_guests:
        removed = DocumentRemoved(document_id=document.id)
        tx.publish(room_id, removed, actor=actor, audience=IN_THE_ROOM - readers)


def tell_removed(tx: Tx, document: Document, actor: Actor | None) -> None:
    """Say to those who could read the paper that it is gone."""
    room_id = keeper_of(document.shelf).room_id(tx.session, document.shelf)
    if room_id is not None:
        removed = DocumentRemoved(document_id=document.id)
        tx.publish(room_id, removed, actor=actor, audience=readers_of(document))


def readers_of(document: Document) -> frozenset[Role]:
    """The roles of the room that may read the paper now."""
    return reading_rules.readers(
        published=document.published_at is not None, open_to_guests=document.open_to_guests
    )
