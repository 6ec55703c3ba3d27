"""Live ink: strokes in progress for the whole room. They are not stored.

The finished stroke arrives as an annotation with the same id on the durable channel, which repairs
any loss here.
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
"""Seconds for which a document that was found readable in a room is not checked again."""

MOST_STROKES = 8
MOST_POINTS = 500
"""Limits for one person in one tick, so that a flood does not cost the other clients.

A pen makes one stroke and about twenty points in a tick.
"""

Readers = frozenset[Role]


class LiveInk:
    """Strokes drawn in each room since the last tick."""

    def __init__(self) -> None:
        self._documents: TLRUCache[tuple[str, str, int], tuple[float, Presentable], float] = (
            TLRUCache(math.inf, ttu=lambda _key, cached, _now: cached[0] + TRUSTED_FOR)
        )
        self._rooms: dict[str, dict[Readers, dict[str, list[WetStroke]]]] = {}
        self._mutex = threading.Lock()

    def relay_stroke(self, socket: Socket, drawn: InkWet) -> None:
        """Add points of a person's stroke to the room's next tick.

        Raises: NotAllowed, NoSuchPage (not readable for this person, or no such page), WrongStatus
        (the meeting is over), WritingOff (the person may not write for the room).
        """
        if socket.role not in current_context().permissions.rows[Action.DRAW.value]:
            raise NotAllowed(action=Action.DRAW.value)
        room_id = drawn.meeting_id
        document = self._document(room_id, drawn.document_id, drawn.version)
        if socket.role not in document.readers or not 1 <= drawn.page <= document.page_count:
            raise NoSuchPage(page=drawn.page)
        author = socket.actor.user_id
        check_writer(room_id, author, socket.role)
        with self._mutex:
            by_author = self._rooms.setdefault(room_id, {}).setdefault(document.readers, {})
            _add(by_author.setdefault(author, []), author, drawn)

    def take(self) -> dict[str, dict[Readers, list[WetStroke]]]:
        """The strokes since the last call, removed, by room and by the roles that may see them."""
        with self._mutex:
            rooms, self._rooms = self._rooms, {}
        return {
            room_id: {
                readers: list(chain(*by_author.values()))
                for readers, by_author in audiences.items()
            }
            for room_id, audiences in rooms.items()
        }

    def _document(self, room_id: str, document_id: str, version: int) -> Presentable:
        key, read_at = (room_id, document_id, version), time.monotonic()
        with self._mutex:
            cached = self._documents.get(key)
        if cached is not None:
            return cached[1]
        with current_context().database.read() as session:
            meeting = session.get(Meeting, room_id)
            document = document_in_room(session, room_id, document_id, version)
            if meeting is None or document is None:
                raise NoSuchPage()
            check_open(meeting.status)
        with self._mutex:
            # The time before the query: the data may have changed while the query ran.
            self._documents[key] = read_at, document
        return document


def _add(strokes: list[WetStroke], author: str, drawn: InkWet) -> None:
    """Add points to the strokes of one author. strokes: parts of strokes, each without gaps.

    Ids are separate for each author, so nobody can draw into another person's stroke.
    """
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
