"""The queue of exports: kills, crowds, and pages that are wanted meanwhile."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from core.ids import new_id
from documents.render_protocol import RenderFault
from documents.rendering.children import RenderRefused
from documents.worker.export_queue import _outcome
from documents.worker.messages import ExportOutcome
from tests.factories import ROOT, small_pdf
from tests.marked_papers import pages_of, wave
from tests.server.conftest import Room, add_paper
from tests.server.real_server import children_of, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.own_server]

STROKES = 600
TIMEOUT = 60.0


@pytest.fixture
def heavy(room: Room) -> Room:
    """A room whose member wrote so much on the paper that taking it away takes a while."""
    strokes = [
        {
            "id": new_id(),
            "page": page,
            "kind": "ink",
            "audience": "private",
            "geometry": {"strokes": [wave(60, 0.05, 0.05 + at / 450, 0.9)]},
            "style": {"color": "#1c4fa1", "width": 1.0},
        }
        for page in (1, 2, 3)
        for at in range(STROKES // 3)
    ]
    for first in range(0, STROKES, 50):
        path = f"/documents/{room.document}/annotations/batch"
        done = room.member.post(path, items=strokes[first : first + 50])
        assert done.status_code == 201, done.text
    return room


class Taking(threading.Thread):
    """One request for the paper, in a thread of its own."""

    def __init__(self, room: Room) -> None:
        super().__init__()
        member = room.server.sign_in("daibieu1")
        self._path = f"/api/v1/documents/{room.document}/versions/1/annotated.pdf"
        self._http, self._url = member.http, room.server.url + self._path
        self.answer: requests.Response | None = None
        self.start()

    def run(self) -> None:
        self.answer = self._http.get(self._url, timeout=2 * TIMEOUT)

    def status(self) -> int:
        """Of the answer, once it is there."""
        self.join(2 * TIMEOUT)
        assert self.answer is not None
        return self.answer.status_code


def exporting(room: Room) -> list[int]:
    """The children of this server's worker that make papers now."""
    fork_servers = children_of(room.server.processes["worker"].pid)
    children = [child for fork_server in fork_servers for child in children_of(fork_server)]
    return [child for child in children if _file_limit(child) > 64 * 1024 * 1024]


def _file_limit(pid: int) -> float:
    """How large a file a process may write, in bytes; 0 when it has ended."""
    try:
        rows = Path(f"/proc/{pid}/limits").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    (soft,) = (row.split()[3] for row in rows if row.startswith("Max file size"))
    return 0 if soft == "unlimited" else int(soft)


def left_behind(room: Room) -> list[Path]:
    return list((room.server.made.data / "exports").iterdir())


@pytest.fixture
def worker_again(room: Room) -> Iterator[None]:
    """The module's server has its worker back at the end."""
    yield
    if "worker" not in room.server.processes:
        room.server.processes["worker"] = _worker(room)


def _worker(room: Room) -> "subprocess.Popen[bytes]":
    words = [sys.executable, "app.py", "worker", "--data", str(room.server.made.data)]
    with room.server.log.open("ab") as out:
        return subprocess.Popen(words, cwd=ROOT, stdout=out, stderr=out)


def test_a_child_killed_in_the_middle_is_replaced(heavy: Room) -> None:
    taking = Taking(heavy)
    wait_until(lambda: exporting(heavy), "a child is at work")
    (child,) = exporting(heavy)
    os.kill(child, signal.SIGKILL)
    assert taking.status() == 200
    assert taking.answer is not None
    pages = pages_of(taking.answer.content)
    assert sum(len(page["/Annots"]) for page in pages) == STROKES
    assert left_behind(heavy) == []


def test_pages_do_not_wait_for_papers(heavy: Room) -> None:
    paper = add_paper(heavy.secretary, heavy.items[0], small_pdf(9, "nhanh"))
    for folder in (heavy.server.made.data / "pages").glob("*/*/00009-*"):
        folder.unlink()
    taking = Taking(heavy)
    wait_until(lambda: exporting(heavy), "a child is at work")
    began = time.monotonic()
    answer = heavy.secretary.get(f"/documents/{paper}/versions/1/pages/9/image?width=1200")
    took = time.monotonic() - began
    assert answer.status_code == 200
    assert taking.is_alive(), "the page was there before the paper"
    assert taking.status() == 200
    assert took < TIMEOUT / 4


def test_one_person_does_not_fill_the_line(heavy: Room) -> None:
    many = [Taking(heavy) for _ in range(5)]
    statuses = sorted(one.status() for one in many)
    assert statuses[:2] == [200, 200]
    assert set(statuses) == {200, 429}
    (refused, *_) = (one.answer for one in many if one.status() == 429)
    assert refused is not None
    assert refused.json()["code"] == "too_many_requests"
    assert "Retry-After" in refused.headers
    assert left_behind(heavy) == []


@pytest.mark.parametrize(
    ("refusal", "wanted"),
    [
        (RenderRefused(RenderFault.DISK_FULL, "full"), ExportOutcome.DISK_FULL),
        (RenderRefused(RenderFault.PAGE_TOO_HEAVY, "slow", by_chance=True), ExportOutcome.BUSY),
        (RenderRefused(RenderFault.PAGE_TOO_HEAVY, "CPU used up"), ExportOutcome.FAILED),
        (RenderRefused(RenderFault.PAGE_BROKEN, "?"), ExportOutcome.FAILED),
    ],
)
def test_what_went_wrong_is_told_apart(refusal: RenderRefused, wanted: ExportOutcome) -> None:
    assert _outcome(refusal) is wanted


@pytest.mark.usefixtures("worker_again")
def test_without_a_worker_it_is_said_at_once(room: Room) -> None:
    room.server.kill("worker")
    path = f"/documents/{room.document}/versions/1/annotated.pdf"

    def away() -> bool:
        answer = room.member.get(path)
        assert answer.status_code in (200, 503)
        return answer.status_code == 503 and answer.json()["code"] == "export_not_ready"

    wait_until(away, "web knows that the worker is away")
    assert "Retry-After" in room.member.get(path).headers


@pytest.mark.usefixtures("worker_again")
def test_a_worker_killed_in_the_middle_leaves_nothing_for_long(heavy: Room) -> None:
    taking = Taking(heavy)
    wait_until(lambda: exporting(heavy), "a child is at work")
    heavy.server.kill("worker")
    assert taking.status() == 503
    left = list((heavy.server.made.data / "exports").rglob("*"))
    assert all(one.stat().st_mode & 0o077 == 0 for one in left)
    assert "spec" in [one.name for one in left], "what was to be drawn lay there"
    heavy.server.processes["worker"] = _worker(heavy)
    wait_until(lambda: not left_behind(heavy), "the next worker cleared up")
    path = f"/documents/{heavy.document}/versions/1/annotated.pdf"
    wait_until(lambda: heavy.member.get(path).status_code == 200, "it can be taken again")
