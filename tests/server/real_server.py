"""A real server for tests: web and worker as processes, people as HTTP sessions and sockets."""

import json
import os
import queue
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import requests
import socketio

from core.server.tls import files_in
from tests.factories import PASSWORD, ROOT, Made

TIMEOUT = 20.0
IDLE_TIMEOUT = 6 * TIMEOUT
"""For what is made only when nothing else runs on the machine."""


class RealServer:
    """`app.py web` (and `worker`) over a prepared data folder, on a port of its own.

    trusts: the file of the authority that clients need, where the folder holds certificates.
    """

    def __init__(
        self,
        made: Made,
        log: Path,
        *,
        port: int = 0,
        env: dict[str, str] | None = None,
        extra: tuple[str, ...] = (),
    ):
        self.made = made
        self.log = log
        self.port = port or free_port()
        files = files_in(made.data)
        self.trusts = str(files.ca) if files.there() else None
        scheme = "https" if self.trusts else "http"
        self.url = f"{scheme}://127.0.0.1:{self.port}"
        # Whether documents are accepted does not depend on the machine of the tests.
        disk = {"DIENHONG_DISK_FLOOR_MB": "0", "DIENHONG_DISK_RESERVE_MB": "0"}
        self._env = {**os.environ, **disk, **(env or {})}
        self._extra = extra
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, *roles: str) -> "RealServer":
        """Start the roles (default both) and wait until the server answers."""
        for role in roles or ("web", "worker"):
            words = [sys.executable, "app.py", role, "--data", str(self.made.data)]
            words += ["--host", "127.0.0.1", "--port", str(self.port), *self._extra]
            with self.log.open("ab") as out:
                self.processes[role] = subprocess.Popen(
                    words, cwd=ROOT, stdout=out, stderr=out, env=self._env
                )
        try:
            wait_until(self._answers, "the server answers", timeout=3 * TIMEOUT)
        except BaseException:
            self.stop()
            raise
        return self

    def _answers(self) -> bool:
        for role, process in self.processes.items():
            assert process.poll() is None, f"{role} ended:\n{self.log.read_text()[-4000:]}"
        try:
            return requests.get(f"{self.url}/healthz", timeout=2, verify=self.trusts or True).ok
        except (requests.ConnectionError, requests.Timeout):
            return False

    def kill(self, role: str = "web") -> None:
        """kill -9."""
        process = self.processes.pop(role)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        """End both, politely; kill what does not go."""
        for process in self.processes.values():
            process.terminate()
        for process in self.processes.values():
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.processes.clear()

    def sign_in(self, username: str) -> "Person":
        """A signed-in person."""
        return Person(self, username).sign_in()


class Person:
    """One person's HTTP session and sockets."""

    def __init__(self, server: RealServer, username: str) -> None:
        self.server = server
        self.username = username
        self.id = server.made.people.get(username, "")
        self.http = requests.Session()
        self.http.trust_env = False
        self.http.verify = server.trusts or True
        self.sockets: list[Tablet] = []

    def sign_in(self, password: str = PASSWORD) -> "Person":
        """Sign in and keep the CSRF token."""
        login = self.server.made.logins.get(self.username, self.username)
        answer = self.post("/session", username=login, password=password)
        assert answer.status_code == 200, answer.text
        self.http.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
        return self

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        """A request under /api/v1."""
        whole = path if path.startswith("http") else f"{self.server.url}/api/v1{path}"
        return self.http.request(method, whole, timeout=TIMEOUT, **options)

    def get(self, path: str, **options: Any) -> requests.Response:
        return self.call("GET", path, **options)

    def post(self, path: str, **body: Any) -> requests.Response:
        return self.call("POST", path, json=body)

    def put(self, path: str, **body: Any) -> requests.Response:
        return self.call("PUT", path, json=body)

    def patch(self, path: str, **body: Any) -> requests.Response:
        return self.call("PATCH", path, json=body)

    def delete(self, path: str) -> requests.Response:
        return self.call("DELETE", path)

    def upload(self, path: str, name: str, content: bytes, **fields: str) -> requests.Response:
        """Upload one file, with small fields before it."""
        key = fields.pop("idempotency_key", None)
        headers = {"Idempotency-Key": key} if key else {}
        parts: list[Any] = [(field, (None, value)) for field, value in fields.items()]
        parts.append(("file", (name, content, "application/pdf")))
        return self.call("POST", path, files=parts, headers=headers)

    def tablet(self, meeting_id: str, *, join: bool = True, **have: Any) -> "Tablet":
        """A socket in the meeting's room."""
        made = Tablet(self, meeting_id)
        self.sockets.append(made)
        if join:
            made.join(**have)
        return made


