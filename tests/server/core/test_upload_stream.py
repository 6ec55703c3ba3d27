"""Uploads: whole, refused with a code, and never a file left behind."""

import hashlib
import io
import json
import random
import re
import socket
import struct
import threading
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from core.errors import MalformedRequest
from core.http.upload_stream import NoFile, UploadIncomplete, UploadTooLarge, receive_upload
from tests.server.core.limits_process import (
    MAX_UPLOAD,
    MEGABYTE,
    LimitedServer,
    form,
    read_to_end,
    running,
    wait_until,
)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=["eventlet", "tls", "threading"])
def server(request, tmp_path_factory):
    with running(request.param, tmp_path_factory.mktemp(request.param)) as started:
        yield started


@pytest.fixture(scope="module")
def eventlet_server(tmp_path_factory):
    with running("eventlet", tmp_path_factory.mktemp("only")) as started:
        yield started


def post(server: LimitedServer, body: bytes, kind: str = "multipart/form-data; boundary=edge"):
    status, answer = server.request("POST", "/upload", body, Content_Type=kind)
    return status, json.loads(answer)


def assert_nothing_left(server: LimitedServer) -> None:
    wait_until(lambda: list(server.uploads.iterdir()) == [])


@pytest.mark.parametrize("size", [0, 1, 256 * 1024, 256 * 1024 + 1, 3 * MEGABYTE])
def test_an_upload_arrives_whole(server: LimitedServer, size):
    content = random.Random(size).randbytes(size)
    status, received = post(
        server,
        form(("title", None, "Tờ trình".encode()), ("file", "a/b/Nghị quyết.pdf", content)),
    )
    assert status == 200
    path = Path(received["path"])
    assert path.read_bytes() == content
    assert path.stat().st_mode & 0o777 == 0o600
    assert received["sha256"] == hashlib.sha256(content).hexdigest()
    assert received["size"] == size
    assert received["filename"] == "Nghị quyết.pdf"
    assert received["fields"] == {"title": "Tờ trình"}
    path.unlink()


@pytest.mark.parametrize("over", [1, 2 * MEGABYTE])
def test_too_large_a_file_is_refused_in_words_the_client_can_read(server: LimitedServer, over):
    body = form(("file", "big.pdf", b"x" * (MAX_UPLOAD + over)))
    assert post(server, body) == (413, {"code": "upload_too_large"})
    assert_nothing_left(server)


