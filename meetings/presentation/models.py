"""The table of the presentation of each meeting."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base


class PresentationRow(Base):
    """A presentation. `term` rises with every change of presenter and every server start.

    The page and view are the last saved ones; memory is authoritative while the server runs.
    """

    __tablename__ = "stage"
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    presenter_id: Mapped[str | None] = mapped_column(ForeignKey("user.id"), default=None)
    term: Mapped[int] = mapped_column(default=1)
    rev: Mapped[int] = mapped_column(default=0)
    document_id: Mapped[str | None] = mapped_column(default=None)
    version: Mapped[int | None] = mapped_column(default=None)
    page: Mapped[int | None] = mapped_column(default=None)
    view: Mapped[str | None] = mapped_column(default=None)
