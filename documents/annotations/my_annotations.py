"""Queries of one person's annotations on all documents, and of the documents they annotated.

Results are limited to documents that the person may still read. The number of queries does not
depend on the number of annotations or documents.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta
from sqlalchemy import Row, func, select, tuple_
from sqlalchemy.orm import Session

from accounts.shared.name_rules import fold
from core.actor import Actor
from core.app_context import current_context
from core.offload import yield_control
from core.pagination import cursor_of, read_cursor
from core.permissions import Role, account_roles
from documents import reading_rules
from documents.access import LARGEST_NUMBER, first_shown_of
from documents.annotations.declares import Action, Anchor, AnnotationView
from documents.annotations.kinds.registry import Kind
from documents.annotations.models import Annotation
from documents.annotations.queries import YIELD_AFTER, views_of
from documents.containers import ContainerAccess, access_to_all
from documents.models import Document, DocumentVersion
from documents.pages.resolutions import Run
from documents.queries import page_runs

PAGE_SIZE = 200
"""Annotations on one page of the list. Each pen stroke is an annotation."""

HEAVY_BYTES = 100_000
"""Packed geometry in bytes after which a page of the list ends, regardless of its length."""

MOST_WORDS = 8

UPRIGHT = 1.4142
"""The aspect of a page of unknown size."""


class _Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a page of the list ended."""

    created_at: datetime
    place: Annotated[int, Meta(ge=0, le=LARGEST_NUMBER)]
    id: str


class OwnAnnotation(AnnotationView, frozen=True, kw_only=True):
    """An annotation of the user with its document and meeting.

    current_version: of its document, which may have been replaced since. page_aspect: page height
    divided by page width, to display the geometry undistorted.
    """

    document_title: str
    current_version: int
    page_aspect: float
    meeting_id: str
    meeting_title: str
    meeting_starts_at: datetime


class OwnAnnotationList(msgspec.Struct, frozen=True):
    """One page of the user's annotations, the newest first. `next`: cursor of the next page."""

    items: list[OwnAnnotation]
    next: str | None


class OwnPaper(msgspec.Struct, frozen=True):
    """A document that the user annotated, and the number of annotations."""

    document_id: str
    document_title: str
    meeting_id: str
    meeting_title: str
    annotations: int


class OwnPaperList(msgspec.Struct, frozen=True):
    """The documents that the user annotated, the most recently annotated first."""

    items: list[OwnPaper]
    next: None = None


class OwnFilter(msgspec.Struct, frozen=True):
    """Filter of the list. q: every word must occur in the annotation's text or in its anchor text;
    accents are ignored."""

    document_id: str | None = None
    kind: Kind | None = None
    q: str = ""
    after: str | None = None


@dataclass(frozen=True, slots=True)
class _Readable:
    """A document that the person may read. roles: of the account and in the room."""

    document: Document
    access: ContainerAccess
    roles: frozenset[Role]
    first: int

    def shows(self, version: int) -> bool:
        """Return whether the person may see this version."""
        return reading_rules.version_shown(
            self.roles,
            wanted=version,
            first=self.first,
            current=self.document.current_version,
        )


def list_own_annotations(actor: Actor, wanted: OwnFilter) -> OwnAnnotationList:
    """Return the actor's annotations, the newest first. Raises InvalidInput (cursor)."""
    words = fold(wanted.q).split()[:MOST_WORDS]
    after = None if wanted.after is None else read_cursor(wanted.after, _Place, "after")
    with current_context().database.read() as session:
        documents = _readable(session, actor, wanted.document_id)
        found: list[Row[Any]] = []
        following, weight = None, 0
        for row in _fitting(_own(session, actor, documents, wanted.kind, after), documents, words):
            if len(found) == PAGE_SIZE or weight > HEAVY_BYTES:
                last = found[-1]
                following = cursor_of(last.created_at, last.place, last.id)
                break
            found.append(row)
            weight += row.weight
        views = views_of(session, [row.id for row in found])
        pages = _pages(session, {(view.document_id, view.version) for view in views})
    items = [_with_place(view, documents, pages[view.document_id, view.version]) for view in views]
    return OwnAnnotationList(items, following)


