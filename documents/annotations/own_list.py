"""What one person wrote on all papers together, and on which papers that is.

Only what lies on papers that this person may still read. The number of queries does not depend on
how much that is.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

import msgspec
from msgspec import Meta
from sqlalchemy import Row, func, select, tuple_
from sqlalchemy.orm import Session

from accounts.name_rules import fold
from core.actor import Actor
from core.cursors import cursor_of, read_cursor
from core.house import house
from core.offload import breathe
from core.permissions import Role
from documents import reading_rules
from documents.access import LARGEST_NUMBER, first_shown_of
from documents.annotation_rules import Kind
from documents.annotations.declares import Action, Anchor, AnnotationView
from documents.annotations.models import Annotation
from documents.annotations.queries import BREATH_AFTER, views_of
from documents.models import Document, DocumentVersion
from documents.page_ladder import Run
from documents.queries import page_runs
from documents.shelves import ShelfPlace, places_of

PAGE_SIZE = 200
"""Annotations on one page of the list: pens make a stroke an annotation."""

HEAVY_BYTES = 100_000
"""Packed geometry after which a page of the list ends, however few there are on it."""

MOST_WORDS = 8

UPRIGHT = 1.4142
"""The aspect of a page whose size is not known."""


class _Place(msgspec.Struct, frozen=True, array_like=True):
    """Where a page of the list ended."""

    created_at: datetime
    place: Annotated[int, Meta(ge=0, le=LARGEST_NUMBER)]
    id: str


class OwnAnnotation(AnnotationView, frozen=True, kw_only=True):
    """One's own annotation, and where to find it again.

    current_version: of its paper, which may have been replaced since. page_aspect: height of the
    page divided by its width, so that what was drawn keeps its shape.
    """

    document_title: str
    current_version: int
    page_aspect: float
    meeting_id: str
    meeting_title: str
    meeting_starts_at: datetime


class OwnAnnotationList(msgspec.Struct, frozen=True):
    """One page of one's own annotations, the newest first. `next`: cursor of the following page."""

    items: list[OwnAnnotation]
    next: str | None


class OwnPaper(msgspec.Struct, frozen=True):
    """A paper that one wrote on: how many annotations."""

    document_id: str
    document_title: str
    meeting_id: str
    meeting_title: str
    annotations: int


class OwnPaperList(msgspec.Struct, frozen=True):
    """The papers that one wrote on, by the last one written on."""

    items: list[OwnPaper]
    next: None = None


class OwnFilter(msgspec.Struct, frozen=True):
    """What the list may be narrowed by. q: every word must be in the text of the annotation or in
    the words of the paper that it belongs to, accents or not."""

    document_id: str | None = None
    kind: Kind | None = None
    q: str = ""
    after: str | None = None


@dataclass(frozen=True, slots=True)
class _Readable:
    """A paper that the person may read."""

    document: Document
    place: ShelfPlace
    first: int

    def shows(self, version: int) -> bool:
        """Whether this version of it is there for the person."""
        return reading_rules.version_shown(
            self.place.roles,
            wanted=version,
            first=self.first,
            current=self.document.current_version,
        )


def list_own_annotations(actor: Actor, wanted: OwnFilter) -> OwnAnnotationList:
    """What this person wrote, the newest first. Raises InvalidInput (cursor)."""
    words = fold(wanted.q).split()[:MOST_WORDS]
    after = None if wanted.after is None else read_cursor(wanted.after, _Place, "after")
    with house().database.read() as session:
        papers = _readable(session, actor, wanted.document_id)
        found: list[Row[Any]] = []
        following, weight = None, 0
        for row in _fitting(_own(session, actor, papers, wanted.kind, after), papers, words):
            if len(found) == PAGE_SIZE or weight > HEAVY_BYTES:
                last = found[-1]
                following = cursor_of(last.created_at, last.place, last.id)
                break
            found.append(row)
            weight += row.weight
        views = views_of(session, [row.id for row in found])
        pages = _pages(session, {(view.document_id, view.version) for view in views})
    items = [_with_place(view, papers, pages[view.document_id, view.version]) for view in views]
    return OwnAnnotationList(items, following)


