"""Commands on annotations. Only the author of an annotation can change its content."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.app_context import current_context
from core.db.database import table_of
from core.errors import NotAllowed, NotFound
from core.permissions import Role
from core.transactions.group_commit import group_commit
from core.transactions.idempotency import Already
from core.transactions.transaction import Tx
from documents import reading_rules
from documents.access import ReadableDocument, first_shown, may_read_version, readable_document
from documents.annotations import rules
from documents.annotations.audiences import check_audience, check_recipient, check_room_writing
from documents.annotations.declares import (
    Action,
    Anchor,
    AnnotationIdTaken,
    AnnotationView,
    Style,
)
from documents.annotations.kinds.geometry import Geometry
from documents.annotations.kinds.registry import KINDS, Kind, read_geometry
from documents.annotations.models import Annotation
from documents.annotations.publishing import Seen, publish_put, publish_removed
from documents.annotations.queries import views_of
from documents.annotations.rules import Audience
from documents.models import Document, DocumentVersion


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A new annotation with validated fields. version None: the current version."""

    id: str
    version: int | None
    page: int
    kind: Kind
    audience: Audience
    user_id: str | None
    geometry: Geometry
    style: Style
    text: str | None
    anchor: Anchor | None


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """The fields of an annotation to change; an unset field keeps its value."""

    geometry: msgspec.Raw | UnsetType = UNSET
    style: Style | UnsetType = UNSET
    text: str | None | UnsetType = UNSET
    anchor: Anchor | None | UnsetType = UNSET
    audience: Audience | UnsetType = UNSET
    user_id: str | None | UnsetType = UNSET


class Kept(msgspec.Struct, frozen=True):
    """The stored state of one annotation of a batch."""

    id: str
    revision: int
    created_at: datetime


class KeptList(msgspec.Struct, frozen=True):
    """The answer to a batch, in the order of the request."""

    items: list[Kept]


def add_annotation(
    actor: Actor, document_id: str, draft: Draft
) -> AnnotationView | Already[AnnotationView]:
    """Create one annotation and return it. An id that exists returns the stored annotation.

    Raises: the errors of `add_annotations`; AnnotationDeleted when the id was created and deleted.
    """

    def add(tx: Tx) -> AnnotationView | Already[AnnotationView]:
        (one,), made = _add(tx, actor, document_id, [draft])
        if made:
            return tx.answers(made[0], thing_id=one.id)
        if one.deleted_at is not None:
            raise rules.AnnotationDeleted()
        (view,) = views_of(tx.session, [one.id])
        return Already(view)

    return group_commit(add)


def add_annotations(actor: Actor, document_id: str, drafts: Sequence[Draft]) -> KeptList:
    """Create several annotations of one document in their order, all or none.

    Annotations that exist stay unchanged, even if they are deleted. Raises: NotAllowed, NotFound,
    AnnotationIdTaken, TooManyAnnotations, RecipientCannotRead, WritingOff (for the room, by a
    person who may not write for it), and the container's refusal when it is closed and the
    annotations are not private.
    """

    def add(tx: Tx) -> KeptList:
        rows, _ = _add(tx, actor, document_id, drafts)
        return tx.answers(KeptList([Kept(one.id, one.revision, one.created_at) for one in rows]))

    return group_commit(add)


def change_annotation(
    actor: Actor, annotation_id: str, revision: int, changes: Changes
) -> AnnotationView:
    """Change an annotation of the actor at `revision` and return it.

    Raises: StaleRevision, AnnotationDeleted, NotFound, NotAllowed, GeometryDoesNotFit, OffThePage,
    TooManyPoints, HtmlInText, RecipientCannotRead, WritingOff (the room would see it), and the
    container's refusal.
    """

    def change(tx: Tx) -> AnnotationView:
        one, readable = _own_annotation(tx, actor, annotation_id)
        document, access = readable.document, readable.access
        if not may_read_version(tx.session, document, one.version, actor.user_id):
            raise NotFound(kind="version")
        rules.check_revision(one.revision, revision, deleted=one.deleted_at is not None)
        before, after = (one.audience, one.recipient_id), _seen_by(one, changes)
        check_audience(actor, access, one.audience)
        if after != before:
            check_audience(actor, access, after[0])
        check_room_writing(access, after[0])
        if after != before:
            check_recipient(tx.session, document, one.version, *after)
        _apply(one, changes)
        if before[1] not in (None, after[1]):
            one.note_past_recipient(before[1])
        one.audience, one.recipient_id = after
        one.revision += 1
        one.updated_at = tx.at
        tx.session.flush()
        (view,) = publish_put(tx, actor, readable, [one], before)
        return tx.answers(view, thing_id=one.id)

    return group_commit(change)


