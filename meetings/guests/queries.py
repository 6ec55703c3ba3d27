"""Queries of guests without an account."""

from collections.abc import Sequence

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from meetings.guests.declares import GuestView
from meetings.guests.models import MeetingGuest
from meetings.shared.attendee import Attendee
from meetings.shared.view_parts import MeetingReader


class GuestsPart(msgspec.Struct, frozen=True, kw_only=True):
    """The guests' part of the view of a meeting."""

    guests: Sequence[GuestView]


def guests_of(session: Session, meeting_id: str) -> list[MeetingGuest]:
    """The guests of a meeting in the order of the list."""
    of_meeting = select(MeetingGuest).where(MeetingGuest.meeting_id == meeting_id)
    return list(session.scalars(of_meeting.order_by(MeetingGuest.listed_at)))


def guest_view(guest: MeetingGuest) -> GuestView:
    """A guest as shown in the room."""
    return GuestView(
        id=guest.id,
        name=guest.name,
        position=guest.position,
        organisation=guest.organisation,
        attendance=guest.attendance,
    )


def meeting_part(reader: MeetingReader) -> GuestsPart:
    """The GuestsPart for a reader."""
    guests = guests_of(reader.session, reader.meeting.id)
    return GuestsPart(guests=[guest_view(guest) for guest in guests])


def attendees(session: Session, meeting_id: str) -> list[Attendee]:
    """The guests of a meeting as entries of the attendance list."""
    return [
        Attendee(
            name=guest.name,
            title=", ".join(part for part in (guest.position, guest.organisation) if part),
            status=guest.attendance,
            at=guest.attendance_at,
        )
        for guest in guests_of(session, meeting_id)
    ]
