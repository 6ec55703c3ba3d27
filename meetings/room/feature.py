"""The room as the last of the features of meetings: its snapshot holds what the others add."""

from meetings.room import declares, views
from meetings.shared.feature import Feature

feature = Feature(
    name="room",
    blueprints=(views.api,),
    permissions=declares.permissions,
)
