"""Access to the containers of meetings, and the hooks for their documents."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.orm import Session

from core.app_context import current_context
from core.db.database import table_of
from core.db.models import Room
from core.db.prepared_query import PreparedQuery
from core.errors import NotFound
from core.permissions import Role
from core.transactions.transaction import Tx
from documents.containers import Container, ContainerAccess, PublishedVersion, RoomStanding
from meetings.agenda.containers import ITEM_CONTAINER, meeting_id_of, meeting_ids_of, meeting_of
from meetings.agenda.models import AgendaItem
from meetings.meeting.status_rules import refusal_if_over
from meetings.presentation.models import PresentationRow
from meetings.shared.feature import features
from meetings.shared.membership import Membership
from meetings.shared.models import Meeting, MeetingStatus, Participant
from meetings.writing.writing_rules import may_moderate, may_write_for_room


class MeetingContainerPolicy:
    """The container policy for meetings and their agenda items."""

    def standing(self, user_id: str, container: Container) -> RoomStanding:
        """The roles of a participant and the seq of the room. Raises NotFound."""
        query = _STANDING_OF_ITEM if container.kind == ITEM_CONTAINER else _STANDING_OF_MEETING
        row = query.fetch_one(current_context().database, id=container.id, user=user_id)
        if row is None:
            raise NotFound(kind=container.kind)
        return RoomStanding(Membership(row.role, row.status).roles, row.room_id, row.seq)

    def access(
        self, session: Session, user_id: str | None, container: Container
    ) -> ContainerAccess:
        """The access of a participant, in at most two queries. Raises NotFound."""
        meeting_id = meeting_id_of(session, container)
        row = session.execute(_meetings_for(user_id).where(Meeting.id == meeting_id)).one_or_none()
        if row is None:
            raise NotFound(kind=container.kind)
        return _access(*row)

    def access_to_all(
        self, session: Session, user_id: str, containers: Collection[Container]
    ) -> dict[Container, ContainerAccess]:
        """The access of a participant to each container, in two queries."""
        meeting_ids = meeting_ids_of(session, containers)
        rows = session.execute(
            _meetings_for(user_id).where(Meeting.id.in_(set(meeting_ids.values())))
        )
        found = {row[0].id: _access(*row) for row in rows}
        return {one: found[of] for one, of in meeting_ids.items() if of in found}

    def check_removable(self, session: Session, container: Container, document_id: str) -> None:
        """Raises the refusal of a feature whose records refer to this document."""
        features().check_document_removable(session, meeting_of(session, container), document_id)

    def files_of_record(self, session: Session) -> Collection[str]:
        """SHA-256 (hex) of the files that the records of any feature refer to."""
        return features().files_of_record(session)

    def on_version_published(self, tx: Tx, container: Container, version: PublishedVersion) -> None:
        """Notify the features of the meeting of a version that its room may read."""
        features().document_published(tx, meeting_of(tx.session, container), version)


class _StandingRow(NamedTuple):
    status: MeetingStatus
    role: Role | None
    room_id: str
    seq: int


_meetings, _listed = table_of(Meeting), table_of(Participant)
_rooms, _items = table_of(Room), table_of(AgendaItem)
_STANDING = (
    select(_meetings.c.status, _listed.c.role, _meetings.c.id, _rooms.c.seq)
    .join(_rooms, _rooms.c.id == _meetings.c.id)
    .outerjoin(
        _listed,
        and_(_listed.c.meeting_id == _meetings.c.id, _listed.c.user_id == bindparam("user")),
    )
)
_STANDING_OF_MEETING = PreparedQuery(
    _STANDING.where(_meetings.c.id == bindparam("id")), _StandingRow
)
_STANDING_OF_ITEM = PreparedQuery(
    _STANDING.join(_items, _items.c.meeting_id == _meetings.c.id).where(
        _items.c.id == bindparam("id")
    ),
    _StandingRow,
)


def _meetings_for(user_id: str | None) -> Select[Meeting, Participant, str | None]:
    """Each meeting with the person's participant row, if any, and the id of its presenter."""
    listed = (Participant.meeting_id == Meeting.id) & (Participant.user_id == user_id)
    return (
        select(Meeting, Participant, PresentationRow.presenter_id)
        .outerjoin(Participant, listed)
        .outerjoin(PresentationRow, PresentationRow.meeting_id == Meeting.id)
    )


def _access(
    meeting: Meeting, participant: Participant | None, presenter_id: str | None
) -> ContainerAccess:
    membership = Membership(participant.role if participant else None, meeting.status)
    presents = participant is not None and presenter_id == participant.user_id
    return ContainerAccess(
        roles=membership.roles,
        room_id=meeting.id,
        title=meeting.title,
        at=meeting.starts_at,
        closed=refusal_if_over(meeting.status),
        may_write_for_room=participant is not None
        and may_write_for_room(
            participant.role,
            member_writing=meeting.member_writing,
            muted=participant.writing_muted,
            presents=presents,
        ),
        moderates=may_moderate(membership.role, presents=presents),
    )
