"""Simulated members: a program in the place of absent people, labelled as simulated.

They join the room like clients. Each follows the page after a random delay, and sometimes reads
apart for a while. Presence counts them like everyone.
"""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass

from core.periodic import PeriodicTask, run_periodically
from meetings.presentation.presentations import Presentations
from meetings.room.presence import Presences

STEP = 0.4
SLOWEST = 1.6
WANDERS = 0.004
AWAY_SECONDS = (6.0, 20.0)


@dataclass
class Simulated:
    """One simulated member. `due`: when it next follows. `away_until`: end of reading apart."""

    user_id: str
    seen: tuple[int, int] = (0, -1)
    due: float = 0.0
    away_until: float = 0.0

    @property
    def sid(self) -> str:
        """The id that replaces a socket id."""
        return f"simulated/{self.user_id}"


class SimulatedMembers:
    """All simulated members of one meeting."""

    def __init__(
        self,
        meeting_id: str,
        user_ids: Sequence[str],
        presentations: Presentations,
        presences: Presences,
    ) -> None:
        self._meeting_id = meeting_id
        self._members = [Simulated(user_id) for user_id in user_ids]
        self._presentations = presentations
        self._presences = presences
        self._chance = random.Random(2026)  # noqa: S311 - believable, not secret

    def run(self) -> None:
        """Join the room and follow the presentation; does not return."""
        for member in self._members:
            self._presences.enter(self._meeting_id, member.sid, member.user_id)
        run_periodically(
            PeriodicTask("simulated_members_failed", STEP, lambda: self.step(time.monotonic()))
        )

    def step(self, now: float) -> None:
        """Update all members at the time `now` (monotonic seconds)."""
        presentation = self._presentations.at(self._meeting_id)
        page = (presentation.term, presentation.rev)
        for member in self._members:
            if member.away_until:
                if now >= member.away_until:
                    member.away_until, member.seen = 0.0, (0, -1)
            elif member.seen != page and member.due == 0.0:
                member.due = now + self._chance.random() * SLOWEST
            elif member.due and now >= member.due:
                member.due, member.seen = 0.0, page
                self._tell(member, presentation.document_id, presentation.page, following=True)
            elif presentation.page is not None and self._chance.random() < WANDERS:
                member.away_until = now + self._chance.uniform(*AWAY_SECONDS)
                self._tell(
                    member, presentation.document_id, max(1, presentation.page - 1), following=False
                )

    def _tell(
        self, member: Simulated, document_id: str | None, page: int | None, *, following: bool
    ) -> None:
        self._presences.tell(self._meeting_id, member.sid, document_id, page, following)
