"""Wet ink: strokes for the whole room while they are being drawn. Nothing of it is stored.

The finished stroke comes as an annotation with the same id, by the durable lane; what is lost here
is repaired there.
"""

import math
import threading
import time
from itertools import chain

from cachetools import TLRUCache

from core.app_context import current_context
from core.errors import NotAllowed
from core.permissions import Role
from documents.queries import Presentable
from meetings.meeting.status_rules import check_open
from meetings.presentation.declares import NoSuchPage
from meetings.presentation.presentable import document_in_room
from meetings.room.connections import Socket
from meetings.room.declares import Action
from meetings.room.live_strokes import InkWet, Point, WetStroke
from meetings.shared.models import Meeting
from meetings.writing.writers import check_writer

TRUSTED_FOR = 1.0
"""Seconds for which a paper that was found readable in a room is not looked up again."""

MOST_STROKES = 8
MOST_POINTS = 500
"""What one tick carries of one person: floods cost the others nothing. A pen makes one stroke and
some twenty points in that time."""

Readers = frozenset[Role]


class LiveInk:
    """What was drawn in each room since the last tick."""

    def __init__(self) -> None:
        self._papers: TLRUCache[tuple[str, str, int], tuple[float, Presentable], float] = TLRUCache(
            math.inf, ttu=lambda _key, kept, _now: kept[0] + TRUSTED_FOR
        )
        self._rooms: dict[str, dict[Readers, dict[str, list[WetStroke]]]] = {}
        self._mutex = threading.Lock()

    def draw(self, socket: Socket, drawn: InkWet) -> None:
        """Put points of somebody's stroke into the room's next tick.

        Raises: NotAllowed, NoSuchPage (not for this person, or not there), WrongStatus (the meeting
        is over), WritingOff (this person may not write for the room).
        """
        if socket.role not in current_context().permissions.rows[Action.DRAW.value]:
            raise NotAllowed(action=Action.DRAW.value)
        room_id = drawn.meeting_id
        paper = self._paper(room_id, drawn.document_id, drawn.version)
        if socket.role not in paper.readers or not 1 <= drawn.page <= paper.page_count:
            raise NoSuchPage(page=drawn.page)
        author = socket.actor.user_id
        check_writer(room_id, author, socket.role)
        with self._mutex:
            hands = self._rooms.setdefault(room_id, {}).setdefault(paper.readers, {})
            _add(hands.setdefault(author, []), author, drawn)

    def take(self) -> dict[str, dict[Readers, list[WetStroke]]]:
        """What was drawn since the last time: strokes by room and by who may see them."""
        with self._mutex:
            rooms, self._rooms = self._rooms, {}
        return {
            room_id: {readers: list(chain(*hands.values())) for readers, hands in audiences.items()}
            for room_id, audiences in rooms.items()
        }

    def _paper(self, room_id: str, document_id: str, version: int) -> Presentable:
        key, asked_at = (room_id, document_id, version), time.monotonic()
        with self._mutex:
            kept = self._papers.get(key)
        if kept is not None:
            return kept[1]
        with current_context().database.read() as session:
            meeting = session.get(Meeting, room_id)
            paper = document_in_room(session, room_id, document_id, version)
            if meeting is None or paper is None:
                raise NoSuchPage()
            check_open(meeting.status)
        with self._mutex:
            # Trusted from before the query: what it read may have changed while it ran.
            self._papers[key] = asked_at, paper
        return paper


def _add(strokes: list[WetStroke], author: str, drawn: InkWet) -> None:
    """Add to what one person drew. One person's ids are nobody else's: no one draws into another's
    stroke. hand: parts of strokes, each without gaps."""
    room = MOST_POINTS - sum(len(part.points) for part in strokes)
    points = drawn.points[:room]
    last = next((part for part in reversed(strokes) if part.id == drawn.id), None)
    if last is not None and (drawn.gone or last.continued_by(drawn)):
        last.points += points if last.continued_by(drawn) else []
        last.gone = last.gone or drawn.gone
    elif len(strokes) < MOST_STROKES:
        strokes.append(_part(author, drawn, points))


def _part(author: str, drawn: InkWet, points: list[Point]) -> WetStroke:
    return WetStroke(
        id=drawn.id,
        author=author,
        document_id=drawn.document_id,
        version=drawn.version,
        page=drawn.page,
        style=drawn.style,
        start=drawn.start,
        points=points,
        gone=drawn.gone,
    )
