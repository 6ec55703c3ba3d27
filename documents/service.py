"""The verbs of papers."""

from collections.abc import Iterable, Sequence

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from core.actor import Actor
from core.ids import new_id
from core.transaction import Tx, transaction
from documents.annotations.service import remove_all_of
from documents.declares import (
    Action,
    DocumentNotReady,
    DocumentOrderIncomplete,
    DocumentsReordered,
    DocumentView,
    JobKind,
)
from documents.models import Document, DocumentVersion, VersionStatus
from documents.publishing import (
    notify_version_published,
    publish_put,
    publish_put_to_staff,
    publish_removed,
)
from documents.queries import DocumentDetail, document_detail, document_view
from documents.shelves import Shelf, keeper_of


class StoredFile(msgspec.Struct, frozen=True):
    """An original that lies in the storage already. `size` in bytes."""

    sha256: str
    size: int
    file_name: str


class Accepted(msgspec.Struct, frozen=True):
    """The paper (or version) is taken in and will be processed."""

    id: str
    version: int


class DocumentChanges(msgspec.Struct, frozen=True):
    """What may be changed of a paper; a field left out stays."""

    title: str | UnsetType = UNSET
    kind: str | UnsetType = UNSET
    open_to_guests: bool | UnsetType = UNSET


class DocumentList(msgspec.Struct, frozen=True):
    """The papers of one shelf, in order."""

    items: list[DocumentView]
    next: None = None


def add_document(actor: Actor, shelf: Shelf, file: StoredFile, title: str, kind: str) -> Accepted:
    """Lay a new paper at the end of a shelf and have it processed.

    Raises: NotFound (no such shelf), NotAllowed, the keeper's refusal when the shelf is closed.
    """
    with transaction() as tx:
        _allow_on_shelf(tx, actor, Action.ADD, shelf)
        document = Document(
            id=new_id(),
            shelf_kind=shelf.kind,
            shelf_id=shelf.id,
            title=title,
            kind=kind,
            position=_last_position(tx.session, shelf) + 1,
            current_version=1,
            created_by=actor.user_id,
            created_at=tx.at,
        )
        tx.session.add(document)
        _append_version(tx, actor, document, file)
        tx.audit(actor, Action.ADD, document, title=title, sha256=file.sha256)
        publish_put(tx, document, actor)
        return tx.answers(Accepted(document.id, 1))


def add_version(actor: Actor, document_id: str, file: StoredFile) -> Accepted:
    """Take in a newer file of a paper.

    Of a published paper it becomes the current version for everybody when it is ready, of an
    unpublished one at once. Raises: NotFound, NotAllowed, the keeper's refusal.
    """
    with transaction() as tx:
        document = _change(tx, actor, Action.ADD_VERSION, document_id)
        version = _append_version(tx, actor, document, file)
        published = document.published_at is not None
        if not published:
            document.current_version = version.number
        tx.audit(actor, Action.ADD_VERSION, document, number=version.number, sha256=file.sha256)
        (publish_put_to_staff if published else publish_put)(tx, document, actor)
        return tx.answers(Accepted(document.id, version.number))


def change_document(actor: Actor, document_id: str, changes: DocumentChanges) -> DocumentDetail:
    """Change title, kind or whether guests may read it. Raises: NotFound, NotAllowed."""
    with transaction() as tx:
        document = _change(tx, actor, Action.CHANGE, document_id)
        given = {
            name: getattr(changes, name)
            for name in changes.__struct_fields__
            if getattr(changes, name) is not UNSET
        }
        shown_to_guests = document.published_at is not None and document.open_to_guests
        closing = shown_to_guests and given.get("open_to_guests") is False
        for name, value in given.items():
            setattr(document, name, value)
        tx.audit(actor, Action.CHANGE, document, fields=sorted(given))
        publish_put(tx, document, actor, closed_to_guests=closing)
        return _detail(tx, actor, document)


def publish_document(actor: Actor, document_id: str) -> DocumentDetail:
    """Show a paper to its readers; publishing again changes nothing.

    Raises: DocumentNotReady (its pages are not drawn, or it failed), NotFound, NotAllowed.
    """
    with transaction() as tx:
        document = _change(tx, actor, Action.PUBLISH, document_id)
        if document.published_at is None:
            if not _is_ready(document):
                raise DocumentNotReady()
            _publish(tx, document, actor)
        return _detail(tx, actor, document)


