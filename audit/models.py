"""The table of the audit's sealed days. The entries themselves are `core.db.models.AuditEntry`."""

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base


class AuditDay(Base):
    """A sealed part of the audit: usually the entries of one day.

    id: 1 for the first, without gaps. day: the last day that it covers, YYYY-MM-DD in the time
    zone of the building. first_id, last_id: the ids of its entries. sha256: of its entries as lines
    of JSON (`audit.lines`). note: the signed text (`audit.sealing`). pruned_at: when its entries
    were deleted.
    """

    __tablename__ = "audit_day"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    day: Mapped[str]
    first_id: Mapped[int]
    last_id: Mapped[int]
    entries: Mapped[int]
    sha256: Mapped[str]
    note: Mapped[str] = mapped_column(Text)
    pruned_at: Mapped[datetime | None] = mapped_column(default=None)
