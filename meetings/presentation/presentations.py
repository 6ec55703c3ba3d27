"""The stages of this server: what each room is shown now.

Memory is the truth, ordered by (term, rev).
A page turn writes no database: it is checked, numbered, sent, and saved at most a second later.
After a crash the holder's tablet sends its last acknowledged page again.
"""

import threading
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import update

from core.actor import Actor
from core.app_context import current_context
from core.periodic import PeriodicTask
from core.permissions import IN_THE_ROOM, Role
from core.realtime.broadcast import broadcast
from documents.queries import presentable
from meetings.presentation.lease import begin_term
from meetings.presentation.lease_rules import check_turn
from meetings.presentation.models import PresentationRow
from meetings.presentation.packets import RoomLivePacket, View
from meetings.presentation.presentable import PresentableVersion, check_presentable

SAVE_EVERY = 0.5
_UNSAVED = -1


@dataclass
class PresentationState:
    """One room's stage.

    readers: the roles that may read the paper shown. checked: what the last turn may show.
    """

    meeting_id: str
    term: int
    rev: int
    presenter_id: str | None
    document_id: str | None = None
    version: int | None = None
    page: int | None = None
    view: View | None = None
    readers: frozenset[Role] = field(default=IN_THE_ROOM)
    saved_rev: int = 0
    checked: PresentableVersion | None = None

    def packet(self, role: Role) -> RoomLivePacket:
        """The stage as a person of this role may see it."""
        if self.document_id is not None and role not in self.readers:
            return RoomLivePacket(
                term=self.term, rev=self.rev, presenter=self.presenter_id, hidden=True
            )
        return RoomLivePacket(
            term=self.term,
            rev=self.rev,
            presenter=self.presenter_id,
            document_id=self.document_id,
            version=self.version,
            page=self.page,
            view=self.view,
        )


class Presentations:
    """Every stage that this server has shown since it started."""

    def __init__(self) -> None:
        self._presentations: dict[str, PresentationState] = {}
        self._loading = threading.Lock()

    def known(self, meeting_id: str) -> PresentationState | None:
        """The stage of a meeting, if it was looked at since the server started."""
        return self._presentations.get(meeting_id)

    def at(self, meeting_id: str) -> PresentationState:
        """The stage of a meeting; the first look since the server started begins a new term."""
        presentation = self._presentations.get(meeting_id)
        if presentation is not None:
            return presentation
        with self._loading:
            if meeting_id not in self._presentations:
                begin_term(meeting_id)
                self._presentations[meeting_id] = _load(meeting_id)
            return self._presentations[meeting_id]

    def turn(
        self,
        actor: Actor,
        meeting_id: str,
        document_id: str,
        version: int,
        page: int,
        view: View | None,
        term: int | None,
    ) -> PresentationState:
        """Show a page to the room.

        Raises: NotPresenter, StaleTerm, NoSuchPage, WrongStatus (the meeting is over).
        """
        presentation = self.at(meeting_id)
        check_turn(actor.user_id, presentation.presenter_id, presentation.term, term)
        presentation.checked = check_presentable(
            actor, meeting_id, document_id, version, page, presentation.checked
        )
        presentation.document_id, presentation.version, presentation.page = (
            document_id,
            version,
            page,
        )
        presentation.view, presentation.readers = view, presentation.checked.readers
        presentation.rev += 1
        self.show(presentation)
        return presentation

    def show(self, presentation: PresentationState) -> None:
        """Send the stage to its room, at once, to each role what it may see."""
        seeing = (
            IN_THE_ROOM if presentation.document_id is None else presentation.readers & IN_THE_ROOM
        )
        if seeing:
            broadcast(
                presentation.meeting_id,
                seeing,
                "room.live",
                presentation.packet(next(iter(seeing))),
            )
        hidden = IN_THE_ROOM - seeing
        if hidden:
            broadcast(
                presentation.meeting_id,
                hidden,
                "room.live",
                presentation.packet(next(iter(hidden))),
            )

    def shows(self, meeting_id: str, document_id: str) -> bool:
        """Whether this paper is shown in the meeting now."""
        presentation = self._presentations.get(meeting_id)
        return presentation is not None and presentation.document_id == document_id

    def refresh(self, meeting_id: str) -> None:
        """Take up a change of presenter or of a paper's readers that was committed, and show it."""
        presentation = self._presentations.get(meeting_id)
        if presentation is None:
            return
        row = _load(meeting_id)
        before = presentation.packet(Role.GUEST), presentation.packet(Role.MEMBER)
        term_before = presentation.term
        if row.term > presentation.term:
            presentation.term, presentation.rev, presentation.saved_rev = row.term, 0, _UNSAVED
            presentation.presenter_id = row.presenter_id
        presentation.readers = _readers_now(presentation)
        if before != (presentation.packet(Role.GUEST), presentation.packet(Role.MEMBER)):
            if presentation.term == term_before:
                # Tablets take what is later only: what is shown has changed without a turn.
                presentation.rev += 1
            self.show(presentation)

    def save_all(self) -> None:
        """Write what was turned since the last time."""
        for presentation in list(self._presentations.values()):
            if presentation.rev != presentation.saved_rev:
                self._save(presentation)

    def periodic_task(self) -> PeriodicTask:
        """Saves the turns. Memory still holds what one run did not save: the next one does."""
        return PeriodicTask("stage_not_saved", SAVE_EVERY, self.save_all)

    def forget(self, meeting_id: str) -> None:
        """The meeting was deleted."""
        self._presentations.pop(meeting_id, None)

    def _save(self, presentation: PresentationState) -> None:
        rev, term = presentation.rev, presentation.term
        database = current_context().database
        with database.write() as session:
            session.execute(
                update(PresentationRow)
                .where(
                    PresentationRow.meeting_id == presentation.meeting_id,
                    PresentationRow.term == term,
                )
                .values(
                    rev=rev,
                    document_id=presentation.document_id,
                    version=presentation.version,
                    page=presentation.page,
                    view=msgspec.json.encode(presentation.view).decode(),
                )
            )
            database.commit(session)
        if presentation.term == term:
            presentation.saved_rev = rev


def _load(meeting_id: str) -> PresentationState:
    with current_context().database.read() as session:
        row = session.get_one(PresentationRow, meeting_id)
        presentation = PresentationState(
            meeting_id=meeting_id,
            term=row.term,
            rev=row.rev,
            presenter_id=row.presenter_id,
            document_id=row.document_id,
            version=row.version,
            page=row.page,
            view=msgspec.json.decode(row.view, type=View | None) if row.view else None,
            saved_rev=row.rev,
        )
    presentation.readers = _readers_now(presentation)
    return presentation


def _readers_now(presentation: PresentationState) -> frozenset[Role]:
    if presentation.document_id is None or presentation.version is None:
        return IN_THE_ROOM
    with current_context().database.read() as session:
        paper = presentable(session, presentation.document_id, presentation.version)
    if paper is None:
        # The paper was removed or replaced by force: nothing is shown any more.
        presentation.document_id = presentation.version = presentation.page = presentation.view = (
            None
        )
        return IN_THE_ROOM
    return paper.readers
