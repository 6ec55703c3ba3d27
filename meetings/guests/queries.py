"""Reads of guests without an account."""

from meetings.guests.declares import GuestView
from meetings.models import MeetingGuest


def guest_view(guest: MeetingGuest) -> GuestView:
    """A guest as the room sees one."""
    return GuestView(
        id=guest.id,
        name=guest.name,
        position=guest.position,
        organisation=guest.organisation,
        attendance=guest.attendance,
    )
