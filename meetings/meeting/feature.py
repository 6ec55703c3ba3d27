"""Registers the meeting itself, the first of the features."""

from sqlalchemy.orm import Session

from documents.containers import Container
from meetings.meeting import declares, naming, views
from meetings.shared.containers import meeting_container
from meetings.shared.feature import Feature
from meetings.shared.membership import meeting_roles
from meetings.shared.models import Meeting


def _containers(_session: Session, meeting: Meeting) -> list[Container]:
    return [meeting_container(meeting.id)]


feature = Feature(
    name="meeting",
    blueprints=(views.api,),
    permissions=declares.permissions,
    permission_subjects={Meeting: meeting_roles},
    on_person_changed=naming.person_changed,
    on_unit_changed=naming.unit_changed,
    containers=_containers,
)
