"""Reads of guests without an account."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings.guests.declares import GuestView
from meetings.models import MeetingGuest


def guests_of(session: Session, meeting_id: str) -> Sequence[MeetingGuest]:
    """The guests of a meeting in the order of listing."""
    listed = select(MeetingGuest).where(MeetingGuest.meeting_id == meeting_id)
    return session.scalars(listed.order_by(MeetingGuest.listed_at)).all()


def guest_view(guest: MeetingGuest) -> GuestView:
    """A guest as the room sees one."""
    return GuestView(
        id=guest.id,
        name=guest.name,
        position=guest.position,
        organisation=guest.organisation,
        attendance=guest.attendance,
    )