def list_own_papers(actor: Actor) -> OwnPaperList:
    """The papers that this person wrote on."""
    with house().database.read() as session:
        papers = _readable(session, actor)
        counted = session.execute(
            select(Annotation.document_id, Annotation.version, func.count().label("written"))
            .where(
                Annotation.document_id.in_(papers),
                Annotation.author_id == actor.user_id,
                Annotation.deleted_at.is_(None),
            )
            .group_by(Annotation.document_id, Annotation.version)
            .order_by(func.max(Annotation.created_at).desc())
        ).all()
    counts: dict[str, int] = {}
    for document_id, version, written in counted:
        if papers[document_id].shows(version):
            counts[document_id] = counts.get(document_id, 0) + written
    return OwnPaperList([_paper(papers[one], count) for one, count in counts.items()])


def _readable(
    session: Session, actor: Actor, document_id: str | None = None
) -> dict[str, _Readable]:
    """The papers that the person wrote on and may read: all of them, or this one alone."""
    written = select(Annotation.document_id).where(
        Annotation.author_id == actor.user_id, Annotation.deleted_at.is_(None)
    )
    statement = select(Document).where(Document.id.in_(written))
    if document_id is not None:
        statement = statement.where(Document.id == document_id)
    documents = session.scalars(statement).all()
    places = places_of(session, actor, (document.shelf for document in documents))
    first = first_shown_of(session, documents)
    reading = house().permissions.rows[Action.READ.value]
    return {
        document.id: _Readable(document, places[document.shelf], first[document.id])
        for document in documents
        if document.shelf in places and _may_read(document, places[document.shelf].roles, reading)
    }


def _may_read(document: Document, roles: frozenset[Role], reading: frozenset[Role]) -> bool:
    return bool(roles & reading) and reading_rules.may_read(
        roles,
        published=document.published_at is not None,
        open_to_guests=document.open_to_guests,
    )


def _own(
    session: Session,
    actor: Actor,
    papers: Iterable[str],
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
        Annotation.document_id.in_(list(papers)),
        Annotation.deleted_at.is_(None),
    )
    if kind is not None:
        statement = statement.where(Annotation.kind == kind)
    if after is not None:
        statement = statement.where(tuple_(*order) < msgspec.structs.astuple(after))
    rows = session.execute(statement.order_by(*(column.desc() for column in order)))
    return rows.yield_per(BREATH_AFTER)


def _fitting(
    rows: Iterable[Row[Any]], papers: Mapping[str, _Readable], words: list[str]
) -> Iterator[Row[Any]]:
    """Those that the person may see and that were looked for."""
    for number, row in enumerate(rows, start=1):
        if papers[row.document_id].shows(row.version) and _has(row, words):
            yield row
        if number % BREATH_AFTER == 0:
            breathe()


def _has(row: Row[Any], words: list[str]) -> bool:
    if not words:
        return True
    quoted = msgspec.json.decode(row.anchor, type=Anchor).text if row.anchor else ""
    looked_through = fold(f"{row.text or ''} {quoted}")
    return all(word in looked_through for word in words)


def _pages(session: Session, versions: set[tuple[str, int]]) -> dict[tuple[str, int], list[Run]]:
    """The sizes of the pages of these versions."""
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
    view: AnnotationView, papers: Mapping[str, _Readable], pages: list[Run]
) -> OwnAnnotation:
    paper = papers[view.document_id]
    return OwnAnnotation(
        **{name: getattr(view, name) for name in AnnotationView.__struct_fields__},
        document_title=paper.document.title,
        current_version=paper.document.current_version,
        page_aspect=_aspect(pages, view.page),
        meeting_id=paper.place.room_id,
        meeting_title=paper.place.title,
        meeting_starts_at=paper.place.at,
    )


def _paper(paper: _Readable, annotations: int) -> OwnPaper:
    return OwnPaper(
        paper.document.id,
        paper.document.title,
        paper.place.room_id,
        paper.place.title,
        annotations,
    )
