"""The progress of open polls, sent to their rooms once a second. It never contains choices."""

import time
from collections.abc import Callable, Sequence

from sqlalchemy import select

from core.app_context import current_context
from core.periodic import PeriodicTask
from core.permissions import IN_THE_ROOM, STAFF
from core.realtime.broadcast import broadcast
from meetings.voting.models import Poll, PollStatus
from meetings.voting.poll_facts import VoteProgress
from meetings.voting.polls.progress import staff_progress, without_staff_parts

REPORT_SECONDS = 1
REPEAT_AFTER_NS = 5_000_000_000


class ProgressBroadcast:
    """The open polls of rooms that have a client on this server."""

    def __init__(self, rooms: Callable[[], Sequence[str]]) -> None:
        self._rooms = rooms
        self._sent: dict[str, tuple[int, VoteProgress]] = {}

    def periodic_task(self) -> PeriodicTask:
        """The task that publishes progress each second; the next run repairs a failed one."""
        return PeriodicTask("vote_counts_failed", REPORT_SECONDS, self.publish_all)

    def publish_all(self) -> None:
        """Send progress that changed, or was last sent five seconds ago."""
        rooms = self._rooms()
        if not rooms:
            return
        with current_context().database.read() as session:
            polls = session.scalars(
                select(Poll).where(Poll.status == PollStatus.OPEN, Poll.meeting_id.in_(rooms))
            ).all()
            reports = [(poll, staff_progress(session, poll)) for poll in polls]
        now = time.monotonic_ns()
        for poll, staff in reports:
            at, before = self._sent.get(poll.id, (0, None))
            if staff != before or now - at >= REPEAT_AFTER_NS:
                self._sent[poll.id] = now, staff
                everyone = without_staff_parts(staff)
                broadcast(poll.meeting_id, IN_THE_ROOM - STAFF, "room.votes", everyone)
                broadcast(poll.meeting_id, STAFF, "room.votes", staff)
        open_now = {poll.id for poll in polls}
        for ended in self._sent.keys() - open_now:
            del self._sent[ended]


def periodic(rooms: Callable[[], Sequence[str]]) -> list[PeriodicTask]:
    """The task for the rooms of this server."""
    return [ProgressBroadcast(rooms).periodic_task()]
