"""The edge of the server where it speaks TLS: handshakes that are slow, broken or many."""

import socket
import ssl
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

import pytest

from tests.server.core.limits_process import LimitedServer, dribble, read_to_end, running, websocket

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with running("tls", tmp_path_factory.mktemp("tls")) as started:
        yield started


@lru_cache
def hello() -> bytes:
    """What a client says first."""
    down, up = ssl.MemoryBIO(), ssl.MemoryBIO()
    context = ssl.create_default_context()
    with suppress(ssl.SSLWantReadError):
        context.wrap_bio(down, up, server_hostname="localhost").do_handshake()
    return up.read()


def seconds_until_closed(sock: socket.socket, text: bytes = b"") -> float:
    """Send byte after byte, then nothing, until the server closes."""
    started = time.monotonic()
    dribble(sock, text)
    sock.settimeout(10)
    read_to_end(sock)
    return time.monotonic() - started


@pytest.mark.parametrize("sent", [0, 5, 100])
def test_a_handshake_that_stops_is_given_up(server: LimitedServer, sent: int):
    said = hello()[:sent]
    with server.connect_plain() as sock:
        sock.sendall(said)
        assert 0.4 < seconds_until_closed(sock) < 4
    server.assert_well()


def test_a_handshake_has_one_deadline_however_steadily_it_trickles(server: LimitedServer):
    said = hello()
    with server.connect_plain() as sock:
        assert 0.4 < seconds_until_closed(sock, said) < 4


def test_an_answer_to_hello_that_never_comes_is_given_up(server: LimitedServer):
    with server.connect_plain() as sock:
        sock.sendall(hello())
        assert sock.recv(5)[0] == 0x16, "the server's part"
        assert seconds_until_closed(sock) < 4


@pytest.mark.parametrize("sent", [0, 5, None])
def test_a_stop_does_not_wait_for_handshakes(tmp_path: Path, sent: int | None):
    """Its timeout and that of the handshake are longer than this test waits."""
    patient = {"head_deadline": 60, "stop_grace": 60}
    with running("tls", tmp_path, limits=patient) as server, server.connect_plain() as sock:
        sock.sendall(hello()[:sent])
        if sent is None:
            assert sock.recv(1)  # The server's part of the handshake: it waits for the client's.
        server.assert_well()
        server.process.terminate()
        server.process.wait(20)
        said = server.output()
    assert "stopped" in said
    assert "connection_failed" not in said


def test_silent_clients_keep_nobody_out(server: LimitedServer):
    silent = [server.connect_plain() for _ in range(200)]
    try:
        for number, sock in enumerate(silent):
            sock.sendall(hello()[: number % 7])
        with websocket(server) as client:
            assert client.echo("here") == "here"
        server.assert_well()
    finally:
        for sock in silent:
            sock.close()


def test_who_does_not_believe_the_certificate_leaves_no_trace(server: LimitedServer):
    strict = ssl.create_default_context()
    for _ in range(5):
        with server.connect_plain() as sock, pytest.raises(ssl.SSLCertVerificationError):
            strict.wrap_socket(sock, server_hostname="127.0.0.1")
    server.assert_well()
    assert "Traceback" not in server.stderr.read_text()


def test_many_handshakes_at_once_are_all_made(tmp_path: Path):
    # With the usual deadlines: fifty clients in one process are slow themselves.
    with running("tls", tmp_path, limits={}) as patient:

        def ask(_number: int) -> bytes:
            body: bytes = patient.request("GET", "/scheme")[1]
            return body

        with websocket(patient) as bystander, ThreadPoolExecutor(50) as pool:
            answers = pool.map(ask, range(150))
            assert bystander.echo("here") == "here"
            assert set(answers) == {b"https"}


def test_old_protocols_are_refused(server: LimitedServer):
    old = ssl.create_default_context(cafile=None)
    old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
    old.set_ciphers("DEFAULT@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1_1 is deprecated"):
        old.maximum_version = ssl.TLSVersion.TLSv1_1
    with server.connect_plain() as sock, pytest.raises((ssl.SSLError, ConnectionResetError)):
        old.wrap_socket(sock)
    server.assert_well()


def test_plain_requests_on_the_same_port_are_told_apart(server: LimitedServer):
    with server.connect_plain() as sock:
        sock.sendall(b"GET /scheme HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert read_to_end(sock).endswith(b"http")
    assert server.request("GET", "/scheme") == (200, b"https")


def test_the_end_of_a_connection_is_said(server: LimitedServer):
    """Without it a client could not tell an end from a cut."""
    with server.connect_plain() as plain:
        assert server.trusting is not None
        with server.trusting.wrap_socket(
            plain, server_hostname="127.0.0.1", suppress_ragged_eofs=False
        ) as sock:
            sock.sendall(b"GET /ok HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert read_to_end(sock).endswith(b"ok")


def test_a_pack_of_records_is_read_to_its_end(server: LimitedServer):
    """What TLS has unpacked already makes no socket readable."""
    with websocket(server) as client:
        for size in (16_384, 16_385, 70_000):
            text = "x" * size
            assert client.echo(text) == text


class Trickle:
    """A TLS client whose records this test sends itself, over a plain connection."""

    def __init__(self, server: LimitedServer, sock: socket.socket) -> None:
        assert server.trusting is not None
        self._down, self._up = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._line = server.trusting.wrap_bio(self._down, self._up, server_hostname="127.0.0.1")
        while True:
            try:
                self._line.do_handshake()
                break
            except ssl.SSLWantReadError:
                sock.sendall(self._up.read())
                self._down.write(sock.recv(65_536))
        sock.sendall(self._up.read())

    def record(self, text: bytes) -> bytes:
        """The bytes that carry this."""
        self._line.write(text)
        return self._up.read()


HEAD = b"GET /ok HTTP/1.1\r\nHost: x\r\nX-Long: " + b"x" * 2_000
UPLOAD = b"POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n"


@pytest.mark.parametrize("begun", [b"", UPLOAD], ids=["head", "body"])
def test_a_record_that_trickles_in_has_the_deadline_of_a_whole_read(
    server: LimitedServer, begun: bytes
):
    with server.connect_plain() as sock:
        client = Trickle(server, sock)
        if begun:
            sock.sendall(client.record(begun))
        assert seconds_until_closed(sock, client.record(HEAD)) < 8
    server.assert_well()
