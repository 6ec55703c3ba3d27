"""The server's edge against clients that are slow, broken or hostile."""

import random
import re
import secrets
import select
import socket
import time
from contextlib import ExitStack, suppress

import pytest

from tests.server.core.limits_process import (
    GONE,
    MEGABYTE,
    LimitedServer,
    dribble,
    read_to_end,
    running,
    websocket,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=["eventlet", "tls", "threading"])
def server(request, tmp_path_factory):
    with running(request.param, tmp_path_factory.mktemp(request.param)) as started:
        yield started


@pytest.fixture(scope="module", params=["eventlet", "tls"])
def eventlet_server(request, tmp_path_factory):
    with running(request.param, tmp_path_factory.mktemp("only")) as started:
        yield started


def test_headers_have_one_deadline_however_steadily_they_trickle(server: LimitedServer):
    with server.connect() as sock:
        borne = dribble(sock, b"GET /ok HTTP/1.1\r\nHost: x\r\n" + b"X-Slow: 1\r\n" * 40)
    assert 0.4 < borne < 4
    server.assert_well()


def test_many_slow_clients_do_not_keep_others_out(server: LimitedServer):
    slow = [server.connect() for _ in range(150)]
    try:
        for sock in slow:
            sock.sendall(b"GET /ok HTTP/1.1\r\nHost: x\r\nX-Never-Ends: ")
        server.assert_well()
        for sock in slow:
            read_to_end(sock)
    finally:
        for sock in slow:
            sock.close()


def test_a_message_does_not_wait_for_all_that_is_due(eventlet_server: LimitedServer):
    """Two seconds of it: a tick, events and other people's transactions, and then a page turn."""
    with ExitStack() as stack:
        busy, *others = (stack.enter_context(websocket(eventlet_server)) for _ in range(31))
        for other in others:
            assert other.echo("here") == "here"
        busy.send(b'42["pile",400]')
        for other in others:
            other.send(b'420["piled",0]')
            time.sleep(0.02)
        # An answer, whenever it comes, tells what was done when its question was read.
        assert {other.answer() for other in others} - {0, 400}


def test_a_connection_that_never_speaks_is_closed(server: LimitedServer):
    started = time.monotonic()
    with server.connect() as sock:
        assert read_to_end(sock) == b""
    assert 0.25 < time.monotonic() - started < 4


@pytest.mark.parametrize("mode", ["eventlet", "tls"])
def test_silent_connections_of_one_network_give_way_to_new_ones(mode, tmp_path):
    limits = {"most_waiting": 8, "keep_alive": 30.0, "head_deadline": 30.0}
    with running(mode, tmp_path, limits=limits) as server, ExitStack() as stack:
        speaks = stack.enter_context(websocket(server))
        address = ("127.0.0.1", server.port)
        elsewhere = stack.enter_context(
            socket.create_connection(address, timeout=10, source_address=("127.0.0.2", 0))
        )
        silent = [stack.enter_context(server.connect_plain()) for _ in range(20)]
        for one in silent[:12]:
            assert read_to_end(one) == b""
        server.assert_well()
        still_open, _, _ = select.select([elsewhere, *silent[14:]], [], [], 0)
        assert still_open == []
        assert speaks.echo("here") == "here"


def test_keep_alive_serves_again_and_ends_when_idle(eventlet_server: LimitedServer):
    with eventlet_server.connect() as sock:
        for _ in range(3):
            sock.sendall(b"GET /ok HTTP/1.1\r\nHost: x\r\n\r\n")
            assert sock.recv(4096).endswith(b"ok")
        started = time.monotonic()
        assert read_to_end(sock) == b""
    assert 0.25 < time.monotonic() - started < 4


def test_a_late_request_is_told_so(eventlet_server: LimitedServer):
    with eventlet_server.connect() as sock:
        sock.sendall(b"GET /ok HTTP/1.1\r\nHost:")
        assert read_to_end(sock).startswith(b"HTTP/1.1 408 ")


@pytest.mark.parametrize("path", ["/length", "/refused"])
def test_a_body_that_stalls_is_cut_off(server: LimitedServer, path):
    started = time.monotonic()
    with server.connect() as sock:
        sock.sendall(
            f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n".encode() + b"x" * 9
        )
        read_to_end(sock)
    assert time.monotonic() - started < 4


def test_a_body_that_trickles_falls_below_the_rate_floor(server: LimitedServer):
    with server.connect() as sock:
        sock.sendall(b"POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: 500000\r\n\r\n")
        borne = dribble(sock, b"x" * 200)
    assert 0.4 < borne < 5
    server.assert_well()


def test_a_client_that_does_not_read_its_answers_is_cut_off(eventlet_server: LimitedServer):
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        sock.connect(("127.0.0.1", eventlet_server.port))
        sock.sendall(b"GET /about HTTP/1.1\r\nHost: x\r\n\r\n" * 4000)
        ended = select.poll()
        ended.register(sock, select.POLLERR | select.POLLHUP)
        assert ended.poll(8000)
    eventlet_server.assert_well()


