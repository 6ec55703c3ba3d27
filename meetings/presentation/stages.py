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
from core.app_context import house
from core.periodic import PeriodicTask
from core.permissions import IN_THE_ROOM, Role
from core.realtime.broadcast import broadcast
from documents.queries import presentable
from meetings.presentation.lease import begin_term
from meetings.presentation.lease_rules import check_turn
from meetings.presentation.models import Stage
from meetings.presentation.packets import RoomLivePacket, View
from meetings.presentation.showable import Showable, check_showable

SAVE_EVERY = 0.5
_UNSAVED = -1


@dataclass
class StageNow:
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
    checked: Showable | None = None

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


class Stages:
    """Every stage that this server has shown since it started."""

    def __init__(self) -> None:
        self._stages: dict[str, StageNow] = {}
        self._loading = threading.Lock()

    def known(self, meeting_id: str) -> StageNow | None:
        """The stage of a meeting, if it was looked at since the server started."""
        return self._stages.get(meeting_id)

    def at(self, meeting_id: str) -> StageNow:
        """The stage of a meeting; the first look since the server started begins a new term."""
        stage = self._stages.get(meeting_id)
        if stage is not None:
            return stage
        with self._loading:
            if meeting_id not in self._stages:
                begin_term(meeting_id)
                self._stages[meeting_id] = _load(meeting_id)
            return self._stages[meeting_id]

    def turn(
        self,
        actor: Actor,
        meeting_id: str,
        document_id: str,
        version: int,
        page: int,
        view: View | None,
        term: int | None,
    ) -> StageNow:
        """Show a page to the room.

        Raises: NotPresenter, StaleTerm, NoSuchPage, WrongStatus (the meeting is over).
        """
        stage = self.at(meeting_id)
        check_turn(actor.user_id, stage.presenter_id, stage.term, term)
        stage.checked = check_showable(actor, meeting_id, document_id, version, page, stage.checked)
        stage.document_id, stage.version, stage.page = document_id, version, page
        stage.view, stage.readers = view, stage.checked.readers
        stage.rev += 1
        self.show(stage)
        return stage

    def show(self, stage: StageNow) -> None:
        """Send the stage to its room, at once, to each role what it may see."""
        seeing = IN_THE_ROOM if stage.document_id is None else stage.readers & IN_THE_ROOM
        if seeing:
            broadcast(stage.meeting_id, seeing, "room.live", stage.packet(next(iter(seeing))))
        hidden = IN_THE_ROOM - seeing
        if hidden:
            broadcast(stage.meeting_id, hidden, "room.live", stage.packet(next(iter(hidden))))

    def shows(self, meeting_id: str, document_id: str) -> bool:
        """Whether this paper is shown in the meeting now."""
        stage = self._stages.get(meeting_id)
        return stage is not None and stage.document_id == document_id

    def refresh(self, meeting_id: str) -> None:
        """Take up a change of presenter or of a paper's readers that was committed, and show it."""
        stage = self._stages.get(meeting_id)
        if stage is None:
            return
        row = _load(meeting_id)
        before = stage.packet(Role.GUEST), stage.packet(Role.MEMBER)
        term_before = stage.term
        if row.term > stage.term:
            stage.term, stage.rev, stage.saved_rev = row.term, 0, _UNSAVED
            stage.presenter_id = row.presenter_id
        stage.readers = _readers_now(stage)
        if before != (stage.packet(Role.GUEST), stage.packet(Role.MEMBER)):
            if stage.term == term_before:
                # Tablets take what is later only: what is shown has changed without a turn.
                stage.rev += 1
            self.show(stage)

    def save_all(self) -> None:
        """Write what was turned since the last time."""
        for stage in list(self._stages.values()):
            if stage.rev != stage.saved_rev:
                self._save(stage)

    def periodic_task(self) -> PeriodicTask:
        """Saves the turns. Memory still holds what one run did not save: the next one does."""
        return PeriodicTask("stage_not_saved", SAVE_EVERY, self.save_all)

    def forget(self, meeting_id: str) -> None:
        """The meeting was deleted."""
        self._stages.pop(meeting_id, None)

    def _save(self, stage: StageNow) -> None:
        rev, term = stage.rev, stage.term
        database = house().database
        with database.write() as session:
            session.execute(
                update(Stage)
                .where(Stage.meeting_id == stage.meeting_id, Stage.term == term)
                .values(
                    rev=rev,
                    document_id=stage.document_id,
                    version=stage.version,
                    page=stage.page,
                    view=msgspec.json.encode(stage.view).decode(),
                )
            )
            database.commit(session)
        if stage.term == term:
            stage.saved_rev = rev


def _load(meeting_id: str) -> StageNow:
    with house().database.read() as session:
        row = session.get_one(Stage, meeting_id)
        stage = StageNow(
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
    stage.readers = _readers_now(stage)
    return stage


def _readers_now(stage: StageNow) -> frozenset[Role]:
    if stage.document_id is None or stage.version is None:
        return IN_THE_ROOM
    with house().database.read() as session:
        paper = presentable(session, stage.document_id, stage.version)
    if paper is None:
        # The paper was removed or replaced by force: nothing is shown any more.
        stage.document_id = stage.version = stage.page = stage.view = None
        return IN_THE_ROOM
    return paper.readers
