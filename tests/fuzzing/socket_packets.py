"""Random packets of Socket.IO: the events of a room with one wrong value, and broken frames."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import websocket

from core.ids import new_id
from tests.fuzzing.http_requests import HARD
from tests.server.real_server import Person

TIMEOUT = 20.0
BROKEN = 0.04
"""The share of packets that are no event at all; each ends its connection."""
_LONG = "a" * 70_000
_FRAMES: tuple[str | bytes, ...] = (
    "",
    "4",
    "9",
    "42",
    "42[]",
    "42{}",
    "42null",
    "42[1]",
    "42[[]]",
    '42["',
    "42" + "[" * 20_000,
    '429999999999999999999999["room.leave",{}]',
    '451-["page.turn",{"_placeholder":true,"num":0}]',
    "43[]",
    "431[{}]",
    "40/admin,",
    "41",
    "44{}",
    '42/other,["room.leave",{}]',
    '42["connect"]',
    '42["disconnect"]',
    '42["page.turn",{"page":NaN}]',
    '42["\\ud800",{}]',
    b"\x00\x01",
    b"",
)


def packets(seed: int, count: int, meeting_id: str, document_id: str) -> Iterator[str | bytes]:
    """So many packets of Engine.IO; those that are events ask for acknowledgement number 7."""
    chance = random.Random(seed)
    for _ in range(count):
        if chance.random() < BROKEN:
            yield chance.choice(_FRAMES)
            continue
        # Mostly in the room: outside of it the other events are refused at once.
        events = _events(meeting_id, document_id, chance)
        name, payload = chance.choices(events, (3, 1, 6, 6, 6, 6))[0]
        yield "427" + json.dumps([*_name(name, chance), *_payloads(payload, chance)])


def _events(
    meeting_id: str, document_id: str, chance: random.Random
) -> list[tuple[str, dict[str, Any]]]:
    """Every event that a room takes, with a payload that it accepts."""
    there = {"meeting_id": meeting_id}
    page = {"document_id": document_id, "version": 1, "page": chance.randint(1, 3)}
    at = [round(chance.random(), 3), round(chance.random(), 3)]
    style = {"color": "#b3261e", "width": 2.6, "opacity": 1}
    points = [[*at, 0.5]] * chance.randint(1, 4)
    have = {"epoch": "x", "seq": chance.randint(0, 9), "mine_seq": 0}
    return [
        ("room.join", {**there, "protocol_version": 1, **(have if chance.random() < 0.5 else {})}),
        ("room.leave", dict(there)),
        ("page.turn", {**there, **page, "term": 1, "view": {"x": 0.5, "y": 0.5, "scale": 2}}),
        ("pointer.move", {**there, "at": at}),
        ("presence.at", {**there, "following": True, "document_id": document_id, "page": 1}),
        (
            "ink.wet",
            {**there, **page, "id": new_id(), "from": 0, "points": points, "style": style},
        ),
    ]


def _name(name: str, chance: random.Random) -> list[Any]:
    """The event's name, seldom something else."""
    if chance.random() < 0.95:
        return [name]
    return [
        chance.choice([name.upper(), f"{name}\x00", "", 5, None, {}, [name], _LONG, "ink.gone"])
    ]


def _payloads(payload: dict[str, Any], chance: random.Random) -> list[Any]:
    """The payload as it is, without a field, with a hard value in one, or another thing."""
    way = chance.random()
    if way < 0.15:
        return [payload]
    if way < 0.25:
        del payload[chance.choice(list(payload))]
        return [payload]
    if way < 0.95:
        inside = [payload]
        inside += [one for one in payload.values() if isinstance(one, dict)]
        within = chance.choice(inside)
        within[chance.choice(list(within))] = chance.choice(HARD)
        return [payload]
    return chance.choice([[], [None], [[payload]], [payload, payload], ["text"], [{}], [_LONG]])


class FuzzedSocket:
    """One person's connection, opened again whenever the server has ended it.

    answers: acknowledgements by code ("ok" where it was accepted). ended: connections that the
    server ended.
    """

    def __init__(self, person: Person, meeting_id: str) -> None:
        self.answers: Counter[str] = Counter()
        self.ended = 0
        self._person, self._meeting_id = person, meeting_id
        self._socket: websocket.WebSocket | None = None

    def send(self, packet: str | bytes) -> None:
        """Send a packet and wait for its acknowledgement, or for that of the next `room.join`."""
        socket = self._socket or self._connect()
        try:
            if isinstance(packet, bytes):
                socket.send_binary(packet)
            else:
                socket.send(packet)
            if isinstance(packet, str) and packet.startswith("427["):
                self.answers[self._code(socket, "437")] += 1
                return
            # Whether it goes on after a broken frame tells the answer to a good one.
            self._join(socket)
        except (websocket.WebSocketConnectionClosedException, ConnectionError):
            self.ended += 1
            self.close()

    def _connect(self) -> websocket.WebSocket:
        server = self._person.server
        cookies = "; ".join(f"{one.name}={one.value}" for one in self._person.http.cookies)
        address = f"ws://127.0.0.1:{server.port}/socket.io/?EIO=4&transport=websocket"
        self._socket = websocket.create_connection(
            f"{address}&room={self._meeting_id}", timeout=TIMEOUT, cookie=cookies
        )
        self._socket.send("40")
        self._join(self._socket)
        return self._socket

    def _join(self, socket: websocket.WebSocket) -> None:
        body = {"meeting_id": self._meeting_id, "protocol_version": 1}
        socket.send("428" + json.dumps(["room.join", body]))
        self._code(socket, "438")

    def _code(self, socket: websocket.WebSocket, head: str) -> str:
        """The code of the acknowledgement that begins so; pings are answered meanwhile."""
        while True:
            text = socket.recv()
            if text == "2":
                socket.send("3")
            elif isinstance(text, str) and text.startswith(head):
                (ack,) = json.loads(text[len(head) :])
                return "ok" if ack["ok"] else str(ack["code"])

    def close(self) -> None:
        """End the connection."""
        if self._socket is not None:
            # `close` leaves the socket open where the server has ended the connection.
            self._socket.shutdown()
        self._socket = None
