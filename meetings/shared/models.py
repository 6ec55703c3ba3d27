"""Tables that all features use: meetings and their participants."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.db.database import Base
from core.permissions import Role
from meetings.shared.attendance_status import AttendanceStatus


class MeetingStatus(StrEnum):
    """The status of a meeting, in order (paused may return to in_session)."""

    DRAFT = "draft"
    PUBLISHED = "published"
    IN_SESSION = "in_session"
    PAUSED = "paused"
    CLOSED = "closed"
    ARCHIVED = "archived"


class Meeting(Base):
    """A meeting. Its room has the same id.

    resumes_at: the planned end of a pause, while paused. closed_at: the time of its end, while it
    is over. member_writing: whether members may write for the whole room.
    """

    __tablename__ = "meeting"
    __table_args__ = (Index("ix_meeting_starts_at_id", "starts_at", "id"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    kind: Mapped[str]
    status: Mapped[MeetingStatus]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    place: Mapped[str]
    unit_id: Mapped[str | None] = mapped_column(ForeignKey("unit.id"))
    current_item_id: Mapped[str | None] = mapped_column(default=None)
    current_since: Mapped[datetime | None] = mapped_column(default=None)
    resumes_at: Mapped[datetime | None] = mapped_column(default=None)
    closed_at: Mapped[datetime | None] = mapped_column(default=None)
    member_writing: Mapped[bool] = mapped_column(default=False, server_default=false())
    created_by: Mapped[str] = mapped_column(ForeignKey("user.id"))
    created_at: Mapped[datetime]

    participants: Mapped[list["Participant"]] = relationship(
        order_by="Participant.position", cascade="all, delete-orphan"
    )


class Participant(Base):
    """One person in one meeting. `position`: order in the list; the first secretary presents.

    The entitlement to vote does not follow from the role. `attendance`: the status in the roll
    call, None if not recorded; `_at` and `_by`: when and by whom it was recorded. The reason is
    visible to organisers only. `writing_muted`: may not write for the whole room until unmuted.
    """

    __tablename__ = "participant"
    meeting_id: Mapped[str] = mapped_column(ForeignKey("meeting.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), primary_key=True, index=True)
    role: Mapped[Role]
    entitled_to_vote: Mapped[bool]
    seat: Mapped[str | None] = mapped_column(default=None)
    position: Mapped[int]
    joined_at: Mapped[datetime | None] = mapped_column(default=None)
    attendance: Mapped[AttendanceStatus | None] = mapped_column(default=None)
    attendance_reason: Mapped[str | None] = mapped_column(default=None)
    attendance_at: Mapped[datetime | None] = mapped_column(default=None)
    attendance_by: Mapped[str | None] = mapped_column(ForeignKey("user.id"), default=None)
    writing_muted: Mapped[bool] = mapped_column(default=False, server_default=false())
