"""Simulated members vote: each after a random delay, with the same service function as everyone."""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog
from sqlalchemy import select

from core.actor import Actor
from core.app_context import current_context
from core.db.models import RoomEvent
from core.errors import Refusal
from core.periodic import PeriodicTask, run_periodically
from meetings.voting.models import Poll, PollStatus
from meetings.voting.polls.ballots import cast_ballot
from meetings.voting.polls.presenters import opening_of, options_of
from meetings.voting.rules.poll_rules import PollMethod
from meetings.voting.rules.question_rules import ChoiceKey

STEP = 0.25
QUERY_EVERY = 2.0
FIRST, LAST = 1.5, 12.0
LATE = 45.0
"""Seconds until the latecomers vote; until then the chair sees them as missing."""

LATECOMERS = 2
LIKELY = {ChoiceKey.FOR: 16, ChoiceKey.AGAINST: 2, ChoiceKey.ABSTAIN: 1}
log = structlog.get_logger()


@dataclass
class _Vote:
    """An open poll. due: the time at which each simulated member votes, by user id."""

    poll_id: str
    options: Sequence[str]
    due: dict[str, float] = field(default_factory=dict)


class SimulatedVotes:
    """The votes of the simulated members of one meeting."""

    def __init__(self, meeting_id: str, user_ids: Sequence[str]) -> None:
        self._meeting_id = meeting_id
        self._members = set(user_ids)
        self._chance = random.Random(2026)  # noqa: S311 - believable, not secret
        self._open: dict[str, _Vote] = {}
        self._next_query = 0.0

    def on_room_event(self, row: RoomEvent) -> None:
        """Check for open polls at the next step after a poll event of the room."""
        if row.room_id == self._meeting_id and row.type.startswith("poll_"):
            self._next_query = 0.0

    def run(self) -> None:
        """Vote in all polls; does not return."""
        run_periodically(
            PeriodicTask("simulated_votes_failed", STEP, lambda: self.step(time.monotonic()))
        )

    def step(self, now: float) -> None:
        """Send all ballots that are due."""
        if now >= self._next_query:
            self._next_query = now + QUERY_EVERY
            self._find(now)
        for vote in list(self._open.values()):
            for user_id in [one for one, due in vote.due.items() if due <= now]:
                del vote.due[user_id]
                self._send(vote, user_id)

    def _find(self, now: float) -> None:
        with current_context().database.read() as session:
            polls = session.scalars(
                select(Poll).where(
                    Poll.meeting_id == self._meeting_id,
                    Poll.status == PollStatus.OPEN,
                    Poll.method == PollMethod.NAMED,
                )
            ).all()
        before, self._open = self._open, {}
        for poll in polls:
            self._open[poll.id] = before.get(poll.id) or self._planned(poll, now)

    def _planned(self, poll: Poll, now: float) -> _Vote:
        voters = [one for one in opening_of(poll).voters if one in self._members]
        self._chance.shuffle(voters)
        late, others = voters[:LATECOMERS], voters[LATECOMERS:]
        due = {one: now + self._chance.uniform(FIRST, LAST) for one in others}
        return _Vote(
            poll.id,
            [option.key for option in options_of(poll)],
            due | dict.fromkeys(late, now + LATE),
        )

    def _send(self, vote: _Vote, user_id: str) -> None:
        weights = [LIKELY.get(ChoiceKey(key), 1) if key in LIKELY else 4 for key in vote.options]
        (choice,) = self._chance.choices(list(vote.options), weights)
        actor = Actor(user_id, "", is_admin=False, sign_in_id="")
        try:
            cast_ballot(actor, vote.poll_id, choice)
        except Refusal as refusal:
            log.info("simulated_vote_refused", code=refusal.code)
