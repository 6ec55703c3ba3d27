"""Registers personal notes as a feature of meetings."""

from core.periodic import PeriodicTask
from core.transactions.event_erasing import ERASE_EVERY
from meetings.notes import declares, erasing, pages, service, views
from meetings.shared.feature import Feature, TopbarLink

feature = Feature(
    name="notes",
    blueprints=(views.api, pages.pages),
    topbar_links=(TopbarLink(path="/notes", icon="notebook-pen", text="notes.title"),),
    permissions=declares.permissions,
    on_meeting_deleting=service.part_from_meeting,
    worker_tasks=(PeriodicTask("notes_not_erased", ERASE_EVERY, erasing.erase_deleted),),
)
