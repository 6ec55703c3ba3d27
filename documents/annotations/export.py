"""Annotations of a document version for one person's export."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from core import clock
from core.actor import Actor
from core.app_context import current_context
from core.i18n import Language, text_in
from core.permissions import Role
from documents.access import readable_document, readable_version
from documents.annotations.declares import Action, AnnotationView
from documents.annotations.kinds.registry import Kind
from documents.annotations.pdf.appearance import Style
from documents.annotations.pdf.spec import Head, Mark
from documents.annotations.queries import visible_annotations
from documents.annotations.rules import Audience
from documents.declares import DocumentFailed
from documents.models import Document, DocumentVersion, VersionStatus


class Wanted(StrEnum):
    """The exported annotations: those hidden from the room, those of the whole room, or both."""

    PRIVATE = "private"
    MEETING = "meeting"
    ALL = "all"


AUDIENCES: dict[Wanted, tuple[Audience, ...]] = {
    Wanted.PRIVATE: (Audience.PRIVATE, Audience.PERSON),
    Wanted.MEETING: (Audience.MEETING,),
    Wanted.ALL: tuple(Audience),
}


@dataclass(frozen=True, slots=True)
class Takeable:
    """A version that a person may export with its annotations."""

    document: Document
    version: DocumentVersion
    roles: frozenset[Role]


def takeable(session: Session, actor: Actor, document_id: str, number: int | None) -> Takeable:
    """Return a version of a document for export. number None: the current version.

    Raises: NotFound, NotAllowed, DocumentFailed.
    """
    readable = readable_document(session, actor, document_id, Action.READ)
    wanted = readable.document.current_version if number is None else number
    version = readable_version(session, actor, document_id, wanted)
    if version.status is VersionStatus.FAILED:
        raise DocumentFailed()
    return Takeable(readable.document, version, readable.roles)


def annotations_of(
    session: Session, actor: Actor, taken: Takeable, wanted: Wanted
) -> list[AnnotationView]:
    """Return the annotations that the actor sees on the version, by page and creation order."""
    found = visible_annotations(
        session,
        actor.user_id,
        taken.document,
        taken.roles,
        taken.version.number,
        AUDIENCES[wanted],
    )
    return sorted(found, key=lambda one: one.page)


def head(language: Language) -> Head:
    """Return the localized header of a specification."""
    return Head(
        notes_title=text_in(language, "export.notes_title"),
        page_word=text_in(language, "export.page_word"),
    )


def marks(found: Sequence[AnnotationView], language: Language) -> list[Mark]:
    """Convert annotations to the marks of a specification."""
    return [
        Mark(
            id=one.id,
            page=one.page,
            kind=Kind(one.kind),
            geometry=one.geometry,
            style=Style(one.style.color, one.style.width, one.style.opacity, one.style.size),
            text=one.text,
            author=one.author_name,
            subject=audience_in_words(one, language),
            byline=f"{one.author_name} · {when(one.created_at)}",
            created_at=one.created_at,
            updated_at=one.updated_at,
        )
        for one in found
    ]


def heading(one: AnnotationView, language: Language) -> str:
    """Return author, audience and creation time of an annotation as text."""
    return f"{one.author_name} ({audience_in_words(one, language)} · {when(one.created_at)})"


def audience_in_words(one: AnnotationView, language: Language) -> str:
    """Return the localized audience of an annotation."""
    return text_in(language, f"export.seen_by_{one.audience}", name=one.user_name or "")


def when(moment: datetime) -> str:
    """Return a time in the configured time zone as text."""
    local = clock.in_zone(moment, current_context().config.timezone)
    return f"{local:%H:%M, %d/%m/%Y}"
