"""The write lock: it excludes threads and processes, gives up in time, and ends with its holder."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from core.db.write_lock import WriteLock
from core.errors import WriteLockTimeout
from core.paths import ROOT

HOLDER = """
import sys
from pathlib import Path
from core.db.write_lock import WriteLock
with WriteLock(Path(sys.argv[1])).held():
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def other_process_holding(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A second process that has the lock until its standard input closes."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


def test_it_excludes_another_process_until_that_one_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    lock = WriteLock(path)
    with other_process_holding(path) as process:
        with pytest.raises(WriteLockTimeout), lock.held(timeout=0.05):
            pass
        assert process.stdin is not None
        process.stdin.close()
        with lock.held():
            assert process.wait() == 0


def test_a_killed_holder_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with other_process_holding(path) as process:
        process.send_signal(signal.SIGKILL)
        with WriteLock(path).held():
            assert process.wait() == -signal.SIGKILL


def test_it_excludes_another_thread(tmp_path: Path) -> None:
    lock = WriteLock(tmp_path / "lock")
    inside: list[str] = []

    def enter() -> None:
        with lock.held():
            inside.append("second")

    second = threading.Thread(target=enter)
    with lock.held():
        second.start()
        second.join(0.05)
        assert second.is_alive()
        inside.append("first")
    second.join()
    assert inside == ["first", "second"]


@pytest.mark.parametrize("where", ["lock", None])
def test_a_waiting_thread_gives_up_in_time(tmp_path: Path, where: str | None) -> None:
    lock = WriteLock(tmp_path / where if where else None)
    gave_up = threading.Event()

    def try_it() -> None:
        with pytest.raises(WriteLockTimeout), lock.held(timeout=0.02):
            pass
        gave_up.set()

    with lock.held():
        second = threading.Thread(target=try_it)
        second.start()
        second.join()
    assert gave_up.is_set()


def test_two_locks_on_one_path_exclude_each_other_in_one_process(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with WriteLock(path).held(), pytest.raises(WriteLockTimeout):
        with WriteLock(path).held(timeout=0.02):
            pass


def test_taking_it_twice_is_an_error_and_not_a_deadlock(tmp_path: Path) -> None:
    lock = WriteLock(tmp_path / "lock")
    with lock.held(), pytest.raises(RuntimeError), lock.held():
        pass
    with lock.held(timeout=0):
        pass


def test_an_exception_inside_lets_go(tmp_path: Path) -> None:
    lock = WriteLock(tmp_path / "lock")
    with pytest.raises(LookupError), lock.held():
        raise LookupError
    with lock.held(timeout=0):
        pass


def test_a_child_process_does_not_inherit_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with WriteLock(path).held():
        child = subprocess.Popen(
            ["/bin/cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, close_fds=False
        )
    try:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(b"here\n")
        assert child.stdout.readline() == b"here\n"  # It runs: its descriptors stay as they are.
        with WriteLock(path).held(timeout=0):
            links = [entry.readlink() for entry in Path(f"/proc/{child.pid}/fd").iterdir()]
        assert path not in links
    finally:
        child.communicate()
