"""Access checks for documents and versions, and the roles that may read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.app_context import current_context
from core.db.database import keep
from core.errors import NotFound
from core.permissions import Role
from documents import reading_rules
from documents.containers import Container, ContainerAccess, access_to
from documents.declares import Action
from documents.models import Document, DocumentVersion

LARGEST_NUMBER = 1_000_000
"""Maximum version number. A client may send larger integers than the database can store."""
_VERSIONS = "versions"
_BY_NUMBER = select(DocumentVersion).where(
    DocumentVersion.document_id == bindparam("document"),
    DocumentVersion.number == bindparam("number"),
)


@dataclass(frozen=True, slots=True)
class ReadableDocument:
    """A document that a person may read. roles: the person's roles that permit the action."""

    document: Document
    access: ContainerAccess
    roles: frozenset[Role]


def changeable_container(
    session: Session, actor: Actor, action: StrEnum, container: Container
) -> ContainerAccess:
    """Access to a container whose documents the person may change with this action.

    Raises: NotFound (no such container), NotAllowed, the owner's refusal when it is closed.
    """
    access = access_to(session, actor.user_id, container)
    current_context().permissions.allow_in_room(actor, action, access.roles)
    access.check_open()
    return access


def readable_document(
    session: Session, actor: Actor, document_id: str, action: StrEnum = Action.READ
) -> ReadableDocument:
    """A document that this person may read.

    action: the action to authorize, if it is not just reading. Only roles that permit the action
    count: an administrator annotates with their role in the room.
    Raises: NotAllowed (no role in the container), NotFound (the document does not exist or the
    person may not read it).
    """
    document = session.get(Document, document_id)
    if document is None:
        raise NotFound(kind="document")
    keep(session, document)
    access = access_to(session, actor.user_id, document.container)
    permissions = current_context().permissions
    roles = permissions.allow_in_room(actor, action, access.roles)
    roles &= permissions.rows[action.value]
    if not reading_rules.may_read(
        roles,
        published=document.published_at is not None,
        open_to_guests=document.open_to_guests,
    ):
        raise NotFound(kind="document")
    return ReadableDocument(document, access, roles)


def readable_version(
    session: Session, actor: Actor, document_id: str, number: int
) -> DocumentVersion:
    """A version that this person may read. Raises: NotAllowed, NotFound."""
    found = readable_document(session, actor, document_id)
    document = found.document
    version = find_version(session, document_id, number)
    if version is None or not reading_rules.version_shown(
        found.roles,
        wanted=number,
        first=first_shown(session, document, number),
        current=document.current_version,
    ):
        raise NotFound(kind="version")
    return version


def find_version(session: Session, document_id: str, number: int) -> DocumentVersion | None:
    """A version by its number, cached per session. None when there is no such version."""
    if not 1 <= number <= LARGEST_NUMBER:
        return None
    cache = session.info.setdefault(_VERSIONS, {})
    found: DocumentVersion | None = cache.get((document_id, number))
    if found is None:
        found = session.scalar(_BY_NUMBER, {"document": document_id, "number": number})
        if found is not None:
            cache[document_id, number] = found
    return found


def readers_of_version(session: Session, document: Document, version: int) -> frozenset[Role]:
    """The roles of the room that may read a version of a document."""
    first = first_shown(session, document, version)
    shown = first <= version <= document.current_version
    return reading_rules.readers(
        published=document.published_at is not None and shown,
        open_to_guests=document.open_to_guests,
    )


def may_read_version(session: Session, document: Document, version: int, user_id: str) -> bool:
    """Whether a person's role in the room permits reading a version of a document."""
    roles = access_to(session, user_id, document.container).roles
    return bool(roles & readers_of_version(session, document, version))


def first_shown(session: Session, document: Document, wanted: int) -> int:
    """The number of the first published version, for the access check of version `wanted`.

    Returns the current number if the document is unpublished or `wanted` is not older than it.
    Until a document is published, its newest version is the current one. The first published
    version is therefore the newest one that existed at the time of publication.
    """
    if document.published_at is None or wanted >= document.current_version:
        return document.current_version
    newest_query = select(func.max(DocumentVersion.number)).where(
        DocumentVersion.document_id == document.id,
        DocumentVersion.created_at <= document.published_at,
    )
    return session.scalar(newest_query) or document.current_version


def first_shown_of(session: Session, documents: Sequence[Document]) -> dict[str, int]:
    """The number of the first published version of each document, in one query."""
    newest_query = (
        select(DocumentVersion.document_id, func.max(DocumentVersion.number).label("newest"))
        .join(Document, Document.id == DocumentVersion.document_id)
        .where(
            Document.id.in_([document.id for document in documents]),
            DocumentVersion.created_at <= Document.published_at,
        )
        .group_by(DocumentVersion.document_id)
    )
    first = {row.document_id: row.newest for row in session.execute(newest_query)}
    return {
        document.id: min(first.get(document.id, document.current_version), document.current_version)
        for document in documents
    }
