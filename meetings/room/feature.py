"""Registers the room, the last feature of meetings: its snapshot includes parts of the others."""

from meetings.room import declares, sockets, views
from meetings.shared.feature import Feature

feature = Feature(
    name="room",
    blueprints=(views.api,),
    permissions=declares.permissions,
    socket_events=sockets.EVENTS,
)
