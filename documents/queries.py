"""Read queries for documents, in the shape of a screen or the API."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

import msgspec
from sqlalchemy import bindparam, select, tuple_
from sqlalchemy.orm import Session

from core.actor import Actor
from core.app_context import current_context
from core.db.database import table_of
from core.db.prepared_statements import PreparedQuery
from core.db.room_events import seq_of
from core.db.view_cache import ViewCache
from core.errors import NotFound
from core.i18n import Language, chosen_language, t
from core.permissions import Role
from documents import reading_rules
from documents.access import (
    find_version,
    first_shown,
    readable_document,
    readable_version,
    readers_of_version,
)
from documents.containers import Container, policy_of
from documents.declares import (
    Action,
    DocumentView,
    Progress,
    Shelf,
    SourceNotice,
    SourceView,
    VersionError,
    VersionView,
)
from documents.models import Document, DocumentVersion, VersionStatus
from documents.pages.resolutions import WIDTHS, Run, spread_runs


class DocumentDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A document with all versions that the reader may see, oldest first."""

    id: str
    title: str
    kind: str
    current_version: int
    published_at: datetime | None
    open_to_guests: bool
    shelf: Shelf
    versions: list[VersionView]


class PageView(msgspec.Struct, frozen=True):
    """One page as displayed, in points; `label`: its printed number, may be empty."""

    width_pt: float
    height_pt: float
    label: str
    widths: Sequence[int]


@dataclass(frozen=True, slots=True)
class Presentable:
    """A version that can be presented to a room, and the roles of the room that may read it."""

    container: Container
    page_count: int
    readers: frozenset[Role]


def get_document_json(actor: Actor, document_id: str) -> msgspec.Raw:
    """One document, encoded, shared by all readers with the same roles at one seq of the room.

    Raises: NotFound (also when the person may not read it), NotAllowed.
    """
    context = current_context()
    row = _READING.fetch_one(context.database, of=document_id)
    if row is None:
        raise NotFound(kind="document")
    container = Container(row.container_kind, row.container_id)
    standing = policy_of(container).standing(actor.user_id, container)
    roles = context.permissions.allow_in_room(actor, Action.READ, standing.roles)
    reading = roles & context.permissions.rows[Action.READ.value]
    key = document_id, reading, chosen_language()
    encoded = _details.find(key, standing.seq)
    if encoded is None:
        with context.database.read() as session:
            seq = seq_of(session, standing.room_id)
            found = readable_document(session, actor, document_id)
            detail = document_detail(session, found.document, found.roles)
        encoded = msgspec.Raw(msgspec.json.encode(detail))
        # The roles may have changed between the two reads.
        processing = any(one.status == VersionStatus.PROCESSING for one in detail.versions)
        if found.roles == reading and not processing:
            _details.keep(key, seq, encoded)
    return encoded


def get_page(actor: Actor, document_id: str, number: int, page: int) -> PageView:
    """Size, label and widths of one page. Raises: NotFound, NotAllowed."""
    with current_context().database.read() as session:
        version = readable_version(session, actor, document_id, number)
        return page_view(version, page)


def page_view(version: DocumentVersion, page: int) -> PageView:
    """Size, label and widths of one page. Raises: NotFound (no such page, or not measured yet)."""
    sizes = spread_runs(page_runs(version))
    if not 1 <= page <= len(sizes):
        raise NotFound(kind="page")
    labels = msgspec.json.decode(version.page_labels, type=list[str]) if version.page_labels else []
    width, height = sizes[page - 1]
    return PageView(width, height, labels[page - 1] if labels else "", WIDTHS)


def document_detail(session: Session, document: Document, roles: frozenset[Role]) -> DocumentDetail:
    """A document with the versions that these roles may read."""
    first = first_shown(session, document, wanted=1)
    preparing = bool(roles & reading_rules.PREPARERS)
    return DocumentDetail(
        id=document.id,
        title=document.title,
        kind=document.kind,
        current_version=document.current_version,
        published_at=document.published_at,
        open_to_guests=document.open_to_guests,
        shelf=Shelf(document.container_kind, document.container_id),
        versions=[
            version_view(version, preparing=preparing)
            for version in document.versions
            if reading_rules.version_shown(
                roles, wanted=version.number, first=first, current=document.current_version
            )
        ],
    )


def documents_in(session: Session, containers: Iterable[Container]) -> Sequence[Document]:
    """All documents of these containers, in order of position."""
    names = [(container.kind, container.id) for container in containers]
    name = tuple_(Document.container_kind, Document.container_id)
    return session.scalars(
        select(Document).where(name.in_(names)).order_by(Document.position, Document.id)
    ).all()


