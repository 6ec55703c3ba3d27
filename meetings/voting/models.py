"""Tables of votes: the rule packs that administrators add."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Base

_OF_ALL = text("unit_id IS NULL")


class RulePack(Base):
    """A rule pack of an installation's own. `unit_id`: whose it is; None: everybody's.

    source: the TOML as it came; it never changes, so that an id and a version name one text for
    good. A pack that is withdrawn is kept, and offered to no meeting.
    """

    __tablename__ = "rule_pack"
    __table_args__ = (
        UniqueConstraint("unit_id", "pack_id", "version"),
        # Where unit_id is null the constraint above finds no two rows alike.
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