class SignedIn(dict[str, Person]):
    """People of a server by name, each signed in when first asked for."""

    def __init__(self, server: RealServer) -> None:
        super().__init__()
        self._server = server

    def __missing__(self, name: str) -> Person:
        self[name] = self._server.sign_in(name)
        return self[name]

    def close(self) -> None:
        """Close everybody's connections."""
        for person in self.values():
            person.http.close()


class Tablet:
    """One real Socket.IO client; every packet that it receives is kept in order."""

    def __init__(self, person: Person, meeting_id: str) -> None:
        self.person = person
        self.meeting_id = meeting_id
        self.received: queue.Queue[tuple[str, Any]] = queue.Queue()
        self.seen: list[tuple[str, Any]] = []
        own = person.http if person.server.trusts else None
        self.client = socketio.Client(reconnection=False, http_session=own)
        self.client.on("*", self._keep)
        cookies = "; ".join(f"{c.name}={c.value}" for c in person.http.cookies)
        self.client.connect(
            f"{person.server.url}/?room={meeting_id}",
            headers={"Cookie": cookies},
            transports=["websocket"],
            wait_timeout=10,
        )

    def _keep(self, event: str, *data: Any) -> None:
        self.seen.append((event, data[0] if data else None))
        self.received.put((event, data[0] if data else None))

    def call(self, event: str, **payload: Any) -> dict[str, Any]:
        """Send an event about this room and answer its acknowledgement."""
        payload.setdefault("meeting_id", self.meeting_id)
        ack: dict[str, Any] = self.client.call(event, payload, timeout=TIMEOUT)
        return ack

    def join(self, **have: Any) -> dict[str, Any]:
        """Join the room; the acknowledgement is kept as `joined`."""
        self.joined = self.call("room.join", protocol_version=1, **have)
        return self.joined

    def turn(self, document_id: str, page: int, version: int = 1, **more: Any) -> dict[str, Any]:
        return self.call("page.turn", document_id=document_id, version=version, page=page, **more)

    def next(self, event: str, **wanted: Any) -> Any:
        """The next packet of this name whose fields are as wanted; others are passed over."""
        until = time.monotonic() + TIMEOUT
        while (left := until - time.monotonic()) > 0:
            try:
                name, data = self.received.get(timeout=left)
            except queue.Empty:
                break
            if name == event and all(data.get(k) == v for k, v in wanted.items()):
                return data
        raise AssertionError(f"no {event} {wanted}; seen: {json.dumps(self.seen)[-2000:]}")

    def close(self) -> None:
        self.client.disconnect()


def free_port() -> int:
    """A port that is free now."""
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_until(true: Any, what: str, timeout: float = TIMEOUT) -> None:
    """Wait for a condition, or fail saying for what."""
    until = time.monotonic() + timeout
    while time.monotonic() < until:
        if true():
            return
        time.sleep(0.03)
    raise AssertionError(f"waited in vain for: {what}")


def children_of(pid: int) -> list[int]:
    """The processes that a process is the parent of, as far as it lives; also those that ended and
    that it did not collect."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in task.read_text().split()]
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found
