"""./run as a person meets it: processes that die, a supervisor that dies, ports and folders."""

import os
import queue
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher import data_lock
from launcher.messages import Trouble
from launcher.places import ROOT, authority_in
from launcher.program import Program
from launcher.supervise import RestartPolicy, Supervisor
from tests.factories import prepared
from tests.server.run_command import RUN, run

DEADLINE = 15.0
# Lives until its supervisor does not: the read ends when the last write end of the pipe closes.
LIVES = """
    import os, sys
    print("up", os.getpid(), flush=True)
    os.read(int(os.environ["DIENHONG_LIFELINE_FD"]), 1)
"""
STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + textwrap.dedent(LIVES)
IMPATIENT = RestartPolicy(short_life=10.0, pauses=(0.0, 0.0), grace=5.0)


class RunningSupervisor:
    """A supervisor in a thread, with the lines its programs print."""

    def __init__(self, sources: dict[str, str], policy: RestartPolicy = IMPATIENT) -> None:
        self.lines: queue.Queue[tuple[str, str]] = queue.Queue()
        self.trouble: Trouble | None = None
        self.supervisor = Supervisor(
            [self._program(name, source) for name, source in sources.items()], policy
        )
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _program(self, name: str, source: str) -> Program:
        return Program(
            name,
            [sys.executable, "-c", textwrap.dedent(source)],
            folder=ROOT,
            environ=os.environ,
            sink=lambda line: self.lines.put((name, line)),
        )

    def _run(self) -> None:
        try:
            self.supervisor.run()
        except Trouble as trouble:
            self.trouble = trouble

    def next_pid(self, name: str) -> int:
        """The process id that the next start of this program prints."""
        while True:
            who, line = self.lines.get(timeout=DEADLINE)
            if who == name and line.startswith("up "):
                return int(line.split()[1])

    def wait(self) -> None:
        """Wait until the supervisor has ended."""
        self.thread.join(DEADLINE)
        assert not self.thread.is_alive()


@pytest.fixture
def supervisors() -> Iterator[list[RunningSupervisor]]:
    """Houses made by a test; each is stopped after it."""
    made: list[RunningSupervisor] = []
    yield made
    for running in made:
        running.supervisor.stop()
        running.supervisor.stop()
        running.wait()


