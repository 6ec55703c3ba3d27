"""The edge of Socket.IO on a real server, and what was tried against it."""

import json
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
import requests
import websocket

from core.realtime.socket_edge import MOST_OF_SIGN_IN
from core.realtime.socket_middleware import MAX_MESSAGE, MAX_PAYLOAD
from tests.server.real_server import Person, RealServer, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.own_server("web")]
HUGE = '59999999999-["room.join",{"_placeholder":true,"num":0}]'


def opened(server: RealServer, person: Person | None) -> websocket.WebSocket:
    """A WebSocket of a person, with Engine.IO's first packet read."""
    cookies = person.http.cookies if person else ()
    cookie = "; ".join(f"{one.name}={one.value}" for one in cookies)
    address = f"ws://127.0.0.1:{server.port}/socket.io/?EIO=4&transport=websocket"
    line = websocket.create_connection(address, cookie=cookie, timeout=10)
    assert str(line.recv()).startswith("0{")
    return line


def joined(server: RealServer, person: Person) -> websocket.WebSocket:
    """One that has taken its place."""
    line = opened(server, person)
    line.send("40")
    assert str(line.recv()).startswith("40{")
    return line


@contextmanager
def closing(line: websocket.WebSocket) -> Iterator[websocket.WebSocket]:
    """Close it afterwards, also when the server has: `close` leaves the socket open then."""
    try:
        yield line
    finally:
        line.shutdown()


def is_ended(line: websocket.WebSocket) -> bool:
    """Whether the server ends the connection; packets before that are passed over."""
    try:
        while line.recv():
            pass
    except (websocket.WebSocketConnectionClosedException, ConnectionError):
        return True
    return True


def memory_mb(server: RealServer) -> float:
    text = Path(f"/proc/{server.processes['web'].pid}/status").read_text()
    return int(text.split("VmRSS:")[1].split()[0]) / 1024


def test_without_a_sign_in_no_websocket_is_accepted(server):
    with pytest.raises(websocket.WebSocketBadStatusException) as refused:
        opened(server, None)
    assert refused.value.status_code == 401
    polling = requests.get(f"{server.url}/socket.io/?EIO=4&transport=polling", timeout=10)
    assert polling.status_code == 401


def test_attachments_are_refused_and_cost_nothing(server, people):
    before = memory_mb(server)
    with closing(joined(server, people["nguoila"])) as line:
        line.send(f"4{HUGE}")
        for _ in range(40):
            try:
                line.send_binary(bytes(1_000_000))
            except (websocket.WebSocketException, OSError):
                break
        assert is_ended(line)
    assert memory_mb(server) - before < 20


def test_an_unfinished_message_ends_its_connection_at_the_limit(server, people):
    """Of a frame of 16 MB not much more than the largest message is sent."""
    with closing(joined(server, people["nguoila"])) as line:
        started = time.monotonic()
        assert line.sock is not None
        line.sock.sendall(bytes([0x81, 0x80 | 127, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]))
        with suppress(OSError):
            line.sock.sendall(b"4" * (MAX_MESSAGE + 50_000))
        assert is_ended(line)
        # Not because an answer to a ping is missing, which is noticed after eight seconds.
        assert time.monotonic() - started < 5


def test_messages_in_parts_are_one_line_each_and_take_no_memory(server, people):
    start = server.log.stat().st_size
    with closing(joined(server, people["nguoila"])) as line:
        line.send(
            "42" + json.dumps(["no.such.event", "ế" * (MAX_PAYLOAD - 100)], ensure_ascii=False)
        )
        line.send('420["no.such.event",{}]')
        assert '"unknown_event"' in str(line.recv())
    before = memory_mb(server)
    lines = [joined(server, people["nguoila"]) for _ in range(24)]
    for line in lines:
        with suppress(OSError):
            line.send_frame(websocket.ABNF(0, 0, 0, 0, websocket.ABNF.OPCODE_TEXT, 1, "4"))
            for _ in range(10):
                part = bytes(MAX_MESSAGE // 9)
                line.send_frame(websocket.ABNF(0, 0, 0, 0, websocket.ABNF.OPCODE_CONT, 1, part))
    for line in lines:
        with closing(line):
            assert is_ended(line)
    written = server.log.read_text()[start:]
    assert written.count("message_too_large") == len(lines)
    assert "Traceback" not in written
    assert memory_mb(server) - before < 10


def test_noise_is_one_line_each_and_disturbs_nobody(server, people):
    rng = random.Random(7)
    start = server.log.stat().st_size
    quiet = joined(server, people["thuky"])
    for kind in range(60):
        with closing(joined(server, people["nguoila"])) as line:
            noise = "".join(chr(rng.randrange(32, 0x2000)) for _ in range(rng.randrange(1, 60)))
            line.send(f"4{kind % 8}{rng.choice(['', '/', '-', '[', '0-', '9' * 12])}{noise}")
            line.send(f"4{HUGE}")
            assert is_ended(line)
    quiet.send('42["nothing.like.it",{}]')
    quiet.shutdown()
    written = server.log.read_text()[start:]
    assert "Traceback" not in written
    lines = [json.loads(one) for one in written.splitlines() if "packet_refused" in one]
    assert 60 <= len(lines) <= 120
    assert server.processes["web"].poll() is None


@pytest.mark.parametrize("packet", ["", "b", "b42[]", "x", "²", "7", "9[]"])
def test_a_packet_of_no_type_ends_its_connection_alone(server, people, packet):
    """Engine.IO raises an error for these: it became a traceback, and HTTP inside the WebSocket."""
    start = server.log.stat().st_size
    with closing(joined(server, people["thuky"])) as line:
        line.send(packet)
        assert is_ended(line)
    written = server.log.read_text()[start:]
    assert "packet_refused" in written
    assert "request_failed" not in written


def test_long_cookies_of_other_programs_on_the_host_do_not_matter(server, people):
    """Browsers send the cookies of every port of a host."""
    (own,) = [one for one in people["thuky"].http.cookies if one.name == "dienhong_session"]
    cookie = f"other={'x' * 5_000}; {own.name}={own.value}"
    address = f"ws://127.0.0.1:{server.port}/socket.io/?EIO=4&transport=websocket"
    with closing(websocket.create_connection(address, cookie=cookie, timeout=10)) as line:
        assert str(line.recv()).startswith("0{")


def test_a_sign_in_has_a_bounded_number_of_connections(server, people):
    lines = [opened(server, people["khachmoi"]) for _ in range(MOST_OF_SIGN_IN)]
    with pytest.raises(websocket.WebSocketBadStatusException):
        opened(server, people["khachmoi"])
    with closing(opened(server, people["thuky"])):
        pass
    lines.pop().shutdown()

    def is_admitted() -> bool:
        try:
            lines.append(opened(server, people["khachmoi"]))
        except websocket.WebSocketBadStatusException:
            return False
        return True

    wait_until(is_admitted, "a place is free again")
    for line in lines:
        line.shutdown()
