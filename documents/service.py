"""Commands that add, change, publish, reorder and remove documents."""

from collections.abc import Iterable, Sequence

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.ids import new_id
from core.patch import apply_patch, given_fields
from core.permissions import account_roles
from core.transactions.transaction import Tx, transaction
from documents.access import changeable_container
from documents.annotations.erasing import remove_all_of
from documents.containers import Container, ContainerAccess, access_to, policy_of
from documents.conversion.formats import Format
from documents.declares import (
    Action,
    DocumentNotReady,
    DocumentOrderIncomplete,
    DocumentsReordered,
    DocumentView,
    Shelf,
)
from documents.ingest.store import first_stage
from documents.models import Document, DocumentVersion, VersionStatus
from documents.publishing import (
    notify_version_published,
    publish_put,
    publish_put_to_staff,
    publish_removed,
)
from documents.queries import DocumentDetail, document_detail, document_view, documents_in
from documents.quotas import check_quotas


class StoredFile(msgspec.Struct, frozen=True):
    """An uploaded file that is already in the storage. `size` in bytes."""

    sha256: str
    size: int
    file_name: str
    format: Format = Format.PDF


class Accepted(msgspec.Struct, frozen=True):
    """The document (or version) is stored and queued for processing."""

    id: str
    version: int


class DocumentChanges(msgspec.Struct, frozen=True):
    """Changes to a document. An omitted field keeps its value."""

    title: str | UnsetType = UNSET
    kind: str | UnsetType = UNSET
    open_to_guests: bool | UnsetType = UNSET


class DocumentList(msgspec.Struct, frozen=True):
    """The documents of one container, in order."""

    items: list[DocumentView]
    next: None = None


def add_document(
    actor: Actor, container: Container, file: StoredFile, title: str, kind: str
) -> Accepted:
    """Add a document at the end of a container and queue it for processing.

    Raises: NotFound (no such container), NotAllowed, the owner's refusal when the container is
    closed, PersonQuotaReached, MeetingQuotaReached.
    """
    with transaction() as tx:
        access = changeable_container(tx.session, actor, Action.ADD, container)
        check_quotas(tx.session, actor.user_id, container, file.size)
        document = Document(
            id=new_id(),
            container_kind=container.kind,
            container_id=container.id,
            title=title,
            kind=kind,
            position=_last_position(tx.session, container) + 1,
            current_version=1,
            created_by=actor.user_id,
            created_at=tx.at,
        )
        tx.session.add(document)
        _append_version(tx, actor, document, file)
        tx.audit(actor, Action.ADD, document, title=title, sha256=file.sha256)
        publish_put(tx, access.room_id, document, actor)
        return tx.answers(Accepted(document.id, 1))


def add_version(actor: Actor, document_id: str, file: StoredFile) -> Accepted:
    """Add a newer version to a document and queue it for processing.

    The version becomes current when it is ready if the document is published, otherwise at once.
    Raises: NotFound, NotAllowed, the owner's refusal, PersonQuotaReached, MeetingQuotaReached.
    """
    with transaction() as tx:
        document, access = _change(tx, actor, Action.ADD_VERSION, document_id)
        check_quotas(tx.session, actor.user_id, document.container, file.size)
        version = _append_version(tx, actor, document, file)
        published = document.published_at is not None
        if not published:
            document.current_version = version.number
        tx.audit(actor, Action.ADD_VERSION, document, number=version.number, sha256=file.sha256)
        publish = publish_put_to_staff if published else publish_put
        publish(tx, access.room_id, document, actor)
        return tx.answers(Accepted(document.id, version.number))


def change_document(actor: Actor, document_id: str, changes: DocumentChanges) -> DocumentDetail:
    """Change the title, the kind, or whether guests may read it. Raises: NotFound, NotAllowed."""
    with transaction() as tx:
        document, access = _change(tx, actor, Action.CHANGE, document_id)
        given = given_fields(changes)
        shown_to_guests = document.published_at is not None and document.open_to_guests
        closing = shown_to_guests and given.get("open_to_guests") is False
        apply_patch(document, changes)
        tx.audit(actor, Action.CHANGE, document, fields=sorted(given))
        publish_put(tx, access.room_id, document, actor, closed_to_guests=closing)
        return _detail(tx, actor, document, access)


def publish_document(actor: Actor, document_id: str) -> DocumentDetail:
    """Publish a document to its readers. Idempotent.

    Raises: DocumentNotReady (its pages are not rendered, or it failed), NotFound, NotAllowed.
    """
    with transaction() as tx:
        document, access = _change(tx, actor, Action.PUBLISH, document_id)
        if document.published_at is None:
            if not _is_ready(document):
                raise DocumentNotReady()
            _publish(tx, access.room_id, document, actor)
        return _detail(tx, actor, document, access)


