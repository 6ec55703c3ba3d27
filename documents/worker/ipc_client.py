"""Web's side of the worker's socket: rings, pages and papers that people wait for, progress.

Standard library only, so that the server's kind (cooperative or threads) decides how it waits.
Without a worker nothing breaks: jobs are found when it comes back, and pages that are drawn
already are served from their files.
"""

import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Generic, TypeVar

import structlog

from core.realtime.staggered_event import OneByOne
from documents.declares import ExportNotReady, PageNotReady
from documents.rendering.protocol import Fault
from documents.worker.messages import (
    ExportMade,
    ExportWant,
    JobsWait,
    Made,
    Message,
    PaperMoves,
    PersonRings,
    RoomRings,
    Want,
    frame,
    messages,
    short_address,
)

PATIENCE = 15.0
EXPORT_PATIENCE = 60.0
RECONNECT_AFTER = 0.3
RETRY_AFTER = 2

log = structlog.get_logger()
A = TypeVar("A", Made, ExportMade)


class _Wish(Generic[A]):
    """One want and everybody in this process who waits for it."""

    def __init__(self) -> None:
        self.waiting = 0
        self.answered = OneByOne()
        self.made: A | None = None

    def grant(self, made: A | None) -> None:
        """Answer it; None: there will be no answer."""
        self.made = made
        self.answered.let_go()


class WorkerLink:
    """The connection of this web process to the worker; it comes back by itself."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: socket.socket | None = None
        self._sending = threading.Lock()
        self._wishes: dict[Want, _Wish[Made]] = {}
        self._wishing = threading.Lock()
        self._exports: dict[str, _Wish[ExportMade]] = {}
        self._on_room: Callable[[str], None] = _nothing
        self._on_person: Callable[[str], None] = _nothing
        self._on_progress: Callable[[str, dict[str, Any]], None] = _nothing

    def listen(
        self,
        *,
        on_room: Callable[[str], None],
        on_progress: Callable[[str, dict[str, Any]], None],
        on_person: Callable[[str], None] | None = None,
    ) -> None:
        """Say who is told of rings and progress, and connect (in a thread of its own)."""
        self._on_room, self._on_progress = on_room, on_progress
        self._on_person = on_person or _nothing
        threading.Thread(target=self._stay_connected, name="worker-link", daemon=True).start()

    @property
    def connected(self) -> bool:
        """Whether the worker is there."""
        return self._connection is not None

    def ring_jobs(self) -> None:
        """A job was committed. Never fails: the worker also looks once a second."""
        self._send(JobsWait())

    def want(self, want: Want, patience: float | None = None) -> Fault | None:
        """Have an image or words made and wait for it; None: it lies in its place now.

        patience: in seconds, default PATIENCE.
        Raises PageNotReady when the worker is away or takes longer than that.
        """
        with self._wishing:
            wish = self._wishes.get(want)
            first = wish is None
            if wish is None:
                wish = self._wishes[want] = _Wish()
            wish.waiting += 1
        if first and not self._send(want):
            self._grant(want, None)
        wish.answered.wait(PATIENCE if patience is None else patience)
        with self._wishing:
            wish.waiting -= 1
            # Who came later may still have an answer; so may a new wish after a reconnect.
            if wish.made is None and wish.waiting == 0 and self._wishes.get(want) is wish:
                del self._wishes[want]
        if wish.made is None:
            raise PageNotReady(retry_after=RETRY_AFTER)
        return wish.made.fault

    def export(self, want: ExportWant) -> ExportMade:
        """Have an annotated paper made and wait for it.

        Raises ExportNotReady when the worker is away or takes longer than EXPORT_PATIENCE.
        """
        wish = self._exports[want.id] = _Wish[ExportMade]()
        if self._send(want):
            wish.answered.wait(EXPORT_PATIENCE)
        self._exports.pop(want.id, None)
        if wish.made is None:
            raise ExportNotReady(retry_after=RETRY_AFTER)
        return wish.made

    def _send(self, message: Message) -> bool:
        connection = self._connection
        if connection is None:
            return False
        try:
            with self._sending:
                connection.sendall(frame(message))
        except OSError as error:
            log.info("worker_link_lost", error=str(error))
            return False
        return True

    def _stay_connected(self) -> None:
        while True:
            try:
                with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
                    with short_address(self._path) as address:
                        connection.connect(address)
                    self._connection = connection
                    for message in messages(connection):
                        self._heard(message)
            except (OSError, ValueError) as error:
                log.debug("worker_away", error=str(error))
            except Exception:
                log.exception("worker_link_failed")
            self._connection = None
            for want in list(self._wishes):
                self._grant(want, None)
            for export in list(self._exports.values()):
                export.grant(None)
            time.sleep(RECONNECT_AFTER)

    def _heard(self, message: Message) -> None:
        if isinstance(message, Made):
            self._grant(message.want, message)
        elif isinstance(message, ExportMade):
            if (export := self._exports.get(message.id)) is not None:
                export.grant(message)
        elif isinstance(message, RoomRings):
            self._on_room(message.room_id)
        elif isinstance(message, PersonRings):
            self._on_person(message.user_id)
        elif isinstance(message, PaperMoves):
            self._on_progress(message.room_id, message.facts)

    def _grant(self, want: Want, made: Made | None) -> None:
        wish = self._wishes.pop(want, None)
        if wish is not None:
            wish.grant(made)


def _nothing(*_ignored: object) -> None:
    """Nobody wants to know."""


_link: WorkerLink | None = None


def install(link: WorkerLink) -> None:
    """Put this process's link in place."""
    global _link  # noqa: PLW0603 - one for the process
    _link = link


def link() -> WorkerLink:
    """This process's link."""
    if _link is None:
        raise RuntimeError("no link to the worker: web installs one at assembly")
    return _link
