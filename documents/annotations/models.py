"""The table of annotations. A deleted annotation keeps its row, without its content."""

from datetime import datetime

import sqlalchemy
from sqlalchemy import ForeignKey, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base
from documents.annotations.kinds.registry import Kind
from documents.annotations.rules import Audience


class Annotation(Base):
    """One text mark, note, shape or stroke on one page of one version of a document.

    geometry: packed by its kind. width, size: thousandths of the page width. anchor: JSON of the
    text that the annotation belongs to, for a later version of the document. place: position
    within the request that created it. past_recipients: ids of people who were its recipient
    before, separated by spaces. deleted_at: set when geometry, text and anchor are erased.
    erased_at: set when they are erased from events and answers too (`erasing`).
    """

    __tablename__ = "annotation"
    __table_args__ = (
        # One query reads a person's annotations of a document through these three indexes.
        Index("ix_annotation_author", "document_id", "author_id", "page"),
        Index("ix_annotation_audience", "document_id", "audience"),
        Index("ix_annotation_recipient", "document_id", "recipient_id"),
        Index("ix_annotation_of_author", "author_id", "created_at"),
        Index(
            "ix_annotation_not_erased",
            "deleted_at",
            sqlite_where=sqlalchemy.text("deleted_at IS NOT NULL AND erased_at IS NULL"),
        ),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"))
    version: Mapped[int]
    page: Mapped[int]
    kind: Mapped[Kind]
    audience: Mapped[Audience]
    author_id: Mapped[str] = mapped_column(ForeignKey("user.id"))
    recipient_id: Mapped[str | None] = mapped_column(ForeignKey("user.id"), default=None)
    geometry: Mapped[bytes] = mapped_column(LargeBinary)
    color: Mapped[str]
    width: Mapped[float]
    opacity: Mapped[float]
    size: Mapped[float]
    text: Mapped[str | None] = mapped_column(Text, default=None)
    anchor: Mapped[str | None] = mapped_column(Text, default=None)
    revision: Mapped[int]
    created_at: Mapped[datetime]
    place: Mapped[int]
    updated_at: Mapped[datetime]
    past_recipients: Mapped[str | None] = mapped_column(Text, default=None)
    deleted_at: Mapped[datetime | None] = mapped_column(default=None)
    erased_at: Mapped[datetime | None] = mapped_column(default=None)

    def note_past_recipient(self, user_id: str) -> None:
        """Add a person to `past_recipients`."""
        people = {*(self.past_recipients or "").split(), user_id}
        self.past_recipients = " ".join(sorted(people))


class RemovedDocument(Base):
    """A removed document whose annotations are still to be erased from events (`erasing`).

    id: of the document. room_id: None when its room is removed too. people: ids of the people who
    were told of its annotations on their user streams, separated by spaces.
    """

    __tablename__ = "removed_document"
    id: Mapped[str] = mapped_column(primary_key=True)
    room_id: Mapped[str | None]
    people: Mapped[str] = mapped_column(Text)
