"""The meeting itself, as the first of its features."""

from sqlalchemy.orm import Session

from documents.shelves import Shelf
from meetings.meeting import declares, naming, queries, views
from meetings.shared.feature import Feature
from meetings.shared.membership import meeting_roles
from meetings.shared.models import Meeting


def _containers(_session: Session, meeting: Meeting) -> list[Shelf]:
    return [queries.own_container(meeting)]


feature = Feature(
    name="meeting",
    blueprints=(views.api,),
    permissions=declares.permissions,
    permission_subjects={Meeting: meeting_roles},
    on_person_changed=naming.person_changed,
    on_unit_changed=naming.unit_changed,
    containers=_containers,
)
