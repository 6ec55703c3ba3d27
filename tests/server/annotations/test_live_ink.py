"""Strokes that are seen while they are drawn: merged, to readers alone, bounded, kept nowhere."""

import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest

from core.ids import new_id
from tests.factories import small_pdf
from tests.server.annotations.ink_steps import STYLE, rows, seen, stroke, written
from tests.server.conftest import Room, add_paper
from tests.server.real_server import Tablet, wait_until
from tests.server.stopped_database import FILE
from tests.server.voting.vote_steps import done

pytestmark = pytest.mark.slow
WET = {name: STYLE[name] for name in ("color", "width", "opacity")}
Points = list[list[float]]


class Drawing:
    """A stroke that somebody draws on the room's paper."""

    def __init__(self, room: Room, tablet: Tablet, **more: Any) -> None:
        self.tablet, self.id = tablet, new_id()
        self.sent: Points = []
        self._place = {
            "meeting_id": room.id,
            "document_id": room.document,
            "version": 1,
            "page": 1,
            "id": self.id,
            "style": WET,
            **more,
        }

    def payload(self, points: Points, **more: Any) -> dict[str, Any]:
        """The packet with the next points."""
        made = {**self._place, "from": len(self.sent), "points": points, **more}
        self.sent += points
        return made

    def render_page(self, points: Points, **more: Any) -> None:
        """As a pen does: without waiting for an answer."""
        self.tablet.client.emit("ink.wet", self.payload(points, **more))

    def asked(self, points: Points, **more: Any) -> dict[str, Any]:
        """With an answer, for the test alone."""
        ack: dict[str, Any] = self.tablet.client.call("ink.wet", self.payload(points, **more))
        return ack


def line(number: int, y: float = 0.5) -> Points:
    """So many points on one height."""
    return [[place / 10_000, y, 0.5] for place in range(number)]


def ticks(tablet: Tablet) -> list[list[dict[str, Any]]]:
    """The strokes of every tick that a tablet got."""
    return [
        packet["ink"]
        for name, packet in list(tablet.seen)
        if name == "room.tick" and "ink" in packet
    ]


def put_together(tablet: Tablet, stroke_id: str) -> dict[int, list[float]]:
    """The points of a stroke by their index, as a receiver puts them together."""
    found: dict[int, list[float]] = {}
    for part in (part for tick in ticks(tablet) for part in tick if part["id"] == stroke_id):
        for place, point in enumerate(part["points"], start=part["from"]):
            assert found.setdefault(place, point) == point
    return found


def arrives(tablet: Tablet, drawing: Drawing) -> None:
    """Wait until a tablet has every point of a stroke, exactly as they were sent."""
    whole = dict(enumerate(drawing.sent))
    wait_until(lambda: put_together(tablet, drawing.id) == whole, "all points have arrived")


def test_strokes_of_several_come_merged_with_author_and_style(room: Room) -> None:
    member, other, chair = (room.tablet(one) for one in (room.member, room.other, room.chair))
    mine, others = Drawing(room, member), Drawing(room, other, page=2)
    for start in range(0, 60, 3):
        for drawing in (mine, others):
            drawing.render_page([[0.1 + (start + n) / 1000, 0.2, 0.5] for n in range(3)])
    for tablet in (chair, member, other):
        for drawing in (mine, others):
            arrives(tablet, drawing)
    parts = [part for tick in ticks(chair) for part in tick]
    assert {(part["author"], part["page"]) for part in parts} == {
        (room.member.id, 1),
        (room.other.id, 2),
    }
    assert all(part["style"] == WET and part["gone"] is False for part in parts)
    assert all((part["document_id"], part["version"]) == (room.document, 1) for part in parts)
    # Twenty packets of each within a moment: far fewer ticks, each with everything of both.
    assert len(ticks(chair)) < 20


def test_at_most_fifteen_ticks_a_second(room: Room) -> None:
    done(room.secretary.patch(f"/documents/{room.document}", open_to_guests=True))
    member, other, chair = (room.tablet(one) for one in (room.member, room.other, room.chair))
    secretary = room.tablet(room.secretary)
    late = add_paper(room.secretary, room.items[0], small_pdf(1, "late"))
    # Three audiences: a paper for everybody, one for the staff, and where the presenter points.
    drawings = [Drawing(room, member), Drawing(room, other)]
    drawings.append(Drawing(room, secretary, document_id=late))
    begun = time.monotonic()
    while time.monotonic() - begun < 2:
        for drawing in drawings:
            drawing.render_page(line(1, y=len(drawing.sent) / 1000))
        place = {"meeting_id": room.id, "at": [0.5, 0.5]}
        secretary.client.emit("pointer.move", place)
        time.sleep(0.01)
    arrives(chair, drawings[2])
    arrives(chair, drawings[0])
    took = time.monotonic() - begun
    heard = sum(name == "room.tick" for name, _ in list(chair.seen))
    assert heard <= 15 * took + 2
    assert put_together(other, drawings[2].id) == {}


