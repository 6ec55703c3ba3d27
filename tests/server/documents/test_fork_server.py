"""The fork server: children share nothing, their ends are reported, and none is left behind."""

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from documents.render_protocol import HEADER, Measure, Measured, Open, Opened, RenderFault
from documents.rendering.children import (
    WAITED_FOR,
    ChildDied,
    DocumentRenderer,
    RenderChild,
    RenderRefused,
    WallLimits,
)
from documents.rendering.fork_client import fork_server
from documents.rendering.fork_protocol import SpawnFailed, SpawnRequest, receive, send_message
from documents.rendering.fork_server import ForkServer
from tests import hostile_pdf
from tests.effort import sized
from tests.factories import ROOT, small_pdf
from tests.server.real_server import children_of, wait_until

pytestmark = pytest.mark.slow

TIMEOUT = 20.0


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "paper.pdf"
    path.write_bytes(small_pdf(2))
    return path


@pytest.fixture
def child() -> Iterator[RenderChild]:
    made = RenderChild()
    yield made
    made.close()


def test_a_child_in_the_background_gives_way_at_once(child: RenderChild) -> None:
    behind = RenderChild(nice=10, idle=True)
    try:
        wait_until(lambda: os.sched_getscheduler(behind.pid) == os.SCHED_IDLE, "its scheduling")
        assert os.sched_getscheduler(child.pid) == os.SCHED_OTHER
    finally:
        behind.close()