def remove_annotation(actor: Actor, annotation_id: str) -> None:
    """Delete an annotation and erase its content, from events soon after. Idempotent.

    Allowed for its author and, for an annotation of the room, for the chair, the secretary and the
    presenter. Raises: NotFound, NotAllowed, and the container's refusal when the annotation was
    shared and the container is closed.
    """

    def remove(tx: Tx) -> None:
        one, readable = _removable(tx, actor, annotation_id)
        if one.deleted_at is None:
            one.revision += 1
            one.updated_at = one.deleted_at = tx.at
            one.geometry, one.text, one.anchor = b"", None, None
            tx.session.flush()
            if actor.user_id != one.author_id:
                tx.audit(actor, Action.CLEAR, one, author=one.author_id, page=one.page)
            publish_removed(tx, actor, readable, one)
        tx.answers({})

    group_commit(remove)


def _add(
    tx: Tx, actor: Actor, document_id: str, drafts: Sequence[Draft]
) -> tuple[list[Annotation], list[AnnotationView]]:
    """Return the rows in the order of the drafts, and the views of the new ones."""
    readable = readable_document(tx.session, actor, document_id, Action.WRITE)
    document = readable.document
    existing = _existing(tx.session, actor, document, [draft.id for draft in drafts])
    new = [draft for draft in drafts if draft.id not in existing]
    for audience in {draft.audience for draft in new}:
        check_audience(actor, readable.access, audience)
        check_room_writing(readable.access, audience)
    _check_places(tx.session, actor, document, readable.roles, new)
    for audience, user_id, version in {(one.audience, one.user_id, one.version) for one in new}:
        version = version or document.current_version
        check_recipient(tx.session, document, version, audience, user_id)
    made = [_row(tx, actor, document, draft, place) for place, draft in enumerate(new)]
    published: list[AnnotationView] = []
    if made:
        tx.session.execute(_ADD, [{key: getattr(one, key) for key in _COLUMNS} for one in made])
        published = publish_put(tx, actor, readable, made)
    existing |= {one.id: one for one in made}
    return [existing[draft.id] for draft in drafts], published


def _existing(
    session: Session, actor: Actor, document: Document, ids: Sequence[str]
) -> dict[str, Annotation]:
    """Return the rows that exist. Raises AnnotationIdTaken: other author or other document."""
    if len(set(ids)) != len(ids):
        raise AnnotationIdTaken()
    rows = session.scalars(_BY_IDS, {"ids": ids}).all()
    for one in rows:
        if (one.author_id, one.document_id) != (actor.user_id, document.id):
            raise AnnotationIdTaken()
    return {one.id: one for one in rows}


def _check_places(
    session: Session,
    actor: Actor,
    document: Document,
    roles: frozenset[Role],
    drafts: Sequence[Draft],
) -> None:
    """Check that each draft is on a page of a version that the author may read, within the limit.

    Versions after the current one are refused: their future readers would receive no event.
    """
    first = first_shown(session, document, wanted=1)
    more: dict[tuple[int, int], int] = {}
    for draft in drafts:
        number = draft.version or document.current_version
        more[number, draft.page] = more.get((number, draft.page), 0) + 1
    for (number, page), count in more.items():
        place = {"document": document.id, "number": number, "page": page, "author": actor.user_id}
        existing = session.execute(_PLACE, place).one_or_none()
        shown = reading_rules.version_shown(
            roles, wanted=number, first=first, current=document.current_version
        )
        if existing is None or not shown or number > document.current_version:
            raise NotFound(kind="version")
        if existing.page_count is None or not 1 <= page <= existing.page_count:
            raise NotFound(kind="page")
        rules.check_room_on_page(existing.before, count)


