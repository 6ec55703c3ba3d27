"""Registers guests without an account as a feature of meetings."""

from meetings.guests import declares, queries, service, views
from meetings.shared.feature import Feature
from meetings.shared.view_parts import ViewPart

feature = Feature(
    name="guests",
    blueprints=(views.api,),
    permissions=declares.permissions,
    meeting_part=ViewPart(
        fields=queries.GuestsPart,
        read=queries.meeting_part,
        after="participants",
        note="guests: guests without an account, who are not participants.",
    ),
    on_meeting_deleting=service.remove_guests,
    attendees=queries.attendees,
)