def readable_in(
    session: Session, containers: Iterable[Container], roles: frozenset[Role]
) -> dict[Container, list[DocumentView]]:
    """The documents that these roles may read, by container and in order, in two queries."""
    documents = documents_in(session, containers)
    found: dict[Container, list[DocumentView]] = defaultdict(list)
    versions = _versions_from_current(session, documents)
    preparing = bool(roles & reading_rules.PREPARERS)
    for document in documents:
        if reading_rules.may_read(
            roles,
            published=document.published_at is not None,
            open_to_guests=document.open_to_guests,
        ):
            view = _view(document, versions[document.id], preparing=preparing)
            found[document.container].append(view)
    return dict(found)


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """One version of a document, as needed for a record. current: the current version's number."""

    container: Container
    document_id: str
    title: str
    number: int
    sha256: str
    current: int
    published: bool


def version_facts(session: Session, document_id: str, number: int | None) -> VersionFacts | None:
    """A version by its number (None: the current one), or None when it does not exist."""
    document = session.get(Document, document_id)
    if document is None:
        return None
    wanted = document.current_version if number is None else number
    version = find_version(session, document_id, wanted)
    if version is None:
        return None
    return VersionFacts(
        container=document.container,
        document_id=document.id,
        title=document.title,
        number=version.number,
        sha256=version.sha256,
        current=document.current_version,
        published=document.published_at is not None,
    )


def document_view(document: Document, *, preparing: bool) -> DocumentView:
    """A document as it appears in a meeting, for preparers or for readers."""
    shown = [v for v in document.versions if v.number >= document.current_version]
    return _view(document, shown, preparing=preparing)


def presentable(session: Session, document_id: str, version: int) -> Presentable | None:
    """A version and the roles that may read it; None when it does not exist or is not measured."""
    document = session.get(Document, document_id)
    row = find_version(session, document_id, version)
    if document is None or row is None or row.page_count is None:
        return None
    readers = readers_of_version(session, document, version)
    return Presentable(document.container, row.page_count, readers)


def version_view(version: DocumentVersion, *, preparing: bool) -> VersionView:
    """One version, with its texts in the language of the request. preparing: for preparers."""
    code = version.error_code
    return VersionView(
        number=version.number,
        status=version.status.value,
        page_count=version.page_count,
        progress=Progress(version.pages_done, version.page_count or 0),
        bytes=version.size,
        sha256=version.sha256,
        file_name=version.file_name,
        error=VersionError(code, t(f"error.{code}")) if code else None,
        page_sizes=page_runs(version),
        source=_source_view(version) if preparing else None,
    )


def _source_view(version: DocumentVersion) -> SourceView | None:
    if version.source_format is None:
        return None
    return SourceView(
        format=version.source_format,
        bytes=version.source_size or 0,
        converted=version.is_converted,
        notices=[SourceNotice(code, t(f"document.notice_{code}")) for code in version.notice_codes],
    )


def page_runs(version: DocumentVersion) -> list[Run]:
    """The page sizes of a version, run-length encoded; empty until measured."""
    if version.page_sizes is None:
        return []
    return msgspec.json.decode(version.page_sizes, type=list[Run])


def _versions_from_current(
    session: Session, documents: Sequence[Document]
) -> dict[str, list[DocumentVersion]]:
    """For each document id, the current version and all newer ones, by number."""
    found: dict[str, list[DocumentVersion]] = defaultdict(list)
    rows = session.scalars(
        select(DocumentVersion)
        .join(Document, Document.id == DocumentVersion.document_id)
        .where(
            Document.id.in_([document.id for document in documents]),
            DocumentVersion.number >= Document.current_version,
        )
        .order_by(DocumentVersion.number)
    )
    for row in rows:
        found[row.document_id].append(row)
    return found


def _view(document: Document, shown: Sequence[DocumentVersion], *, preparing: bool) -> DocumentView:
    current, *newer = shown
    return DocumentView(
        id=document.id,
        title=document.title,
        kind=document.kind,
        position=document.position,
        current_version=document.current_version,
        published_at=document.published_at,
        open_to_guests=document.open_to_guests,
        version=version_view(current, preparing=preparing),
        next_version=version_view(newer[-1], preparing=True) if newer and preparing else None,
    )


class _ContainerRow(NamedTuple):
    container_kind: str
    container_id: str


_documents = table_of(Document)
_READING = PreparedQuery(
    select(_documents.c.shelf_kind, _documents.c.shelf_id).where(
        _documents.c.id == bindparam("of")
    ),
    _ContainerRow,
)
_details: ViewCache[tuple[str, frozenset[Role], Language], msgspec.Raw] = ViewCache()
