"""People who write on a paper for the whole room, as the product's own page does it.

While the pen is down its new points go out as `ink.wet`, 15 times a second. A finished stroke goes
to the server by HTTP: at once when nothing was sent for a second, else with what has accumulated,
one request a second and person, one at a time.
"""

import itertools
import json
import time
from dataclasses import dataclass, field
from typing import Any

from bench.load.crowd import Crowd, Tablet
from bench.load.handwriting import HZ, Point, pen_points
from bench.load.person import Person
from bench.product import Room

WET_EVERY = HZ // 15
"""Points between two messages."""
POST_EVERY = 1.0
MOST_AT_ONCE = 50
STYLE = {"color": "#b3261e", "width": 2.6, "opacity": 1}
ANCHOR = {
    "text": "Tốc độ tăng trưởng kinh tế trên địa bàn sáu tháng đầu năm ước đạt 7,4%",
    "prefix": "",
    "suffix": "",
    "box": [0.11, 0.31, 0.89, 0.34],
}


@dataclass
class Written:
    """One stroke. made: the moment of each point. lifted, kept: of pen-up and of the answer."""

    id: str
    page: int
    points: list[Point] = field(default_factory=list)
    made: list[float] = field(default_factory=list)
    told: int = 0
    lifted: float = 0.0
    kept: float = 0.0


def drawn(stroke_id: str, page: int, points: list[Point], audience: str) -> dict[str, Any]:
    """A finished stroke as it is sent."""
    return {
        "id": stroke_id,
        "version": 1,
        "page": page,
        "kind": "ink",
        "audience": audience,
        "geometry": {"strokes": [points]},
        "style": STYLE,
        "anchor": ANCHOR,
    }


class Writer:
    """One of them: a tablet of the crowd, a connection for HTTP, and a hand."""

    def __init__(self, crowd: Crowd, tablet: Tablet, room: Room, number: int) -> None:
        self.number = number
        self.strokes: dict[str, Written] = {}
        self.waits: list[float] = []
        self._tablet, self._room = tablet, room
        self._person = Person(crowd.port, room.cookies[number])
        self._crowd = crowd
        self._ids = itertools.count()
        self._pen = pen_points(number)
        self._stroke: Written | None = None
        self._wet: list[Written] = []
        self._ready: list[Written] = []
        self._on_its_way: list[Written] = []
        self._posted_at = 0.0

    def connect(self) -> None:
        """Open the connection for HTTP: one that is not used is closed."""
        self._person.connect()
        self._person.learn_token()
        self._crowd.watch(self._person.descriptor(), self._answered)

    def move(self, moment: int) -> None:
        """One sixtieth of a second."""
        self._draw()
        if (moment + self.number // WET_EVERY) % WET_EVERY == 0:
            self._tell()
        self.post()

    def post(self) -> None:
        """Send what is finished, when it is time."""
        now = time.perf_counter()
        if not self._ready or self._on_its_way or now - self._posted_at < POST_EVERY:
            return
        batch, self._ready = self._ready[:MOST_AT_ONCE], self._ready[MOST_AT_ONCE:]
        self._on_its_way, self._posted_at = batch, now
        items = [drawn(one.id, one.page, one.points, "meeting") for one in batch]
        path = f"/documents/{self._room.document_id}/annotations/batch"
        body = json.dumps({"items": items}).encode()
        key = f"Idempotency-Key: {batch[0].id}\r\n"
        self._person.send(self._person.request("POST", path, body, key))

    def lift(self) -> None:
        """The pen is up: the stroke is finished."""
        if self._stroke is not None:
            self._stroke.lifted = time.perf_counter()
            self._ready.append(self._stroke)
            self._stroke = None

    def done(self) -> bool:
        """Whether every finished stroke was answered; what waits is sent when it is time."""
        self.post()
        return not self._ready and not self._on_its_way

    def leave(self) -> None:
        """Close the connection for HTTP."""
        self._person.close()

    def _draw(self) -> None:
        point = next(self._pen)
        if point is None:
            self.lift()
            return
        if self._stroke is None:
            written = f"w{self.number:03}s{next(self._ids):012}"
            self._stroke = Written(written, 1 + self.number % self._room.pages)
            self.strokes[written] = self._stroke
            self._wet.append(self._stroke)
        self._stroke.points.append(point)
        self._stroke.made.append(time.perf_counter())

    def _tell(self) -> None:
        """Send the new points of the stroke that was begun first."""
        if not self._wet:
            return
        one = self._wet[0]
        new = one.points[one.told :]
        if new:
            wet = {
                "meeting_id": self._room.id,
                "document_id": self._room.document_id,
                "version": 1,
                "page": one.page,
                "id": one.id,
                "from": one.told,
                "points": new,
                "style": STYLE,
            }
            self._tablet.say("ink.wet", wet)
            one.told += len(new)
        if one is not self._stroke:
            self._wet.pop(0)

    def _answered(self) -> None:
        if not self._person.read():
            return
        status, body = self._person.told()
        if status != 201:
            raise RuntimeError(f"strokes refused: {status} {body}")
        if [one["id"] for one in body["items"]] != [one.id for one in self._on_its_way]:
            raise RuntimeError("other strokes were kept than were sent")
        for one in self._on_its_way:
            one.kept = self._person.got_at
        self.waits.append(self._person.got_at - self._person.sent_at)
        self._on_its_way = []
