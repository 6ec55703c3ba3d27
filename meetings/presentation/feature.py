"""Registers the presentation as a feature of meetings."""

from meetings.presentation import declares, lease, queries
from meetings.shared.feature import Feature
from meetings.shared.view_parts import ViewPart

feature = Feature(
    name="presentation",
    permissions=declares.permissions,
    meeting_part=ViewPart(
        fields=queries.PresenterPart, read=queries.meeting_part, after="participants"
    ),
    on_meeting_created=lease.open_presentation,
    on_meeting_deleting=lease.remove_presentation,
    on_participants_changed=lease.reassign_presenter,
)