GARBAGE = {
    "noise": random.Random(1).randbytes(3000) + b"\r\n\r\n",
    "tls hello": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(200)) + b"\r\n\r\n",
    "nul": b"\0" * 100 + b"\r\n\r\n",
    "long line": b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n",
    "long header": b"GET /ok HTTP/1.1\r\nX: " + b"a" * 70_000 + b"\r\n\r\n",
    "many headers": b"GET /ok HTTP/1.1\r\n" + b"X: y\r\n" * 5000 + b"\r\n",
    "negative length": b"POST /length HTTP/1.1\r\nContent-Length: -5\r\n\r\n",
    "no number": b"POST /length HTTP/1.1\r\nContent-Length: many\r\n\r\n",
    "broken chunks": b"POST /length HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
}


@pytest.mark.parametrize("kind", GARBAGE)
def test_garbage_is_refused_and_nobody_notices(server: LimitedServer, kind):
    with websocket(server) as bystander, server.connect() as sock:
        with suppress(*GONE):
            sock.sendall(GARBAGE[kind])
        said = read_to_end(sock)
        assert said == b"" or re.search(rb"HTTP/1\.[01] [245]\d\d", said)
        assert b"Traceback" not in said
        assert b"<title>Error response" not in said, "the page that repeats what was sent"
        assert bystander.echo("still here") == "still here"
    server.assert_well()


def test_a_refusal_can_be_read_although_its_body_was_not(server: LimitedServer):
    body = b"x" * (2 * MEGABYTE)
    assert server.request("POST", "/refused", body) == (403, b"no")


def test_a_request_with_two_lengths_has_one_end(server: LimitedServer):
    """Transfer-Encoding counts (RFC 9112, 6.3), or it is refused: nothing is smuggled behind it."""
    chunked = b"5\r\nhello\r\n0\r\n\r\n"
    # By its Content-Length, the body would go on into the next request.
    next_request = b"GET /scheme HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    length = len(chunked) + 20
    head = f"POST /length HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n".encode()
    with server.connect() as sock:
        with suppress(*GONE):
            sock.sendall(head + b"Transfer-Encoding: chunked\r\n\r\n" + chunked + next_request)
        said = read_to_end(sock)
    # One answer to five bytes, or a refusal; then the next request, or the end of the connection.
    found = re.findall(rb"HTTP/1\.[01] (\d\d\d).*?\r\n\r\n(\w*)", said, re.DOTALL)
    scheme = b"https" if server.trusting else b"http"
    if found[0][0] == b"400":
        assert len(found) == 1
    else:
        assert found[0] == (b"200", b"5")
        assert [body for _, body in found[1:]] in ([], [scheme])
    server.assert_well()


def test_a_body_is_read_whole(server: LimitedServer):
    assert server.request("POST", "/length", b"x" * 700_001) == (200, b"700001")


def test_compression_is_not_negotiated(server: LimitedServer):
    offer = "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n"
    with websocket(server, offer) as client:
        assert b"101 Switching" in client.head
        assert b"extensions" not in client.head.lower()


def test_messages_of_every_size_arrive_unharmed(server: LimitedServer):
    with websocket(server) as client:
        for size in (0, 1, 2, 3, 4, 5, 99, 126, 65_535, 65_536, 300_001):
            text = ("đĩ\0" + secrets.token_hex(size // 2 + 1))[:size]
            assert client.echo(text) == text


def test_an_idle_websocket_outlives_the_deadlines_of_requests(server: LimitedServer):
    with websocket(server) as client:
        # The first ping comes after a second: longer than every deadline set here.
        assert client.receive()[1] == b"2"
        client.send(b"3")
        assert client.echo("awake") == "awake"


def test_too_large_a_message_ends_only_its_own_connection(server: LimitedServer):
    with websocket(server) as bystander, websocket(server) as client:
        with suppress(*GONE):
            client.send(b"42" + b"x" * 3_000_000)
        assert client.end() in (0, 1000, 1009)
        assert bystander.echo("still here") == "still here"


def test_an_endless_message_in_fragments_is_ended(eventlet_server: LimitedServer):
    with websocket(eventlet_server) as bystander, websocket(eventlet_server) as client:
        client.send(b"42", final=False)
        with suppress(*GONE):
            for _ in range(60):
                client.send(b"x" * 50_000, opcode=0, final=False)
        assert client.end() in (0, 1009)
        assert bystander.echo("still here") == "still here"


@pytest.mark.parametrize(
    "frame", [b"\xff" * 40, b"\x81\x05plain", b"\x83\x80aaaa", b"\x09\x80aaaa"]
)
def test_broken_frames_end_only_their_own_connection(server: LimitedServer, frame):
    with websocket(server) as bystander, websocket(server) as client:
        client.sock.sendall(frame)
        client.end()
        assert bystander.echo("still here") == "still here"