def gone(pid: int) -> bool:
    """Whether a process has ended, collected or not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def descriptors(pid: int) -> dict[int, str]:
    """What a process has open, by number; of this one, not what looking takes."""
    held = {}
    for one in sorted(Path(f"/proc/{pid}/fd").iterdir()):
        with suppress(FileNotFoundError):
            held[int(one.name)] = str(one.readlink())
    return held


def opened(child: RenderChild, path: Path) -> int:
    reply = child.ask(Open(str(path), 100), TIMEOUT)
    assert isinstance(reply, Opened)
    return reply.page_count


def fork_server_pid() -> int:
    assert fork_server.pid is not None
    return fork_server.pid


def test_a_child_holds_its_own_stream_and_nothing_else(paper: Path) -> None:
    children = [RenderChild() for _ in range(3)]
    for one in children:
        assert opened(one, paper) == 2
    streams = set()
    for one in children:
        held = descriptors(one.pid)
        assert [held.pop(standard) for standard in (0, 1, 2)] == ["/dev/null"] * 3
        streams.add(held.pop(3))
        assert list(held.values()) == [str(paper)]
    assert len(streams) == 3
    assert all(stream.startswith("socket:") for stream in streams)
    assert not streams & set(descriptors(fork_server_pid()).values())
    for one in children:
        one.close()


def test_the_fork_server_has_one_thread_no_document_and_no_secret(
    paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fork_server.close()
    monkeypatch.setenv("DATABASE_URL", "postgresql://a-password@somewhere")
    child = RenderChild()
    opened(child, paper)
    who = fork_server_pid()
    assert len(list(Path(f"/proc/{who}/task").iterdir())) == 1
    assert str(paper) not in descriptors(who).values()
    for pid in (who, child.pid):
        names = {
            entry.partition(b"=")[0]
            for entry in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
        }
        assert b"DATABASE_URL" not in names
        assert not {name for name in names if name.startswith(b"DIENHONG")}
    child.close()


def test_many_children_leave_nothing_behind() -> None:
    RenderChild().close()
    who = fork_server_pid()
    wait_until(lambda: not children_of(who), "the first is collected")
    ours, its = len(descriptors(os.getpid())), len(descriptors(who))
    for _ in range(sized(40, 200)):
        RenderChild().close()
    assert fork_server_pid() == who
    assert len(descriptors(os.getpid())) <= ours
    wait_until(lambda: not children_of(who), "all are collected")
    # The first one may have been collected with its descriptors still open: there were more then.
    wait_until(lambda: len(descriptors(who)) <= its, "their descriptors are closed")


def test_a_child_that_dies_between_questions_is_collected(child: RenderChild) -> None:
    os.kill(child.pid, signal.SIGKILL)
    wait_until(lambda: child.pid not in children_of(fork_server_pid()), "it is collected")
    child.close()
    child.close()


@pytest.mark.parametrize(
    ("number", "fault", "by_chance"),
    [
        (signal.SIGXCPU, RenderFault.PAGE_TOO_HEAVY, False),
        (signal.SIGKILL, RenderFault.PAGE_TOO_HEAVY, True),
        (signal.SIGTERM, RenderFault.PAGE_BROKEN, True),
    ],
)
def test_how_a_child_ended_is_told(
    paper: Path, tmp_path: Path, number: signal.Signals, fault: RenderFault, by_chance: bool
) -> None:
    limits = WallLimits(open=TIMEOUT, page=TIMEOUT, attempts=1)
    with DocumentRenderer(paper, limits) as renderer:
        renderer.open()
        assert renderer._child is not None
        os.kill(renderer._child.pid, number)
        with pytest.raises(RenderRefused) as caught:
            renderer.render_page(1, 1200, tmp_path / "1")
    assert (caught.value.fault, caught.value.by_chance) == (fault, by_chance)
    assert f"exit {-number}" in caught.value.detail


def test_children_outlive_their_fork_server_and_the_next_has_a_new_one(paper: Path) -> None:
    child = RenderChild()
    before = fork_server_pid()
    os.kill(before, signal.SIGKILL)
    assert opened(child, paper) == 2
    other = RenderChild()
    assert fork_server_pid() != before
    assert opened(other, paper) == 2
    assert isinstance(child.ask(Measure(1, 2), TIMEOUT), Measured)
    for one in (child, other):
        one.close()
        wait_until(lambda one=one: gone(one.pid), "it ended")


def test_a_child_whose_end_nobody_saw_is_replaced(paper: Path, tmp_path: Path) -> None:
    with DocumentRenderer(paper, WAITED_FOR) as renderer:
        renderer.open()
        assert renderer._child is not None
        os.kill(fork_server_pid(), signal.SIGKILL)
        os.kill(renderer._child.pid, signal.SIGKILL)
        assert renderer.render_page(2, 1200, tmp_path / "2").size > 0


def test_a_fork_server_whose_child_crashed_spawns_no_more(paper: Path, tmp_path: Path) -> None:
    limits = WallLimits(open=TIMEOUT, page=TIMEOUT, attempts=1)
    other = RenderChild()
    before = fork_server_pid()
    with DocumentRenderer(paper, limits) as renderer:
        renderer.open()
        assert renderer._child is not None
        os.kill(renderer._child.pid, signal.SIGSEGV)
        with pytest.raises(RenderRefused):
            renderer.render_page(1, 1200, tmp_path / "1")
        assert renderer.open().page_count == 2
    assert fork_server_pid() != before
    assert opened(other, paper) == 2
    other.close()
    wait_until(lambda: gone(before), "the old fork server ends with its last child")


def test_all_end_when_their_owner_is_killed() -> None:
    program = (
        "from documents.rendering.children import RenderChild\n"
        "from documents.rendering.fork_client import fork_server\n"
        "children = [RenderChild(), RenderChild()]\n"
        "print(fork_server.pid, *(child.pid for child in children), flush=True)\n"
        "input()\n"
    )
    owner = subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with owner:
        assert owner.stdout is not None
        pids = [int(word) for word in owner.stdout.readline().split()]
        assert len(pids) == 3
        assert not any(gone(pid) for pid in pids)
        owner.kill()
    for pid in pids:
        wait_until(lambda pid=pid: gone(pid), "it ends by itself")


def test_many_threads_each_get_a_child_of_their_own(tmp_path: Path) -> None:
    counts: dict[int, int] = {}

    def work(pages: int) -> None:
        path = tmp_path / f"{pages}.pdf"
        path.write_bytes(small_pdf(pages))
        with DocumentRenderer(path, WAITED_FOR) as renderer:
            counts[pages] = renderer.open().page_count

    threads = [threading.Thread(target=work, args=(pages,)) for pages in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(TIMEOUT)
    assert counts == {pages: pages for pages in range(1, 9)}


def test_a_ctrl_c_in_the_terminal_is_for_the_owner(child: RenderChild, paper: Path) -> None:
    for pid in (fork_server_pid(), child.pid):
        os.kill(pid, signal.SIGINT)
    assert opened(child, paper) == 2
    RenderChild().close()


def test_nonsense_from_a_child_ends_it(child: RenderChild, paper: Path) -> None:
    """A frame that announces more than anybody honest sends, in the middle of an answer."""
    ours, its = socket.socketpair()
    with its:
        its.send(HEADER.pack(2**31))
        child._child_handle.stream.close()
        child._child_handle = replace(child._child_handle, stream=ours)
        with pytest.raises(ChildDied) as caught:
            opened(child, paper)
    assert not caught.value.heavy
    assert gone(child.pid)


def test_a_fork_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_fork() -> int:
        raise BlockingIOError(errno.EAGAIN, "no")

    monkeypatch.setattr(os, "fork", no_fork)
    ours, its = socket.socketpair()
    with ours, its:
        thread = threading.Thread(target=ForkServer(its).run)
        thread.start()
        try:
            read, write = os.pipe()
            before = len(descriptors(os.getpid()))
            send_message(ours, SpawnRequest(0, 1), [read, write])
            assert receive(ours, 1) == (SpawnFailed(errno.EAGAIN), [])
            assert len(descriptors(os.getpid())) == before
            os.close(read)
            os.close(write)
        finally:  # its thread would fail in whatever test runs then
            ours.shutdown(socket.SHUT_WR)
            thread.join(TIMEOUT)
        assert not thread.is_alive()


def test_a_child_can_neither_fork_nor_use_any_privilege(child: RenderChild, paper: Path) -> None:
    opened(child, paper)
    limits = Path(f"/proc/{child.pid}/limits").read_text()
    by_name = {row[:26].strip(): row[26:47].strip() for row in limits.splitlines()}
    assert by_name["Max processes"] == "0"
    assert by_name["Max open files"] == "32"
    status = Path(f"/proc/{child.pid}/status").read_text()
    for kind in ("CapInh", "CapPrm", "CapEff"):
        assert f"{kind}:\t0000000000000000" in status
    assert Path(f"/proc/{child.pid}/comm").read_text() == "render-child\n"


def test_a_hostile_page_takes_only_its_own_child(paper: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(hostile_pdf.fills_for_ever())
    with DocumentRenderer(paper, WAITED_FOR) as good:
        good.open()
        before = fork_server_pid()
        with DocumentRenderer(bad, WallLimits(open=TIMEOUT, page=0.3)) as renderer:
            with pytest.raises(RenderRefused):
                renderer.render_page(1, 1200, tmp_path / "bad")
        assert good.render_page(1, 1200, tmp_path / "good").size > 0
        assert fork_server_pid() == before
