"""Who has which roles towards papers and shelves, and papers found for a reader."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.database import keep
from core.errors import NotFound
from core.house import house
from core.permissions import Resolver, Role
from documents import reading_rules
from documents.declares import Action
from documents.models import Document, DocumentVersion
from documents.shelves import Shelf, keeper_of

LARGEST_NUMBER = 1_000_000
"""Of a version; the database keeps no number of any size that a client may send."""
_FOUND = "versions"
_BY_NUMBER = select(DocumentVersion).where(
    DocumentVersion.document_id == bindparam("paper"),
    DocumentVersion.number == bindparam("number"),
)


def _shelf_roles(session: Session, actor: Actor, shelf: Shelf) -> frozenset[Role]:
    return keeper_of(shelf).roles(session, actor, shelf)


def _document_roles(session: Session, actor: Actor, document: Document) -> frozenset[Role]:
    return _shelf_roles(session, actor, document.shelf)


resolvers: Mapping[type[Any], Resolver] = {Shelf: _shelf_roles, Document: _document_roles}
"""For `Permissions.resolve`, at assembly."""


def readable_document(
    session: Session, actor: Actor, document_id: str, action: StrEnum = Action.READ
) -> tuple[Document, frozenset[Role]]:
    """A paper that this person may read, and the roles by which the person may.

    action: what is done with it that needs to be allowed, when it is more than reading. Only roles
    that it is allowed to count: an administrator annotates as what their seat in the room makes
    them.
    Raises: NotAllowed (no part in the shelf), NotFound (no such paper, or not for this reader).
    """
    document = session.get(Document, document_id)
    if document is None:
        raise NotFound(kind="document")
    keep(session, document)
    permissions = house().permissions
    roles = permissions.allow(session, actor, action, document) & permissions.rows[action.value]
    if not reading_rules.may_read(
        roles,
        published=document.published_at is not None,
        open_to_guests=document.open_to_guests,
    ):
        raise NotFound(kind="document")
    return document, roles


def readable_version(
    session: Session, actor: Actor, document_id: str, number: int
) -> DocumentVersion:
    """A version that this person may read. Raises: NotAllowed, NotFound."""
    document, roles = readable_document(session, actor, document_id)
    version = find_version(session, document_id, number)
    if version is None or not reading_rules.version_shown(
        roles,
        wanted=number,
        first=first_shown(session, document, number),
        current=document.current_version,
    ):
        raise NotFound(kind="version")
    return version


def find_version(session: Session, document_id: str, number: int) -> DocumentVersion | None:
    """A version by its number, whatever number somebody asks for; once for each session."""
    if not 1 <= number <= LARGEST_NUMBER:
        return None
    kept = session.info.setdefault(_FOUND, {})
    found: DocumentVersion | None = kept.get((document_id, number))
    if found is None:
        found = session.scalar(_BY_NUMBER, {"paper": document_id, "number": number})
        if found is not None:
            kept[document_id, number] = found
    return found


def readers_of_version(session: Session, document: Document, version: int) -> frozenset[Role]:
    """The roles of the room that may read a version of a paper."""
    first = first_shown(session, document, version)
    shown = first <= version <= document.current_version
    return reading_rules.readers(
        published=document.published_at is not None and shown,
        open_to_guests=document.open_to_guests,
    )


def may_read_version(session: Session, document: Document, version: int, user_id: str) -> bool:
    """Whether a person's role in the room permits reading a version of a document."""
    roles = keeper_of(document.shelf).seat_roles(session, user_id, document.shelf)
    return bool(roles & readers_of_version(session, document, version))


def first_shown(session: Session, document: Document, wanted: int) -> int:
    """The first version that readers were shown, as far as it decides about the wanted one.

    Until a paper is published its newest version is the current one; so the first one shown is the
    newest of those that were there when it was published.
    """
    if document.published_at is None or wanted >= document.current_version:
        return document.current_version
    there = select(func.max(DocumentVersion.number)).where(
        DocumentVersion.document_id == document.id,
        DocumentVersion.created_at <= document.published_at,
    )
    return session.scalar(there) or document.current_version


def first_shown_of(session: Session, documents: Sequence[Document]) -> dict[str, int]:
    """The first version of each paper that readers were shown, in one query."""
    there = (
        select(DocumentVersion.document_id, func.max(DocumentVersion.number).label("newest"))
        .join(Document, Document.id == DocumentVersion.document_id)
        .where(
            Document.id.in_([document.id for document in documents]),
            DocumentVersion.created_at <= Document.published_at,
        )
        .group_by(DocumentVersion.document_id)
    )
    first = {row.document_id: row.newest for row in session.execute(there)}
    return {
        document.id: min(first.get(document.id, document.current_version), document.current_version)
        for document in documents
    }