def remove_document(actor: Actor, document_id: str) -> None:
    """Permanently remove a document with all its versions.

    Raises: NotFound, NotAllowed, DocumentInVote, the owner's refusal.
    """
    with transaction() as tx:
        document, access = _change(tx, actor, Action.REMOVE, document_id)
        policy_of(document.container).check_removable(tx.session, document.container, document.id)
        tx.audit(actor, Action.REMOVE, document, title=document.title)
        publish_removed(tx, access.room_id, document, actor)
        remove_all_of(tx.session, [document.id], access.room_id)
        tx.session.delete(document)
        tx.answers({})


def reorder_documents(actor: Actor, container: Container, ids: Sequence[str]) -> DocumentList:
    """Set the order of the documents of a container.

    ids: every document of the container, each once. Raises: DocumentOrderIncomplete, NotAllowed.
    """
    with transaction() as tx:
        access = changeable_container(tx.session, actor, Action.REORDER, container)
        by_id = {document.id: document for document in documents_in(tx.session, [container])}
        if len(ids) != len(by_id) or set(ids) != set(by_id):
            raise DocumentOrderIncomplete()
        for place, document_id in enumerate(ids, start=1):
            by_id[document_id].position = place
        for document in by_id.values():
            tx.audit(actor, Action.REORDER, document, position=document.position)
        shelf = Shelf(container.kind, container.id)
        reordered = DocumentsReordered(shelf=shelf, ids=tuple(ids))
        tx.publish(access.room_id, reordered, actor=actor)
        ordered = [document_view(by_id[document_id], preparing=True) for document_id in ids]
        return tx.answers(DocumentList(ordered))


def publish_ready(tx: Tx, containers: Iterable[Container], actor: Actor) -> None:
    """Publish every ready document of these containers, as part of the caller's action."""
    for document in documents_in(tx.session, containers):
        if document.published_at is None and _is_ready(document):
            access = access_to(tx.session, None, document.container)
            _publish(tx, access.room_id, document, actor)


def remove_containers(tx: Tx, containers: Iterable[Container]) -> None:
    """Remove all documents of containers that their owner deletes together with their room."""
    documents = documents_in(tx.session, containers)
    remove_all_of(tx.session, [document.id for document in documents], None)
    for document in documents:
        tx.session.delete(document)


def has_documents(session: Session, container: Container) -> bool:
    """Whether a container holds a document."""
    one = select(Document.id).where(
        Document.container_kind == container.kind, Document.container_id == container.id
    )
    return session.scalar(one.limit(1)) is not None


def _change(
    tx: Tx, actor: Actor, action: Action, document_id: str
) -> tuple[Document, ContainerAccess]:
    document = tx.lock(Document, document_id)
    return document, changeable_container(tx.session, actor, action, document.container)


def _append_version(tx: Tx, actor: Actor, document: Document, file: StoredFile) -> DocumentVersion:
    version = DocumentVersion(
        id=new_id(),
        number=max((one.number for one in document.versions), default=0) + 1,
        status=VersionStatus.PROCESSING,
        sha256=file.sha256,
        size=file.size,
        file_name=file.file_name,
        pages_done=0,
        created_by=actor.user_id,
        created_at=tx.at,
    )
    if file.format is not Format.PDF:
        version.source_sha256, version.source_size = file.sha256, file.size
        version.source_format = file.format
    document.versions.append(version)
    tx.session.flush()
    tx.enqueue(first_stage(version), version_id=version.id)
    return version


def _publish(tx: Tx, room_id: str, document: Document, actor: Actor) -> None:
    document.published_at = tx.at
    tx.audit(actor, Action.PUBLISH, document, version=document.current_version)
    publish_put(tx, room_id, document, actor)
    notify_version_published(tx, document)


def _is_ready(document: Document) -> bool:
    current = next(v for v in document.versions if v.number == document.current_version)
    return current.status is VersionStatus.READY


def _last_position(session: Session, container: Container) -> int:
    last = select(func.max(Document.position)).where(
        Document.container_kind == container.kind, Document.container_id == container.id
    )
    return session.scalar(last) or 0


def _detail(tx: Tx, actor: Actor, document: Document, access: ContainerAccess) -> DocumentDetail:
    roles = account_roles(actor) | access.roles
    return tx.answers(document_detail(tx.session, document, roles))
