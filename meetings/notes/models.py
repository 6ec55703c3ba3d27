"""The table of personal notes. A deleted note keeps its row, without its content."""

from datetime import datetime

import sqlalchemy
from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base


class PersonalNote(Base):
    """One note, which only its owner can read.

    id: chosen by the client and unique for each owner, so that it does not reveal whether another
    person uses it. search_text: the text for searches, without accents. deleted_at: set when both
    texts are erased. erased_at: set when they are erased from events and answers too (`erasing`).
    """

    __tablename__ = "personal_note"
    __table_args__ = (
        Index("ix_personal_note_of_user", "user_id", "created_at"),
        Index(
            "ix_personal_note_not_erased",
            "deleted_at",
            sqlite_where=sqlalchemy.text("deleted_at IS NOT NULL AND erased_at IS NULL"),
        ),
    )
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    meeting_id: Mapped[str | None] = mapped_column(
        ForeignKey("meeting.id"), default=None, index=True
    )
    text: Mapped[str] = mapped_column(Text)
    search_text: Mapped[str] = mapped_column(Text)
    revision: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None] = mapped_column(default=None)
    erased_at: Mapped[datetime | None] = mapped_column(default=None)