def is_running(pid: int) -> bool:
    """Whether a process exists and is more than an entry that nobody has collected."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state not in "ZX"


def ends(pid: int) -> bool:
    """Wait until a process has ended; false if it does not."""
    deadline = time.monotonic() + DEADLINE
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not is_running(pid)


def test_a_program_that_dies_is_started_again_and_the_other_stays(supervisors):
    running = RunningSupervisor({"web": LIVES, "worker": LIVES})
    supervisors.append(running)
    pids = {name: int(line.split()[1]) for name, line in two_lines(running)}
    os.kill(pids["web"], signal.SIGKILL)
    assert running.next_pid("web") != pids["web"]
    assert is_running(pids["worker"])


def two_lines(running: RunningSupervisor) -> list[tuple[str, str]]:
    """The first line of each of two programs."""
    return [running.lines.get(timeout=DEADLINE) for _ in range(2)]


def test_stopping_leaves_nothing_running(supervisors):
    running = RunningSupervisor({"web": LIVES, "worker": LIVES})
    supervisors.append(running)
    pids = [int(line.split()[1]) for _, line in two_lines(running)]
    running.supervisor.stop()
    running.wait()
    assert running.trouble is None
    assert not any(map(is_running, pids))


def test_a_program_that_does_not_want_to_stop_is_killed(supervisors):
    running = RunningSupervisor({"web": STUBBORN}, RestartPolicy(grace=0.2))
    supervisors.append(running)
    pid = running.next_pid("web")
    running.supervisor.stop()
    running.wait()
    assert not is_running(pid)


def test_what_a_dead_program_left_behind_is_ended_too(supervisors):
    parent = """
        import os, subprocess, sys
        left = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        print("up", left.pid, flush=True)
        os.read(int(os.environ["DIENHONG_LIFELINE_FD"]), 1)
    """
    running = RunningSupervisor({"worker": parent})
    supervisors.append(running)
    left = running.next_pid("worker")
    os.kill(os.getpgid(left), signal.SIGKILL)  # the group is named after the program itself
    running.next_pid("worker")
    assert ends(left)


def test_giving_up_says_what_the_program_said_last(supervisors):
    running = RunningSupervisor(
        {"web": LIVES, "worker": "import sys; sys.exit('the disk is upside down\\n{\"event\": 1}')"}
    )
    supervisors.append(running)
    pid = running.next_pid("web")
    running.wait()
    assert running.trouble is not None
    assert running.trouble.exit_code == 1
    assert str(running.trouble).endswith("it said: the disk is upside down")
    assert not is_running(pid)


def test_a_refusal_of_the_product_is_passed_on_as_its_own_sentence(supervisors):
    source = "import sys; print('choose another folder'); sys.exit(2)"
    running = RunningSupervisor({"web": source, "worker": LIVES})
    supervisors.append(running)
    running.wait()
    assert running.trouble is not None
    assert str(running.trouble) == "choose another folder"
    assert running.trouble.exit_code == 2


def test_killing_the_supervisor_leaves_no_orphan(tmp_path):
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    child = f"""
        import os
        fifo = open({str(fifo)!r}, "w")
        print(os.getpid(), file=fifo, flush=True)
        os.read(int(os.environ["DIENHONG_LIFELINE_FD"]), 1)
    """
    supervisor = f"""
        import os
        from launcher.places import ROOT
        from launcher.program import Program
        from launcher.supervise import Supervisor
        words = [{sys.executable!r}, "-c", {textwrap.dedent(child)!r}]
        two = [Program(n, words, folder=ROOT, environ=os.environ, sink=print) for n in ("a", "b")]
        Supervisor(two).run()
    """
    words = [sys.executable, "-c", textwrap.dedent(supervisor)]
    with subprocess.Popen(words, cwd=ROOT) as process, fifo.open() as lines:
        pids = [int(lines.readline()) for _ in range(2)]
        process.kill()
        assert lines.read() == ""  # the end of the file: no process holds it open
    assert all(map(ends, pids))


def assert_one_sentence(done: subprocess.CompletedProcess[str], *parts: str) -> None:
    """Exit 2 and one line on the standard error that holds these parts; no traceback."""
    assert done.returncode == 2, done.stdout + done.stderr
    (line,) = done.stderr.splitlines()
    assert all(part in line for part in parts), line


def test_a_port_in_use_is_one_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run(
            "demo", "--host", "127.0.0.1", "--port", str(port), cwd=tmp_path, deadline=DEADLINE
        )
    assert_one_sentence(done, str(port), "--port")


def test_a_folder_that_another_server_uses_is_one_sentence(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    held = data_lock.hold(data)
    try:
        words = ("serve", "--host", "127.0.0.1", "--port", "0", "--data", str(data))
        done = run(*words, cwd=tmp_path, deadline=DEADLINE)
    finally:
        os.close(held)
    assert_one_sentence(done, str(data), str(os.getpid()), "--data")
    assert sorted(one.name for one in data.iterdir()) == ["run.lock"]
    os.close(data_lock.hold(data))


def test_a_backup_and_a_restore_are_one_command_each(tmp_path, monkeypatch):
    made = prepared(tmp_path / "data", "thuky")
    stick, again = tmp_path / "stick", tmp_path / "again"
    monkeypatch.setenv("DIENHONG_KEY_PASSPHRASE", "short")
    words = ("backup", "--data", str(made.data), "--to", str(stick), "--with-keys")
    assert_one_sentence(run(*words, cwd=tmp_path, deadline=DEADLINE), "12")
    monkeypatch.setenv("DIENHONG_KEY_PASSPHRASE", "long enough for anybody")
    done = run(*words, cwd=tmp_path, deadline=2 * DEADLINE)
    assert done.returncode == 0, done.stderr
    copy = done.stdout.splitlines()[-1]
    assert sorted(stick.iterdir()) == [Path(copy)]
    assert (made.data / "keys" / "exported").exists()
    done = run("restore", copy, "--data", str(again), cwd=tmp_path, deadline=2 * DEADLINE)
    assert done.returncode == 0, done.stderr
    key = "keys/vote-log.key"
    assert (again / key).read_text() == (made.data / key).read_text()
    assert authority_in(again) is not None
    keys = ("--keys", f"{copy}/keys.enc", "--insecure-http")
    plain = tmp_path / "plain"
    done = run("restore", copy, "--data", str(plain), *keys, cwd=tmp_path, deadline=2 * DEADLINE)
    assert done.returncode == 0, done.stderr
    assert (plain / key).read_text() == (made.data / key).read_text()
    assert authority_in(plain) is None
    lost = ("restore", copy, "--data", "new", "--keys", "gone.enc")
    done = run(*lost, cwd=tmp_path, deadline=DEADLINE)
    assert_one_sentence(done, str(tmp_path / "gone.enc"), "keys.enc")
    assert not (tmp_path / "new").exists()
    nothing = run("backup", "--data", "nowhere", "--to", "x", cwd=tmp_path, deadline=DEADLINE)
    assert_one_sentence(nothing, "nowhere", "--data")


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").touch()
    done = run(
        "serve",
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--data",
        "file/in",
        cwd=tmp_path,
        deadline=DEADLINE,
    )
    assert_one_sentence(done, str(tmp_path / "file/in"), "--data")


def test_an_address_of_another_machine_is_one_sentence(tmp_path):
    done = run("demo", "--host", "198.51.100.7", cwd=tmp_path, deadline=DEADLINE)
    assert_one_sentence(done, "198.51.100.7", "--host")


def test_an_old_python_is_one_sentence(tmp_path):
    pretend = "import sys, runpy; sys.version_info = (3, 9); runpy.run_path(sys.argv[1])"
    done = subprocess.run(
        [sys.executable, "-c", pretend, str(RUN)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=DEADLINE,
        check=False,
    )
    assert_one_sentence(done, "Python 3.11")


def test_doctor_tells_about_everything(tmp_path):
    done = run("doctor", cwd=tmp_path, deadline=DEADLINE)
    assert done.stderr == ""
    for word in ("Python", "SQLite", "Node.js", "Tinos", "fsync", "8080", "HTTPS"):
        assert word in done.stdout
