"""The web process's client of the worker socket: requests, notifications and progress.

Standard library only, so that it waits as the server does (green threads or native threads).
Without a worker the server still works: a restarted worker finds the queued jobs, and existing
pages are served from their files.
"""

import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec
import structlog
from prometheus_client import Gauge

from core.realtime.staggered_event import StaggeredEvent
from documents.declares import ExportNotReady, PageNotReady
from documents.render_protocol import Confined, RenderFault
from documents.worker.messages import (
    ExportRequest,
    ExportResult,
    Hello,
    IngestProgressed,
    JobsWait,
    Message,
    PersonNotifications,
    RenderRequest,
    RenderResult,
    RoomNotifications,
    frame,
    messages,
    short_address,
)

TIMEOUT = 15.0
EXPORT_TIMEOUT = 60.0
RECONNECT_AFTER = 0.3
RETRY_AFTER = 2

CONFINEMENT = Gauge(
    "dienhong_render_confinement", "1: the kernel enforces it on render children", ["restriction"]
)

log = structlog.get_logger()
A = TypeVar("A", RenderResult, ExportResult)


class _PendingRequest(Generic[A]):
    """One request and its waiting threads in this process."""

    def __init__(self) -> None:
        self.waiting = 0
        self.answered = StaggeredEvent()
        self.made: A | None = None

    def resolve(self, made: A | None) -> None:
        """Wake the waiting threads. made: the answer, or None when there will be none."""
        self.made = made
        self.answered.set()


class IpcClient:
    """The connection of this web process to the worker. It reconnects automatically.

    proof: see `messages.proof_of`.
    """

    def __init__(self, path: Path, proof: str) -> None:
        self._path = path
        self._hello = frame(Hello(proof))
        self._connection: socket.socket | None = None
        self._send_lock = threading.Lock()
        self._wishes: dict[RenderRequest, _PendingRequest[RenderResult]] = {}
        self._pending_lock = threading.Lock()
        self._exports: dict[str, _PendingRequest[ExportResult]] = {}
        self._on_room: Callable[[str], None] = _no_op
        self._on_person: Callable[[str], None] = _no_op
        self._on_progress: Callable[[str, dict[str, Any]], None] = _no_op

    def listen(
        self,
        *,
        on_room: Callable[[str], None],
        on_progress: Callable[[str, dict[str, Any]], None],
        on_person: Callable[[str], None] | None = None,
    ) -> None:
        """Set the callbacks for notifications and progress, and connect in a separate thread."""
        self._on_room, self._on_progress = on_room, on_progress
        self._on_person = on_person or _no_op
        threading.Thread(target=self._run, name="worker-link", daemon=True).start()

    @property
    def connected(self) -> bool:
        """Whether the worker is connected."""
        return self._connection is not None

    def notify_jobs(self) -> None:
        """Notify the worker of a committed job. Never fails: the worker also polls every second."""
        self._send(JobsWait())

    def request(self, request: RenderRequest, timeout: float | None = None) -> RenderFault | None:
        """Request an image, tile, words or notes and wait for the file; None: the file exists now.

        timeout: in seconds, default TIMEOUT.
        Raises: PageNotReady when the worker is not connected or the timeout expires.
        """
        with self._pending_lock:
            pending = self._wishes.get(request)
            first = pending is None
            if pending is None:
                pending = self._wishes[request] = _PendingRequest()
            pending.waiting += 1
        if first and not self._send(request):
            self._resolve(request, None)
        pending.answered.wait(TIMEOUT if timeout is None else timeout)
        with self._pending_lock:
            pending.waiting -= 1
            # Later callers may still receive an answer, and so may a request after a reconnect.
            if (
                pending.made is None
                and pending.waiting == 0
                and self._wishes.get(request) is pending
            ):
                del self._wishes[request]
        if pending.made is None:
            raise PageNotReady(retry_after=RETRY_AFTER)
        return pending.made.fault

    def export(self, request: ExportRequest) -> ExportResult:
        """Request an export and wait for the result.

        Raises: ExportNotReady when the worker is not connected or EXPORT_TIMEOUT expires.
        """
        pending = self._exports[request.id] = _PendingRequest[ExportResult]()
        if self._send(request):
            pending.answered.wait(EXPORT_TIMEOUT)
        self._exports.pop(request.id, None)
        if pending.made is None:
            raise ExportNotReady(retry_after=RETRY_AFTER)
        return pending.made

    def _send(self, message: Message) -> bool:
        connection = self._connection
        if connection is None:
            return False
        try:
            with self._send_lock:
                connection.sendall(frame(message))
        except OSError as error:
            log.info("worker_link_lost", error=str(error))
            return False
        return True

    def _run(self) -> None:
        while True:
            try:
                with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                    with short_address(self._path) as address:
                        connection.connect(address)
                    connection.sendall(self._hello)
                    self._connection = connection
                    for message in messages(connection):
                        self._heard(message)
            except (OSError, ValueError) as error:
                log.debug("worker_away", error=str(error))
            except Exception:
                log.exception("worker_link_failed")
            self._connection = None
            for request in list(self._wishes):
                self._resolve(request, None)
            for export in list(self._exports.values()):
                export.resolve(None)
            time.sleep(RECONNECT_AFTER)

    def _heard(self, message: Message) -> None:
        if isinstance(message, RenderResult):
            self._resolve(message.request, message)
        elif isinstance(message, ExportResult):
            if (export := self._exports.get(message.id)) is not None:
                export.resolve(message)
        elif isinstance(message, RoomNotifications):
            self._on_room(message.room_id)
        elif isinstance(message, PersonNotifications):
            self._on_person(message.user_id)
        elif isinstance(message, IngestProgressed):
            self._on_progress(message.room_id, message.facts)
        elif isinstance(message, Confined):
            for name, value in msgspec.structs.asdict(message).items():
                CONFINEMENT.labels(name).set(value)

    def _resolve(self, request: RenderRequest, made: RenderResult | None) -> None:
        pending = self._wishes.pop(request, None)
        if pending is not None:
            pending.resolve(made)


def _no_op(*_arguments: object) -> None:
    """Default no-op callback."""


_link: IpcClient | None = None


def install(link: IpcClient) -> None:
    """Set the client of this process."""
    global _link  # noqa: PLW0603 - one for the process
    _link = link


def link() -> IpcClient:
    """The client of this process. Raises: RuntimeError (none is installed)."""
    if _link is None:
        raise RuntimeError("no link to the worker: web installs one at assembly")
    return _link
