"""The worker process: does the jobs of papers, and serves the desks for pages that people wait for
and for papers that they take away.

It owns the zygote and every render child that is forked from it, and all of them are a little
nicer than web: where they share a core, a turn goes before a page. There is one worker for a data
folder, held by a file lock; when it dies, the next one takes up its jobs.
"""

import fcntl
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import structlog

from core.app_context import AppContext
from core.ids import new_id
from core.periodic import PeriodicTask, run_periodically
from core.transactions import jobs
from core.transactions.retention import delete_expired
from documents.declares import JobKind
from documents.ingest import store
from documents.ingest.stages import DRAWING, LOOKING, Ingest, Stopped
from documents.rendering.fork_client import fork_server
from documents.worker.export_queue import ExportQueue
from documents.worker.file_gc import delete_unreferenced
from documents.worker.ipc_server import Caller, IpcServer
from documents.worker.messages import (
    ExportRequest,
    IngestProgressed,
    JobsWait,
    Message,
    PersonNotifications,
    RenderRequest,
    RoomNotifications,
)
from documents.worker.render_queue import RenderQueue

LOOK_EVERY = 1.0
LOCK_TIMEOUT = 15.0
STOP_TIMEOUT = 3.0
WAL_BYTES = 4 * 1024 * 1024
CHECKPOINT_EVERY = 10.0
DELETE_EVERY = 1800.0
DELETE_EXPIRED_EVERY = 60.0
NICER_THAN_WEB = 5
"""No more: it holds the database's lock now and then, and people wait for some of its pages."""

log = structlog.get_logger()


class AnotherWorker(Exception):
    """A worker for this data folder is running already."""


class WorkerNotifier:
    """Rings in web for what the worker commits, and in the worker for its own jobs."""

    def __init__(self, ipc_server: IpcServer, wake: Callable[[], None]) -> None:
        self._ipc_server = ipc_server
        self._wake = wake

    def room(self, room_id: str) -> None:
        """A room has new events."""
        self._ipc_server.tell(RoomNotifications(room_id))

    def person(self, user_id: str) -> None:
        """A person's own stream has new events."""
        self._ipc_server.tell(PersonNotifications(user_id))

    def jobs(self) -> None:
        """There is work."""
        self._wake()


class WorkerThread:
    """A thread that does the jobs of one lane of ingest, woken by rings."""

    def __init__(
        self,
        kinds: Sequence[JobKind],
        worker_id: str,
        stopping: threading.Event,
        publish_progress: Callable[[str, dict[str, object]], None],
    ) -> None:
        self._kinds = kinds
        self._worker_id = worker_id
        self._wake = threading.Event()
        self._stopping = stopping
        self._looked = 0.0
        self._ingest = Ingest(kinds, worker_id, self._rang, stopping.is_set, publish_progress)
        name = f"ingest-{kinds[0].value}"
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)

    def start(self) -> None:
        """Begin to look for jobs."""
        self._thread.start()

    def notify(self) -> None:
        """There may be a job."""
        self._wake.set()

    def join(self) -> None:
        """Wait for the page at hand, after the worker said that it stops; a page that takes longer
        than STOP_TIMEOUT ends with the process, and its child by itself."""
        self._wake.set()
        self._thread.join(STOP_TIMEOUT)

    def _work(self) -> None:
        failed = False
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                if failed:
                    jobs.release_unfinished(self._worker_id, self._kinds)
                    failed = False
                did = self._ingest.run_one()
            except Stopped:
                return
            except Exception:
                # The database is out of reach or full: the job stays claimed until it can be
                # written again, and is then taken up anew.
                log.exception("worker_failed")
                did, failed = False, True
            if not did:
                self._wake.wait(LOOK_EVERY)

    def _rang(self) -> bool:
        """Whether there may be new jobs: a ring, or a second without a look."""
        now = time.monotonic()
        if self._wake.is_set() or now - self._looked >= LOOK_EVERY:
            self._wake.clear()
            self._looked = now
            return True
        return False