@pytest.mark.parametrize("how", ["closed", "reset", "stalled"])
def test_a_truncated_upload_leaves_nothing(server: LimitedServer, how):
    body = form(("file", "a.pdf", b"x" * MEGABYTE))
    with server.connect() as sock:
        sock.sendall(
            b"POST /upload HTTP/1.1\r\nHost: x\r\n"
            b"Content-Type: multipart/form-data; boundary=edge\r\n"
            b"Content-Length: %d\r\n\r\n" % len(body) + body[: MEGABYTE // 2]
        )
        wait_until(lambda: list(server.uploads.iterdir()) != [])
        if how == "stalled":
            assert b"upload_incomplete" in read_to_end(sock)
        elif how == "reset":
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert_nothing_left(server)
    server.assert_well()


@pytest.mark.parametrize("mode", ["eventlet", "threading"])
def test_a_disk_that_takes_no_more_is_told_and_nothing_left(mode, tmp_path):
    with running(mode, tmp_path, file_size_limit=300_000) as server:
        body = form(("file", "a.pdf", b"x" * MEGABYTE))
        assert post(server, body) == (507, {"code": "disk_full"})
        assert_nothing_left(server)
        assert post(server, form(("file", "a.pdf", b"fits")))[0] == 200


REFUSED_FORMS = {
    "no file": (form(("title", None, b"x")), "no_file"),
    "empty choice": (form(("file", "", b"")), "no_file"),
    "nothing": (b"--edge--\r\n", "no_file"),
    "two files": (form(("a", "a", b"x"), ("b", "b", b"x")), "malformed_request"),
    "no end": (form(("file", "a", b"x")).removesuffix(b"--\r\n"), "upload_incomplete"),
    "not a form": (b"x" * 5000, "upload_incomplete"),
    "endless preamble": (b"x" * 500_000, "malformed_request"),
    "endless part header": (b"--edge\r\nX: " + b"x" * 500_000, "malformed_request"),
    "endless field": (form(("title", None, b"x" * 500_000)), "malformed_request"),
    "many fields": (form(*[("f", None, b"x")] * 50), "malformed_request"),
    "no disposition": (b"--edge\r\nA: b\r\n\r\nx\r\n--edge--\r\n", "malformed_request"),
    "field not UTF-8": (form(("t", None, b"\xff"), ("f", "a", b"x")), "malformed_request"),
    "header not UTF-8": (b"--edge\r\n\xff: \xff\r\n\r\nx\r\n--edge--", "malformed_request"),
}


@pytest.mark.parametrize("kind", REFUSED_FORMS)
def test_a_broken_form_is_refused_with_its_code(server: LimitedServer, kind):
    body, code = REFUSED_FORMS[kind]
    assert post(server, body)[1] == {"code": code}
    assert_nothing_left(server)


@pytest.mark.parametrize(
    "kind",
    ["", "application/pdf", "multipart/form-data", "multipart/form-data; boundary=" + "b" * 201],
)
def test_what_is_no_form_is_refused(server: LimitedServer, kind):
    assert post(server, form(("file", "a", b"x")), kind)[1] == {"code": "malformed_request"}


def test_an_upload_without_length_is_refused(server: LimitedServer):
    with server.connect() as sock:
        sock.sendall(
            b"POST /upload HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
            b"Transfer-Encoding: chunked\r\n"
            b"Content-Type: multipart/form-data; boundary=edge\r\n\r\n0\r\n\r\n"
        )
        assert b"upload_incomplete" in read_to_end(sock)


class Trickle(io.BytesIO):
    """Gives at most `most` bytes a read, as a network may."""

    def __init__(self, data: bytes, most: int) -> None:
        super().__init__(data)
        self.most = most

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(size or self.most, self.most))


def receive(body: bytes, folder: Path, most: int = 1 << 20, max_bytes: int = MEGABYTE):
    return receive_upload(
        Trickle(body, most),
        content_type="multipart/form-data; boundary=edge",
        content_length=len(body),
        directory=folder,
        max_bytes=max_bytes,
    )


@given(
    pieces=st.lists(
        st.sampled_from([b"\r\n", b"--edge", b"\r\n--edg", b"-", b"\r", b"\n", b"--", b"e", b"\0"]),
        max_size=30,
    ),
    most=st.integers(1, 40),
)
def test_no_content_is_taken_for_the_end_wherever_the_network_cuts(pieces, most):
    content = b"".join(pieces)
    # This is the boundary itself: the client would have chosen another.
    assume(not re.search(rb"(\r\n|\r|\n|^)--edge(--|\s*(\r|\n|$))", content))
    with TemporaryDirectory() as folder:
        received = receive(form(("file", "a", content)), Path(folder), most)
        assert received.path.read_bytes() == content
        assert received.sha256 == hashlib.sha256(content).hexdigest()


@given(body=st.binary(max_size=300), most=st.integers(1, 50), cut=st.integers(0, 400))
def test_any_bytes_are_a_file_or_a_refusal(body, most, cut):
    mixed = form(("t", None, b"v"), ("file", "a", body))[:cut] + body
    with TemporaryDirectory() as folder:
        with suppress(MalformedRequest, NoFile, UploadIncomplete, UploadTooLarge):
            receive(mixed, Path(folder), most).path.unlink()
        assert list(Path(folder).iterdir()) == []


def test_uploads_do_not_hold_each_other_up(eventlet_server: LimitedServer):
    body = form(("file", "a.pdf", b"x" * (3 * MEGABYTE)))
    answers = []
    threads = [
        threading.Thread(target=lambda: answers.append(post(eventlet_server, body)))
        for _ in range(12)
    ]
    for thread in threads:
        thread.start()
    eventlet_server.assert_well()
    for thread in threads:
        thread.join(20)
    assert [status for status, _ in answers] == [200] * 12
    for _, received in answers:
        Path(received["path"]).unlink()
