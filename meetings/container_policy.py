"""Access to the containers of meetings, and the hooks for their documents."""

from collections.abc import Collection

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import Session

from core.app_context import current_context
from core.db.database import table_of
from core.db.prepared_statements import PreparedQuery
from core.errors import NotFound
from core.transactions.transaction import Tx
from documents.containers import Container, ContainerAccess, PublishedVersion, RoomStanding
from meetings.agenda.containers import (
    ITEM_CONTAINER,
    containers_of,
    meeting_id_of,
    meeting_ids_of,
    meeting_of,
)
from meetings.agenda.models import AgendaItem
from meetings.meeting.status_rules import refusal_if_over
from meetings.presentation.models import PresentationRow
from meetings.shared.feature import features
from meetings.shared.membership import MEMBERSHIPS, Membership, MembershipAt, membership_at
from meetings.shared.models import Meeting, Participant
from meetings.writing.writing_rules import may_moderate, may_write_for_room


class MeetingContainerPolicy:
    """The container policy for meetings and their agenda items."""

    def standing(self, user_id: str, container: Container) -> RoomStanding:
        """The roles of a participant and the seq of the room. Raises NotFound."""
        if container.kind == ITEM_CONTAINER:
            database = current_context().database
            found = _BY_ITEM.fetch_one(database, item=container.id, user=user_id)
        else:
            found = membership_at(container.id, user_id)
        if found is None:
            raise NotFound(kind=container.kind)
        return RoomStanding(found.membership.roles, found.meeting_id, found.seq)

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

    def beside(self, session: Session, container: Container) -> Collection[Container]:
        """The containers of the meeting and of all its agenda items. Raises NotFound."""
        return containers_of(session, meeting_id_of(session, container))

    def check_removable(self, session: Session, container: Container, document_id: str) -> None:
        """Raises the refusal of a feature whose records refer to this document."""
        features().check_document_removable(session, meeting_of(session, container), document_id)

    def files_of_record(self, session: Session) -> Collection[str]:
        """SHA-256 (hex) of the files that the records of any feature refer to."""
        return features().files_of_record(session)

    def on_version_published(self, tx: Tx, container: Container, version: PublishedVersion) -> None:
        """Notify the features of the meeting of a version that its room may read."""
        features().document_published(tx, meeting_of(tx.session, container), version)


_items = table_of(AgendaItem)
_BY_ITEM = PreparedQuery(
    MEMBERSHIPS.join(_items, _items.c.meeting_id == table_of(Meeting).c.id).where(
        _items.c.id == bindparam("item")
    ),
    MembershipAt,
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