class Worker:
    """One worker; `run` blocks until `stop`."""

    def __init__(self, context: AppContext) -> None:
        self._context = context
        self._id = new_id()
        self._stopping = threading.Event()
        self._ipc_server = IpcServer(context.config.worker_socket, self._heard)
        self._render_queue = RenderQueue(context.storage)
        self._exports = ExportQueue(context.storage)
        self._checkpointed = time.monotonic()
        self._threads = [
            WorkerThread(kinds, self._id, self._stopping, self._publish_progress)
            for kinds in (LOOKING, DRAWING)
        ]
        context.notifier = WorkerNotifier(self._ipc_server, self._notify_threads)

    def run(self) -> None:
        """Work until told to stop. Raises AnotherWorker."""
        with _alone(self._context.config.data / "worker.lock"):
            jobs.release_abandoned(self._id)
            store.restart_stranded()
            fork_server.start()
            self._render_queue.start()
            self._exports.start()
            self._ipc_server.open()
            for thread in self._threads:
                thread.start()
            log.info("worker_started", pid=os.getpid())
            try:
                run_periodically(*self._periodic_tasks(), stopping=self._stopping)
            finally:
                self._stopping.set()
                for thread in self._threads:
                    thread.join()
                self._ipc_server.close()
                self._render_queue.close()
                self._exports.close()
                fork_server.close()

    def stop(self) -> None:
        """Make `run` return after the page at hand."""
        self._stopping.set()

    def _notify_threads(self) -> None:
        for thread in self._threads:
            thread.notify()

    def _heard(self, message: Message, caller: Caller) -> None:
        if isinstance(message, JobsWait):
            self._notify_threads()
        elif isinstance(message, RenderRequest):
            self._render_queue.request(message, caller.send)
        elif isinstance(message, ExportRequest):
            self._exports.request(message, caller.send)

    def _publish_progress(self, room_id: str, facts: dict[str, object]) -> None:
        self._ipc_server.tell(IngestProgressed(room_id, facts))

    def _periodic_tasks(self) -> list[PeriodicTask]:
        # A full disk or a long lock: nothing is lost, and each is tried again after a second.
        return [
            PeriodicTask("housekeeping_failed", LOOK_EVERY, self._checkpoint),
            PeriodicTask(
                "housekeeping_failed",
                DELETE_EXPIRED_EVERY,
                self._exports.delete_expired,
                LOOK_EVERY,
            ),
            PeriodicTask("housekeeping_failed", DELETE_EVERY, _sweep, LOOK_EVERY),
        ]

    def _checkpoint(self) -> None:
        """Checkpoints are the worker's alone: at once when the WAL has grown, else now and then."""
        size, now = self._context.database.wal_bytes(), time.monotonic()
        if size > WAL_BYTES or (size and now - self._checkpointed > CHECKPOINT_EVERY):
            self._context.database.checkpoint()
            self._checkpointed = now


def _sweep() -> None:
    delete_unreferenced()
    delete_expired()


def run_worker(context: AppContext) -> None:
    """Be the worker of this house until SIGTERM or SIGINT. Raises AnotherWorker."""
    os.nice(NICER_THAN_WEB)
    worker = Worker(context)

    def told_to_stop(*_: object) -> None:
        # In a thread of its own: this one may hold the very lock that stopping needs.
        threading.Thread(target=worker.stop).start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, told_to_stop)
    try:
        worker.run()
    finally:
        context.database.close()


def finish_documents(context: AppContext) -> None:
    """Do the waiting jobs of papers here and now, until none is processing: before a first start.

    Raises AnotherWorker.
    """
    ingest = Ingest((*LOOKING, *DRAWING), new_id(), lambda: False, lambda: False, lambda *_: None)
    with _alone(context.config.data / "worker.lock"):
        try:
            while store.any_processing() and ingest.run_one():
                pass
        finally:
            fork_server.close()


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the lock of the one worker, waiting a while for one that is just ending."""
    deadline = time.monotonic() + LOCK_TIMEOUT
    with path.open("w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise AnotherWorker(f"A worker is running already in {path.parent}.") from None
                time.sleep(0.1)
        yield
