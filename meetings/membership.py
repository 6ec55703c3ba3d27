"""Answers for the shelves of meetings and of their agenda items."""

from collections.abc import Collection

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.database import keep
from core.errors import NotFound
from core.permissions import Role
from core.transaction import Tx
from documents.annotations.declares import WritingOff
from documents.shelves import Shelf, ShelfPlace, ShownPaper
from meetings.agenda.models import AgendaItem
from meetings.meeting.status_rules import check_open
from meetings.presentation.queries import presenter_of
from meetings.shared.feature import features
from meetings.shared.membership import (
    effective_role,
    meeting_roles,
    role_in,
    with_account_roles,
)
from meetings.shared.models import Meeting, Participant
from meetings.writing.writing_rules import may_moderate, may_write_for_room


class MeetingShelves:
    """Answers for the shelves of meetings and of their agenda items."""

    kinds = ("meeting", "agenda_item")

    def meeting(self, session: Session, shelf: Shelf) -> Meeting:
        """The meeting that a shelf belongs to. Raises NotFound."""
        meeting_id = shelf.id
        if shelf.kind == "agenda_item":
            item = session.get(AgendaItem, shelf.id)
            if item is None:
                raise NotFound(kind=shelf.kind)
            keep(session, item)
            meeting_id = item.meeting_id
        meeting = session.get(Meeting, meeting_id)
        if meeting is None:
            raise NotFound(kind=shelf.kind)
        keep(session, meeting)
        return meeting

    def roles(self, session: Session, actor: Actor, shelf: Shelf) -> frozenset[Role]:
        """The actor's roles in the shelf's meeting."""
        return meeting_roles(session, actor, self.meeting(session, shelf))

    def seat_roles(self, session: Session, user_id: str, shelf: Shelf) -> frozenset[Role]:
        """The role that somebody has in the shelf's meeting."""
        role = role_in(session, user_id, self.meeting(session, shelf))
        return frozenset() if role is None else frozenset({role})

    def places(
        self, session: Session, actor: Actor, shelves: Collection[Shelf]
    ) -> dict[Shelf, ShelfPlace]:
        """The meetings of the shelves, with the actor's roles there, in two queries."""
        items = [shelf.id for shelf in shelves if shelf.kind == "agenda_item"]
        found = select(AgendaItem.id, AgendaItem.meeting_id).where(AgendaItem.id.in_(items))
        meeting_of = {row.id: row.meeting_id for row in session.execute(found)}
        of_shelf = {
            shelf: meeting_of.get(shelf.id) if shelf.kind == "agenda_item" else shelf.id
            for shelf in shelves
        }
        mine = and_(Participant.meeting_id == Meeting.id, Participant.user_id == actor.user_id)
        rows = session.execute(
            select(Meeting.id, Meeting.title, Meeting.starts_at, Meeting.status, Participant.role)
            .outerjoin(Participant, mine)
            .where(Meeting.id.in_({one for one in of_shelf.values() if one is not None}))
        )
        places = {}
        for row in rows:
            roles = with_account_roles(actor, row.role and effective_role(row.role, row.status))
            places[row.id] = ShelfPlace(roles, row.id, row.title, row.starts_at)
        return {shelf: places[one] for shelf, one in of_shelf.items() if one in places}

    def room_id(self, session: Session, shelf: Shelf) -> str:
        """The room of the shelf's meeting."""
        return self.meeting(session, shelf).id

    def check_open(self, session: Session, shelf: Shelf) -> None:
        """Papers of a meeting that is over are a record."""
        check_open(self.meeting(session, shelf).status)

    def check_room_writing(self, session: Session, actor: Actor, shelf: Shelf) -> None:
        """Members write for the room while the meeting allows it and they are not muted."""
        meeting = self.meeting(session, shelf)
        place = session.get(Participant, (meeting.id, actor.user_id))
        if place is None or not may_write_for_room(
            place.role,
            member_writing=meeting.member_writing,
            muted=place.writing_muted,
            presents=lambda: presenter_of(session, meeting.id) == actor.user_id,
        ):
            raise WritingOff()

    def moderates(self, session: Session, actor: Actor, shelf: Shelf) -> bool:
        """Chair, secretary and the presenter keep the common page in order."""
        meeting = self.meeting(session, shelf)
        role = role_in(session, actor.user_id, meeting)
        return may_moderate(role, presents=presenter_of(session, meeting.id) == actor.user_id)

    def check_removable(self, session: Session, shelf: Shelf, document_id: str) -> None:
        """Raises when the records of a feature are about this document."""
        features().check_document_removable(session, self.meeting(session, shelf), document_id)

    def files_of_record(self, session: Session) -> Collection[str]:
        """The files that the records of any feature are about."""
        return features().files_of_record(session)

    def shown(self, tx: Tx, shelf: Shelf, paper: ShownPaper) -> None:
        """Let the features of the meeting follow what its room is shown."""
        features().document_published(tx, self.meeting(tx.session, shelf), paper)
