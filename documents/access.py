"""Who has which roles towards papers and shelves, and papers found for a reader."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.errors import NotFound
from core.house import house
from core.permissions import Resolver, Role
from documents import reading_rules
from documents.declares import Action
from documents.models import Document, DocumentVersion
from documents.shelves import Shelf, keeper_of


def _shelf_roles(session: Session, actor: Actor, shelf: Shelf) -> frozenset[Role]:
    return keeper_of(shelf).roles(session, actor, shelf)


def _document_roles(session: Session, actor: Actor, document: Document) -> frozenset[Role]:
    return _shelf_roles(session, actor, document.shelf)


resolvers: Mapping[type[Any], Resolver] = {Shelf: _shelf_roles, Document: _document_roles}
"""For `Permissions.resolve`, at assembly."""


def readable_document(
    session: Session, actor: Actor, document_id: str
) -> tuple[Document, frozenset[Role]]:
    """A paper that this person may read, and the person's roles towards it.

    Raises: NotAllowed (no part in the shelf), NotFound (no such paper, or not for this reader).
    """
    document = session.get(Document, document_id)
    if document is None:
        raise NotFound(kind="document")
    roles = house().permissions.allow(session, actor, Action.READ, document)
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
    version = session.scalar(
        select(DocumentVersion).where(
            DocumentVersion.document_id == document_id, DocumentVersion.number == number
        )
    )
    shown = reading_rules.version_shown(roles, wanted=number, current=document.current_version)
    if version is None or not shown:
        raise NotFound(kind="version")
    return version
