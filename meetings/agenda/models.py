"""The table of the items of a meeting."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base


class AgendaItem(Base):
    """One agenda item. `minutes`: planned duration. `rapporteur`: its presenter, as free text."""

    __tablename__ = "agenda_item"
    id: Mapped[str] = mapped_column(primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id"), index=True)
    title: Mapped[str]
    position: Mapped[int]
    minutes: Mapped[int | None] = mapped_column(default=None)
    rapporteur: Mapped[str | None] = mapped_column(default=None)
