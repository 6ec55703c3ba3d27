"""The table of custom rule packs. Nothing cascades."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base

_OF_ALL = text("unit_id IS NULL")


class RulePack(Base):
    """A custom rule pack. `unit_id`: the unit that owns it; None: all units.

    source: the TOML text as received. It never changes, so an id and a version always name the same
    text. A withdrawn pack is kept but is not offered to any meeting.
    """

    __tablename__ = "rule_pack"
    __table_args__ = (
        UniqueConstraint("unit_id", "pack_id", "version"),
        # The constraint above treats rows with a null unit_id as distinct.
        Index(
            "uq_rule_pack_of_all",
            "pack_id",
            "version",
            unique=True,
            sqlite_where=_OF_ALL,
            postgresql_where=_OF_ALL,
        ),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    pack_id: Mapped[str]
    version: Mapped[int]
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"))
    source: Mapped[str] = mapped_column(deferred=True)
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(ForeignKey("user.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(default=None)
    withdrawn_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"), default=None)