def _row(tx: Tx, actor: Actor, document: Document, draft: Draft, place: int) -> Annotation:
    return Annotation(
        id=draft.id,
        document_id=document.id,
        version=draft.version or document.current_version,
        page=draft.page,
        kind=draft.kind,
        audience=draft.audience,
        author_id=actor.user_id,
        recipient_id=draft.user_id,
        geometry=draft.geometry.packed(),
        color=draft.style.color,
        width=draft.style.width,
        opacity=draft.style.opacity,
        size=draft.style.size,
        text=draft.text,
        anchor=_anchor(draft.anchor),
        revision=1,
        created_at=tx.at,
        place=place,
        updated_at=tx.at,
    )


def _own_annotation(
    tx: Tx, actor: Actor, annotation_id: str
) -> tuple[Annotation, ReadableDocument]:
    """Return an annotation of the actor. Raises: NotAllowed for another author's annotation that
    the actor can see, NotFound for one that the actor cannot see."""
    one = tx.lock(Annotation, annotation_id)
    readable = readable_document(tx.session, actor, one.document_id, Action.WRITE)
    if one.author_id != actor.user_id:
        seen = one.audience is Audience.MEETING or one.recipient_id == actor.user_id
        raise NotAllowed() if seen and one.deleted_at is None else NotFound(kind="annotation")
    return one, readable


def _removable(tx: Tx, actor: Actor, annotation_id: str) -> tuple[Annotation, ReadableDocument]:
    one = tx.lock(Annotation, annotation_id)
    readable = readable_document(tx.session, actor, one.document_id, Action.WRITE)
    if one.author_id == actor.user_id:
        if one.deleted_at is None:
            check_audience(actor, readable.access, one.audience)
    elif one.audience is Audience.MEETING:
        roles = readable.access.roles
        current_context().permissions.allow_in_room(actor, Action.CLEAR, roles)
        if not readable.access.moderates:
            raise NotAllowed(action=Action.CLEAR.value)
        if one.deleted_at is None:
            readable.access.check_open()
    else:
        _own_annotation(tx, actor, annotation_id)
    return one, readable


def _apply(one: Annotation, changes: Changes) -> None:
    if changes.geometry is not UNSET:
        one.geometry = read_geometry(one.kind, changes.geometry).packed()
    if changes.style is not UNSET:
        style = changes.style
        one.color, one.width, one.opacity, one.size = msgspec.structs.astuple(style)
    if changes.text is not UNSET:
        KINDS[one.kind].check_text(changes.text)
        one.text = changes.text
    if changes.anchor is not UNSET:
        one.anchor = _anchor(changes.anchor)


def _seen_by(one: Annotation, changes: Changes) -> Seen:
    """Return the audience and the recipient after the changes."""
    seen = (
        (one.audience, one.recipient_id) if changes.audience is UNSET else (changes.audience, None)
    )
    return seen if changes.user_id is UNSET else (seen[0], changes.user_id)


def _anchor(anchor: Anchor | None) -> str | None:
    return None if anchor is None else msgspec.json.encode(anchor).decode()


# Built once: a room in which many people write executes these 50 times a second.
_rows, _versions = table_of(Annotation), table_of(DocumentVersion)
_ADD = insert(_rows)
_COLUMNS = tuple(column.key for column in _rows.c)
_BY_IDS = select(Annotation).where(Annotation.id.in_(bindparam("ids", expanding=True)))
_PLACE = select(
    _versions.c.page_count,
    select(func.count())
    .where(
        _rows.c.document_id == bindparam("document"),
        _rows.c.author_id == bindparam("author"),
        _rows.c.page == bindparam("page"),
        _rows.c.version == bindparam("number"),
        _rows.c.deleted_at.is_(None),
    )
    .scalar_subquery()
    .label("before"),
).where(_versions.c.document_id == bindparam("document"), _versions.c.number == bindparam("number"))
"""The page count of a version, and the number of annotations of one author on one page."""
