"""Who has which roles towards papers and shelves, and papers found for a reader."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select
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


def _shelf_roles(session: Session, actor: Actor, shelf: Shelf) -> frozenset[Role]:
    return keeper_of(shelf).roles(session, actor, shelf)


def _document_roles(session: Session, actor: Actor, document: Document) -> frozenset[Role]:
    return _shelf_roles(session, actor, document.shelf)


resolvers: Mapping[type[Any], Resolver] = {Shelf: _shelf_roles, Document: _document_roles}
"""For `Permissions.resolve`, at assembly."""


def readable_document(
    session: Session, actor: Actor, document_id: str, action: StrEnum = Action.READ
) -> tuple[Document, frozenset[Role]]:
    """A paper that this person may read, and the person's roles towards it.

    action: what is done with it that needs to be allowed, when it is more than reading.
    Raises: NotAllowed (no part in the shelf), NotFound (no such paper, or not for this reader).
    """
    document = session.get(Document, document_id)
    if document is None:
        raise NotFound(kind="document")
    keep(session, document)
    roles = house().permissions.allow(session, actor, action, document)
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
    """A version by its number, whatever number somebody asks for."""
    if not 1 <= number <= LARGEST_NUMBER:
        return None
    return session.scalar(
        select(DocumentVersion).where(
            DocumentVersion.document_id == document_id, DocumentVersion.number == number
        )
    )


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
