"""Registers the agenda as a feature of meetings."""

from meetings.agenda import declares, queries, service, views
from meetings.agenda.models import AgendaItem
from meetings.shared.feature import Feature
from meetings.shared.view_parts import ViewPart

feature = Feature(
    name="agenda",
    blueprints=(views.api,),
    permissions=declares.permissions,
    permission_subjects={AgendaItem: queries.item_roles},
    meeting_part=ViewPart(
        fields=queries.AgendaPart, read=queries.meeting_part, after="current_since"
    ),
    on_meeting_created=service.add_items_of_template,
    on_meeting_deleting=service.remove_items,
    after_status_change=service.leave_current_item,
    containers=queries.containers_of,
)