def test_what_is_taken_back_is_told_as_gone(room: Room) -> None:
    member, other = room.tablet(room.member), room.tablet(room.other)
    drawing = Drawing(room, member)
    drawing.render_page(line(5))
    arrives(other, drawing)
    drawing.render_page([], gone=True)

    def gone() -> bool:
        return any(part["gone"] for tick in ticks(other) for part in tick)

    wait_until(gone, "it is told to be gone")
    # Drawn and taken back within one tick.
    second = Drawing(room, member)
    second.render_page(line(5))
    second.render_page([], gone=True)
    parts = lambda: [p for tick in ticks(other) for p in tick if p["id"] == second.id]  # noqa: E731
    wait_until(lambda: any(part["gone"] for part in parts()), "the second is told to be gone")


def test_the_finished_stroke_takes_the_place_of_the_wet_one(room: Room) -> None:
    member, other = room.tablet(room.member), room.tablet(room.other)
    drawing = Drawing(room, member)
    drawing.render_page(line(40))
    arrives(other, drawing)
    body = stroke(id=drawing.id, audience="meeting", geometry={"strokes": [drawing.sent]})
    made = written(room.member, room.document, body)
    put = other.next("room.event", type="annotations_put")["data"]["items"]
    assert put == [made]
    assert made["geometry"]["strokes"] == [drawing.sent]


def test_who_may_not_read_the_paper_sees_nothing_of_it(room: Room) -> None:
    member, guest, chair = (room.tablet(one) for one in (room.member, room.guest, room.chair))
    secretary = room.tablet(room.secretary)
    late = add_paper(room.secretary, room.items[0], small_pdf(1, "late"))
    shared, hidden = Drawing(room, member), Drawing(room, secretary, document_id=late)
    for drawing in (shared, hidden):
        assert drawing.asked(line(10))["ok"]
        arrives(chair, drawing)
    assert hidden.id not in str(member.seen)
    # What the guest would have been sent lies before this.
    assert secretary.call("pointer.move", at=[0.5, 0.5])["ok"]
    done(room.secretary.patch(f"/documents/{room.document}", open_to_guests=True))
    guest.next("room.event", type="document_put")
    assert ticks(guest) == []
    drawing = Drawing(room, member)
    wait_until(lambda: drawing.asked(line(1))["ok"] and ticks(guest), "guests see it as well")
    assert shared.id not in str(guest.seen)


@pytest.mark.parametrize(
    ("who", "more", "code"),
    [
        ("guest", {}, "not_allowed"),
        ("member", {"document_id": "no-such-paper"}, "no_such_page"),
        ("member", {"version": 2}, "no_such_page"),
        ("member", {"page": 0}, "no_such_page"),
        ("member", {"page": 4}, "no_such_page"),
        ("member", {"page": -(10**12)}, "no_such_page"),
        ("stranger", {}, "not_in_room"),
        ("admin", {}, "not_in_room"),
        ("member", {"meeting_id": "another"}, "not_in_room"),
    ],
)
def test_what_is_not_allowed_is_refused_and_shown_to_nobody(
    room: Room, who: str, more: dict[str, Any], code: str
) -> None:
    chair, other = room.tablet(room.chair), room.tablet(room.other)
    tablet = room.tablet(getattr(room, who), join=who not in ("stranger", "admin"))
    refused, taken = Drawing(room, tablet, **more), Drawing(room, other)
    assert refused.asked(line(3))["code"] == code
    assert taken.asked(line(3))["ok"]
    arrives(chair, taken)
    assert refused.id not in str(chair.seen)


def test_a_paper_of_another_meeting_is_none_here(room: Room, people: Any) -> None:
    from_elsewhere = Drawing(room, room.tablet(room.member), document_id=foreign_paper(room))
    assert from_elsewhere.asked(line(3))["code"] == "no_such_page"