def list_own_documents(actor: Actor) -> OwnPaperList:
    """Return the documents that the actor annotated."""
    with current_context().database.read() as session:
        documents = _readable(session, actor)
        counted = session.execute(
            select(Annotation.document_id, Annotation.version, func.count().label("written"))
            .where(
                Annotation.document_id.in_(documents),
                Annotation.author_id == actor.user_id,
                Annotation.deleted_at.is_(None),
            )
            .group_by(Annotation.document_id, Annotation.version)
            .order_by(func.max(Annotation.created_at).desc())
        ).all()
    counts: dict[str, int] = {}
    for document_id, version, written in counted:
        if documents[document_id].shows(version):
            counts[document_id] = counts.get(document_id, 0) + written
    return OwnPaperList([_own_document(documents[one], count) for one, count in counts.items()])


def _readable(
    session: Session, actor: Actor, document_id: str | None = None
) -> dict[str, _Readable]:
    """Return the documents that the actor annotated and may read; all, or only `document_id`."""
    written = select(Annotation.document_id).where(
        Annotation.author_id == actor.user_id, Annotation.deleted_at.is_(None)
    )
    statement = select(Document).where(Document.id.in_(written))
    if document_id is not None:
        statement = statement.where(Document.id == document_id)
    documents = session.scalars(statement).all()
    containers = (document.container for document in documents)
    accesses = access_to_all(session, actor.user_id, containers)
    first = first_shown_of(session, documents)
    of_account = account_roles(actor)
    found = (
        _Readable(document, access, of_account | access.roles, first[document.id])
        for document in documents
        if (access := accesses.get(document.container)) is not None
    )
    reading = current_context().permissions.rows[Action.READ.value]
    return {one.document.id: one for one in found if _may_read(one, reading)}


def _may_read(one: _Readable, reading: frozenset[Role]) -> bool:
    return bool(one.roles & reading) and reading_rules.may_read(
        one.roles,
        published=one.document.published_at is not None,
        open_to_guests=one.document.open_to_guests,
    )


def _own(
    session: Session,
    actor: Actor,
    documents: Iterable[str],
    kind: Kind | None,
    after: _Place | None,
) -> Iterable[Row[Any]]:
    order = Annotation.created_at, Annotation.place, Annotation.id
    statement = select(
        Annotation.document_id,
        Annotation.version,
        Annotation.text,
        Annotation.anchor,
        func.length(Annotation.geometry).label("weight"),
        *order,
    ).where(
        Annotation.author_id == actor.user_id,
        Annotation.document_id.in_(list(documents)),
        Annotation.deleted_at.is_(None),
    )
    if kind is not None:
        statement = statement.where(Annotation.kind == kind)
    if after is not None:
        statement = statement.where(tuple_(*order) < msgspec.structs.astuple(after))
    rows = session.execute(statement.order_by(*(column.desc() for column in order)))
    return rows.yield_per(YIELD_AFTER)


def _fitting(
    rows: Iterable[Row[Any]], documents: Mapping[str, _Readable], words: list[str]
) -> Iterator[Row[Any]]:
    """Yield rows that the person may see and that contain all words."""
    for number, row in enumerate(rows, start=1):
        if documents[row.document_id].shows(row.version) and _has(row, words):
            yield row
        if number % YIELD_AFTER == 0:
            yield_control()


def _has(row: Row[Any], words: list[str]) -> bool:
    if not words:
        return True
    quoted = msgspec.json.decode(row.anchor, type=Anchor).text if row.anchor else ""
    looked_through = fold(f"{row.text or ''} {quoted}")
    return all(word in looked_through for word in words)


def _pages(session: Session, versions: set[tuple[str, int]]) -> dict[tuple[str, int], list[Run]]:
    """Return the page sizes of these versions."""
    place = tuple_(DocumentVersion.document_id, DocumentVersion.number)
    rows = session.scalars(select(DocumentVersion).where(place.in_(versions)))
    return {(version.document_id, version.number): page_runs(version) for version in rows}


def _aspect(runs: Iterable[Run], page: int) -> float:
    last = 0
    for count, width, height in runs:
        last += count
        if page <= last:
            return height / width
    return UPRIGHT


def _with_place(
    view: AnnotationView, documents: Mapping[str, _Readable], pages: list[Run]
) -> OwnAnnotation:
    found = documents[view.document_id]
    return OwnAnnotation(
        **{name: getattr(view, name) for name in AnnotationView.__struct_fields__},
        document_title=found.document.title,
        current_version=found.document.current_version,
        page_aspect=_aspect(pages, view.page),
        meeting_id=found.access.room_id,
        meeting_title=found.access.title,
        meeting_starts_at=found.access.at,
    )


def _own_document(found: _Readable, annotations: int) -> OwnPaper:
    return OwnPaper(
        found.document.id,
        found.document.title,
        found.access.room_id,
        found.access.title,
        annotations,
    )
