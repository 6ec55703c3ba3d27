"""Registers personal notes as a feature of meetings."""

from meetings.notes import declares, pages, service, views
from meetings.shared.feature import Feature, TopbarLink

feature = Feature(
    name="notes",
    blueprints=(views.api, pages.pages),
    topbar_links=(TopbarLink(path="/notes", icon="notebook-pen", text="notes.title"),),
    permissions=declares.permissions,
    on_meeting_deleting=service.part_from_meeting,
)