def foreign_paper(room: Room) -> str:
    """A published paper of another meeting of the same people."""
    body = {"title": "Họp khác", "starts_at": "2026-11-24T01:00:00Z", "chair_ids": [room.chair.id]}
    meeting = done(room.secretary.post("/meetings", **body), 201)["id"]
    place = f"/meetings/{meeting}/participants/{room.member.id}"
    done(room.secretary.put(place, role="member"))
    path = f"/meetings/{meeting}/agenda-items"
    item = done(room.secretary.post(path, title="Việc", minutes=5), 201)["id"]
    paper = add_paper(room.secretary, item, small_pdf(1))
    done(room.secretary.post(f"/meetings/{meeting}/status", status="in_session"))
    return paper


def test_when_the_meeting_is_over_nothing_is_drawn(room: Room) -> None:
    tablet = room.tablet(room.member)
    assert Drawing(room, tablet).asked(line(3))["ok"]
    done(room.secretary.post(f"/meetings/{room.id}/status", status="closed"))
    drawing = Drawing(room, tablet)
    # A paper that was found readable is trusted for a second.
    wait_until(
        lambda: drawing.asked(line(1)).get("code") == "wrong_status", "drawing is over", timeout=3
    )


def test_who_was_removed_draws_no_longer(room: Room) -> None:
    tablet, chair = room.tablet(room.member), room.tablet(room.chair)
    assert Drawing(room, tablet).asked(line(3))["ok"]
    place = f"/meetings/{room.id}/participants/{room.member.id}"
    assert room.secretary.delete(place).status_code == 204
    tablet.next("resync")
    drawing = Drawing(room, tablet)
    assert drawing.asked(line(3))["code"] == "not_in_room"
    assert drawing.id not in str(chair.seen)


def test_what_lost_its_middle_is_told_in_parts_that_fit(room: Room) -> None:
    member, other = room.tablet(room.member), room.tablet(room.other)
    drawing = Drawing(room, member)
    first, lost, last = line(4, y=0.1), line(6, y=0.2), line(5, y=0.3)
    drawing.render_page(first)
    drawing.sent += lost
    drawing.render_page(last)
    wanted = {**dict(enumerate(first)), **dict(enumerate(last, start=10))}
    wait_until(lambda: put_together(other, drawing.id) == wanted, "both parts arrived")


def most(of: Callable[[dict[str, Any]], int], tablet: Tablet, author: str) -> int:
    """The largest number of one author in one tick."""
    sums: dict[int, int] = defaultdict(int)
    for place, tick in enumerate(ticks(tablet)):
        for part in tick:
            sums[place] += of(part) if part["author"] == author else 0
    return max(sums.values(), default=0)


def test_a_flood_of_one_costs_the_others_nothing(room: Room) -> None:
    flooder, other, chair = (room.tablet(one) for one in (room.member, room.other, room.chair))
    secretary = room.tablet(room.secretary)
    calm = Drawing(room, other)
    for wave in range(10):
        for _ in range(20):
            Drawing(room, flooder).render_page(line(100))
        Drawing(room, flooder).render_page(line(500, y=0.1))
        calm.render_page([[wave / 100 + n / 10_000, 0.9, 0.5] for n in range(5)])
        assert secretary.turn(room.document, 1 + wave % 3)["ok"]
    arrives(chair, calm)
    assert most(lambda part: 1, chair, room.member.id) <= 8
    assert 100 <= most(lambda part: len(part["points"]), chair, room.member.id) <= 500
    assert chair.client.connected
    assert flooder.client.connected


def test_nothing_of_it_touches_the_database(room: Room) -> None:
    member, other = room.tablet(room.member), room.tablet(room.other)
    drawings = [Drawing(room, member) for _ in range(3)]

    def drawn_without_a_commit() -> bool:
        """Other things are written now and then: when somebody was last seen, for one."""
        before = commits(room)
        for drawing in drawings:
            for _ in range(20):
                drawing.render_page(line(2))
            arrives(other, drawing)
        return commits(room) == before

    wait_until(drawn_without_a_commit, "a while of drawing without any commit")
    assert seen(room.member, room.document) == []
    for file in room.server.made.data.glob(f"{FILE}*"):
        content = file.read_bytes()
        for drawing in drawings:
            assert drawing.id.encode() not in content, file


def commits(room: Room) -> tuple[tuple[Any, ...], ...]:
    """What any commit of somebody else changes: the numbers of events, rows and jobs."""
    tables = [
        name for (name,) in rows(room.server, "SELECT name FROM sqlite_master WHERE type='table'")
    ]
    counts = tuple(
        rows(room.server, f'SELECT count(*) FROM "{name}"')[0] for name in sorted(tables)
    )
    wal = room.server.made.data / f"{FILE}-wal"
    return (*counts, (wal.read_bytes()[:32], wal.stat().st_mtime_ns))
