"""The role of a person in a meeting: every permission of meetings and documents rests on it."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from core.actor import Actor
from core.database import keep
from core.errors import NotFound
from core.permissions import STAFF, Role, account_roles
from core.transaction import Tx
from documents.annotations.declares import WritingOff
from documents.declares import DocumentInVote
from documents.shelves import Shelf, ShelfPlace, ShownPaper
from meetings.models import AgendaItem, Meeting, MeetingStatus, Participant
from meetings.status_rules import UNDER_WAY, check_open
from meetings.voting.log.entries import PaperPublished
from meetings.voting.vote_log import nfc, write
from meetings.voting.voted_documents import files_put_to_vote, was_put_to_vote
from meetings.writing.writing_rules import may_moderate, may_write_for_room


@dataclass(frozen=True, slots=True)
class Membership:
    """One person in one meeting. listed_role: of the participant, None: the person is none.

    A permission may be asked of it, where a query has found it together with other facts.
    """

    listed_role: Role | None
    status: MeetingStatus

    @property
    def role(self) -> Role | None:
        """The role that counts: a draft is visible to its staff only."""
        hidden = self.status is MeetingStatus.DRAFT and self.listed_role not in STAFF
        return None if hidden else self.listed_role

    @property
    def roles(self) -> frozenset[Role]:
        """The role that counts, as a set."""
        return frozenset() if self.role is None else frozenset({self.role})


def membership_of(session: Session, user_id: str, meeting: Meeting) -> Membership:
    """The person's membership in the meeting."""
    participant = session.get(Participant, (meeting.id, user_id))
    if participant is None:
        return Membership(None, meeting.status)
    keep(session, participant)
    return Membership(participant.role, meeting.status)


def role_in(session: Session, user_id: str, meeting: Meeting) -> Role | None:
    """The person's role in the meeting, or None."""
    return membership_of(session, user_id, meeting).role


def membership_roles(_session: Session, _actor: Actor, membership: Membership) -> frozenset[Role]:
    """The roles of a membership that was found before."""
    return membership.roles


def meeting_roles(session: Session, actor: Actor, meeting: Meeting) -> frozenset[Role]:
    """Account roles and the role in this meeting, together."""
    return account_roles(actor) | membership_of(session, actor.user_id, meeting).roles


def item_roles(session: Session, actor: Actor, item: AgendaItem) -> frozenset[Role]:
    """The roles towards an item are those towards its meeting."""
    return meeting_roles(session, actor, session.get_one(Meeting, item.meeting_id))


def sits_in_a_meeting(session: Session, user_id: str) -> bool:
    """Whether one of the person's meetings is in session or paused: such a sign-in stays awake."""
    now = (
        select(Participant.user_id)
        .join(Meeting, Meeting.id == Participant.meeting_id)
        .where(Participant.user_id == user_id, Meeting.status.in_(UNDER_WAY))
        .limit(1)
    )
    return session.scalar(now) is not None


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
            roles = account_roles(actor) | Membership(row.role, row.status).roles
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
            presents=lambda: meeting.stage.presenter_id == actor.user_id,
        ):
            raise WritingOff()

    def moderates(self, session: Session, actor: Actor, shelf: Shelf) -> bool:
        """Chair, secretary and the presenter keep the common page in order."""
        meeting = self.meeting(session, shelf)
        role = role_in(session, actor.user_id, meeting)
        return may_moderate(role, presents=meeting.stage.presenter_id == actor.user_id)

    def check_removable(self, session: Session, shelf: Shelf, document_id: str) -> None:
        """Whoever checks a vote later must find what it was about."""
        if was_put_to_vote(session, self.meeting(session, shelf).id, document_id):
            raise DocumentInVote()

    def files_of_record(self, session: Session) -> Collection[str]:
        """The files whose hashes stand in the log of votes as what was voted on."""
        return files_put_to_vote(session)

    def shown(self, tx: Tx, shelf: Shelf, paper: ShownPaper) -> None:
        """The log of votes keeps the hash of every paper that the room was shown."""
        data = PaperPublished(paper.document_id, paper.version, nfc(paper.title), paper.sha256)
        write(tx, self.meeting(tx.session, shelf), [data])


def shelves_of(meeting: Meeting) -> list[Shelf]:
    """Every shelf of a meeting: its own, then its items' in order."""
    return [
        Shelf("meeting", meeting.id),
        *(Shelf("agenda_item", item.id) for item in meeting.agenda),
    ]
