"""The presentations of this server: the page that each room is shown.

Memory is authoritative, ordered by (term, rev). A page turn does not write to the database: it is
checked, numbered, sent, and saved at most a second later. After a crash, the presenter's client
sends its last acknowledged page again.
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
    """The presentation of one room.

    readers: the roles that may read the presented document. checked: result for the last turn.
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
        """The packet for a role; it hides a document that the role may not read."""
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
    """All presentations that this server has loaded since it started."""

    def __init__(self) -> None:
        self._presentations: dict[str, PresentationState] = {}
        self._loading = threading.Lock()

    def known(self, meeting_id: str) -> PresentationState | None:
        """The presentation of a meeting, or None if it is not loaded."""
        return self._presentations.get(meeting_id)

    def at(self, meeting_id: str) -> PresentationState:
        """The presentation of a meeting; loading it first begins a new term."""
        presentation = self._presentations.get(meeting_id)
        if presentation is not None:
            return presentation
        with self._loading:
            if meeting_id not in self._presentations:
                begin_term(meeting_id)
                self._presentations[meeting_id] = _load(meeting_id)
            return self._presentations[meeting_id]

    def turn_page(
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
        """Send the presentation to its room immediately, to each role the part that it may see."""
        readers = (
            IN_THE_ROOM if presentation.document_id is None else presentation.readers & IN_THE_ROOM
        )
        if readers:
            broadcast(
                presentation.meeting_id,
                readers,
                "room.live",
                presentation.packet(next(iter(readers))),
            )
        hidden = IN_THE_ROOM - readers
        if hidden:
            broadcast(
                presentation.meeting_id,
                hidden,
                "room.live",
                presentation.packet(next(iter(hidden))),
            )

    def shows(self, meeting_id: str, document_id: str) -> bool:
        """Whether the document is presented in the meeting now."""
        presentation = self._presentations.get(meeting_id)
        return presentation is not None and presentation.document_id == document_id

    def refresh(self, meeting_id: str) -> None:
        """Load a committed change of the presenter or of a document's readers, and send it."""
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
                # Clients accept only later packets, and this change is not a turn.
                presentation.rev += 1
            self.show(presentation)

    def save_all(self) -> None:
        """Save all presentations that changed since they were last saved."""
        for presentation in list(self._presentations.values()):
            if presentation.rev != presentation.saved_rev:
                self._save(presentation)

    def periodic_task(self) -> PeriodicTask:
        """The task that saves turns. Memory keeps what one run did not save, for the next run."""
        return PeriodicTask("stage_not_saved", SAVE_EVERY, self.save_all)

    def forget(self, meeting_id: str) -> None:
        """Remove the presentation of a deleted meeting."""
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
        document = presentable(session, presentation.document_id, presentation.version)
    if document is None:
        # The document was removed or replaced by force: nothing is presented any more.
        presentation.document_id = presentation.version = presentation.page = presentation.view = (
            None
        )
        return IN_THE_ROOM
    return document.readers
