"""The documents that somebody may search: the current versions that they may read."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from core.permissions import Role
from documents import reading_rules
from documents.containers import Container
from documents.models import Document, DocumentVersion, VersionStatus


@dataclass(frozen=True, slots=True)
class Searchable:
    """The current version of a document that somebody may read. room_id: of its container."""

    room_id: str
    document_id: str
    version: int
    title: str
    sha256: str


def searchable_in(
    session: Session,
    containers: Mapping[Container, str],
    roles: Mapping[str, frozenset[Role]],
) -> list[Searchable]:
    """The current versions of the documents that may be read.

    containers: the room of each. roles: of the reader, by room.
    """
    name = tuple_(Document.container_kind, Document.container_id)
    rows = session.execute(
        select(
            Document.id,
            Document.container_kind,
            Document.container_id,
            Document.title,
            Document.published_at,
            Document.open_to_guests,
            DocumentVersion.number,
            DocumentVersion.sha256,
        )
        .join(DocumentVersion, DocumentVersion.document_id == Document.id)
        .where(
            name.in_([(one.kind, one.id) for one in containers]),
            DocumentVersion.number == Document.current_version,
            DocumentVersion.status == VersionStatus.READY,
        )
        .order_by(Document.position, Document.id)
    )
    found = []
    for row in rows:
        room_id = containers[Container(row.container_kind, row.container_id)]
        if reading_rules.may_read(
            roles[room_id],
            published=row.published_at is not None,
            open_to_guests=row.open_to_guests,
        ):
            found.append(Searchable(room_id, row.id, row.number, row.title, row.sha256))
    return found