def remove_document(actor: Actor, document_id: str) -> None:
    """Take a paper off its shelf for good, with all versions.

    Raises: NotFound, NotAllowed, DocumentInVote, the keeper's refusal.
    """
    with transaction() as tx:
        document = _change(tx, actor, Action.REMOVE, document_id)
        keeper_of(document.shelf).check_removable(tx.session, document.shelf, document.id)
        tx.audit(actor, Action.REMOVE, document, title=document.title)
        publish_removed(tx, document, actor)
        remove_all_of(tx.session, [document.id])
        tx.session.delete(document)
        tx.answers({})


def reorder_documents(actor: Actor, shelf: Shelf, ids: Sequence[str]) -> DocumentList:
    """Put the papers of a shelf in the given order.

    ids: every paper of the shelf, each once. Raises: DocumentOrderIncomplete, NotAllowed.
    """
    with transaction() as tx:
        _allow_on_shelf(tx, actor, Action.REORDER, shelf)
        by_id = {document.id: document for document in _on_shelves(tx.session, [shelf])}
        if len(ids) != len(by_id) or set(ids) != set(by_id):
            raise DocumentOrderIncomplete()
        for place, document_id in enumerate(ids, start=1):
            by_id[document_id].position = place
        for document in by_id.values():
            tx.audit(actor, Action.REORDER, document, position=document.position)
        room_id = keeper_of(shelf).room_id(tx.session, shelf)
        if room_id is not None:
            tx.publish(room_id, DocumentsReordered(shelf=shelf, ids=tuple(ids)), actor=actor)
        ordered = [document_view(by_id[document_id], preparing=True) for document_id in ids]
        return tx.answers(DocumentList(ordered))


def publish_ready(tx: Tx, shelves: Iterable[Shelf], actor: Actor) -> None:
    """Publish every ready paper of these shelves; part of the caller's own transaction and act."""
    for document in _on_shelves(tx.session, shelves):
        if document.published_at is None and _is_ready(document):
            _publish(tx, document, actor)


def remove_shelves(tx: Tx, shelves: Iterable[Shelf]) -> None:
    """Remove every paper of shelves that go away with their owner; the room is gone with them."""
    documents = _on_shelves(tx.session, shelves)
    remove_all_of(tx.session, [document.id for document in documents])
    for document in documents:
        tx.session.delete(document)


def has_papers(session: Session, shelf: Shelf) -> bool:
    """Whether anything lies on a shelf."""
    one = select(Document.id).where(
        Document.shelf_kind == shelf.kind, Document.shelf_id == shelf.id
    )
    return session.scalar(one.limit(1)) is not None


def _allow_on_shelf(tx: Tx, actor: Actor, action: Action, shelf: Shelf) -> None:
    tx.allow(actor, action, shelf)
    keeper_of(shelf).check_open(tx.session, shelf)


def _change(tx: Tx, actor: Actor, action: Action, document_id: str) -> Document:
    document = tx.lock(Document, document_id)
    tx.allow(actor, action, document)
    keeper_of(document.shelf).check_open(tx.session, document.shelf)
    return document


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
    document.versions.append(version)
    tx.session.flush()
    tx.enqueue(JobKind.LOOK, version_id=version.id)
    return version


def _publish(tx: Tx, document: Document, actor: Actor) -> None:
    document.published_at = tx.at
    tx.audit(actor, Action.PUBLISH, document, version=document.current_version)
    publish_put(tx, document, actor)
    notify_version_published(tx, document)


def _is_ready(document: Document) -> bool:
    current = next(v for v in document.versions if v.number == document.current_version)
    return current.status is VersionStatus.READY


def _last_position(session: Session, shelf: Shelf) -> int:
    last = select(func.max(Document.position)).where(
        Document.shelf_kind == shelf.kind, Document.shelf_id == shelf.id
    )
    return session.scalar(last) or 0


def _on_shelves(session: Session, shelves: Iterable[Shelf]) -> Sequence[Document]:
    names = [(shelf.kind, shelf.id) for shelf in shelves]
    place = tuple_(Document.shelf_kind, Document.shelf_id)
    return session.scalars(
        select(Document).where(place.in_(names)).order_by(Document.position, Document.id)
    ).all()


def _detail(tx: Tx, actor: Actor, document: Document) -> DocumentDetail:
    roles = keeper_of(document.shelf).roles(tx.session, actor, document.shelf)
    return tx.answers(document_detail(tx.session, document, roles))
