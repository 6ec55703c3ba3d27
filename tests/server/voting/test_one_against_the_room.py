"""One tablet that misbehaves: what it may not pretend, and that nobody else has to wait for it."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import requests
import websocket

from tests.server.conftest import Room
from tests.server.real_server import Person

pytestmark = [pytest.mark.slow, pytest.mark.own_server]

TIMEOUT = 5.0


class RawTablet:
    """A WebSocket that speaks Socket.IO by hand, and so may say what no library would."""

    def __init__(self, person: Person, room_id: str) -> None:
        self.room_id = room_id
        cookies = "; ".join(f"{c.name}={c.value}" for c in person.http.cookies)
        address = person.server.url.replace("http", "ws", 1)
        self.line = websocket.create_connection(
            f"{address}/socket.io/?EIO=4&transport=websocket&room={room_id}",
            cookie=cookies,
            timeout=TIMEOUT,
        )
        self.line.recv()
        self.line.send("40")
        self.line.recv()
        self.numbers = 0
        assert self.call("room.join", protocol_version=1)["ok"]

    def call(self, event: str, **payload: Any) -> dict[str, Any]:
        """Send an event and answer its acknowledgement."""
        self.numbers += 1
        said = json.dumps([event, {"meeting_id": self.room_id, **payload}])
        self.line.send(f"42{self.numbers}{said}")
        answer: dict[str, Any] = json.loads(self.until(f"43{self.numbers}["))[0]
        return answer

    def until(self, start: str) -> str:
        """The rest of the next packet that begins so, with the bracket."""
        until = time.monotonic() + TIMEOUT
        while time.monotonic() < until:
            packet = str(self.line.recv())
            if packet == "2":
                self.line.send("3")
            if packet.startswith(start):
                return packet[len(start) - 1 :]
        raise AssertionError(f"no {start}")

    def heard(self, event: str, after: str) -> bool:
        """Whether a room event of this type comes before the answer to a last question."""
        self.line.send(f'429999["{after}"]')
        until = time.monotonic() + TIMEOUT
        while time.monotonic() < until:
            packet = str(self.line.recv())
            if event in packet:
                return True
            if packet.startswith("439999["):
                return False
        raise AssertionError("no answer")


@pytest.mark.parametrize("pretended", ["connect", "disconnect"])
def test_who_pretends_to_come_or_go_is_still_put_out(room: Room, pretended: str) -> None:
    witness = room.tablet(room.secretary)
    raw = RawTablet(room.member, room.id)
    try:
        assert raw.call(pretended)["code"] == "unknown_event"
        assert raw.call("presence.at", following=True)["ok"]
        room.secretary.delete(f"/meetings/{room.id}/participants/{room.member.id}")
        room.secretary.post(f"/meetings/{room.id}/agenda-items", title="Sau khi ra khỏi phòng")
        witness.next("room.event", type="agenda_item_added")
        assert not raw.heard("agenda_item_added", after="no.such.event")
    finally:
        raw.line.close()


@contextmanager
def flooding(send: Any) -> Iterator[None]:
    """Call `send` without a pause in a thread, until its line breaks or the block ends."""
    over = threading.Event()

    def flood() -> None:
        while not over.is_set():
            try:
                send()
            except OSError:
                return
            except websocket.WebSocketException:
                return

    thread = threading.Thread(target=flood, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()


@pytest.mark.parametrize("event", ["presence.at", "room.join", "no.such.event"])
def test_pages_turn_while_a_tablet_floods(room: Room, event: str) -> None:
    secretary, member = room.tablet(room.secretary), room.tablet(room.member)
    raw = RawTablet(room.other, room.id)
    payload = {"meeting_id": room.id, "protocol_version": 1, "following": True}
    packet = f"42{json.dumps([event, payload])}"
    with flooding(lambda: raw.line.send(packet)):
        for page in (2, 3, 1, 2, 3):
            began = time.monotonic()
            assert secretary.turn(room.document, page)["ok"]
            assert member.next("room.live", page=page)
            assert time.monotonic() - began < 3
    raw.line.close()


def test_pages_turn_while_a_client_sends_websocket_pings_only(room: Room) -> None:
    secretary, member = room.tablet(room.secretary), room.tablet(room.member)
    raw = RawTablet(room.other, room.id)
    with flooding(raw.line.ping):
        for page in (2, 3, 1):
            assert secretary.turn(room.document, page)["ok"]
            assert member.next("room.live", page=page)
    raw.line.close()


def test_pages_turn_while_a_stranger_sends_requests_in_a_row(room: Room) -> None:
    secretary, member = room.tablet(room.secretary), room.tablet(room.member)
    request = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" * 200
    with socket.create_connection(("127.0.0.1", room.server.port)) as line:
        line.settimeout(TIMEOUT)

        def ask_and_listen() -> None:
            line.sendall(request)
            line.recv(1 << 20)

        with flooding(ask_and_listen):
            for page in (2, 3, 1, 2):
                began = time.monotonic()
                assert secretary.turn(room.document, page)["ok"]
                assert member.next("room.live", page=page)
                assert time.monotonic() - began < 3


def test_a_body_in_chunks_is_refused_not_taken_for_an_empty_one(room: Room) -> None:
    answer = room.admin.call(
        "POST",
        f"/users/{room.stranger.id}/password",
        data=iter([b'{"password": ', b'"bat-ky-mat-khau-nao"}']),
        headers={"Content-Type": "application/json"},
    )
    assert answer.status_code == 400, answer.text
    assert answer.json()["code"] == "malformed_request"
    assert room.stranger.get("/session").status_code == 200


def test_methods_that_do_not_exist_are_counted_together(room: Room) -> None:
    for number in range(5):
        requests.request(f"MADE-UP-{number}", f"{room.server.url}/healthz", timeout=TIMEOUT)
    counted = requests.get(f"{room.server.url}/metrics", timeout=TIMEOUT).text
    assert 'method="other"' in counted
    assert "MADE-UP" not in counted


@pytest.mark.parametrize(
    "host", ["rebound.example", "rebound.example:8080", "127.0.0.1.example", "[", ""]
)
def test_a_foreign_name_of_this_machine_reads_no_metrics(room: Room, host: str) -> None:
    """DNS rebinding: a page of that name, in a browser on this machine, would read them."""
    answer = requests.get(f"{room.server.url}/metrics", headers={"Host": host}, timeout=TIMEOUT)
    assert answer.status_code in (400, 403), answer.text
    assert "dienhong_" not in answer.text
    own = {"Host": f"localhost:{room.server.port}"}
    assert requests.get(f"{room.server.url}/metrics", headers=own, timeout=TIMEOUT).ok


def test_what_a_proxy_forwards_is_no_neighbour(room: Room) -> None:
    forwarded = {"X-Forwarded-For": "192.0.2.7"}
    for headers in (forwarded, {**forwarded, "Authorization": "Bearer "}):
        answer = requests.get(f"{room.server.url}/metrics", headers=headers, timeout=TIMEOUT)
        assert answer.status_code == 403, answer.text
