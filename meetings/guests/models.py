"""The table of guests without an account."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.db.database import Base
from meetings.shared.attendance_status import AttendanceStatus


class MeetingGuest(Base):
    """An invited guest without an account, who cannot sign in. `listed_at`: position in the list.

    attendance, `_at`: as for a participant.
    """

    __tablename__ = "meeting_guest"
    id: Mapped[str] = mapped_column(primary_key=True)
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id"), index=True)
    name: Mapped[str]
    position: Mapped[str]
    organisation: Mapped[str]
    listed_at: Mapped[int]
    attendance: Mapped[AttendanceStatus | None] = mapped_column(default=None)
    attendance_at: Mapped[datetime | None] = mapped_column(default=None)
