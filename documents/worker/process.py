"""The worker process: runs ingest jobs, the render queue and the export queue.

It owns the fork server and all render children. All of them have a higher nice value than web, so
that on a shared core web requests run before rendering. A file lock permits one worker per data
folder. When a worker dies, the next one takes over its jobs.
"""

import fcntl
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import msgspec
import structlog

from core.app_context import AppContext
from core.ids import new_id
from core.periodic import PeriodicTask, run_periodically
from core.transactions import jobs
from core.transactions.retention import delete_expired
from documents.conversion import converter
from documents.declares import JobKind
from documents.ingest import store
from documents.ingest.stages import CONVERTING, DRAWING, LOOKING, Ingest, Stopped
from documents.render_protocol import Confined
from documents.rendering.children import ChildDied
from documents.rendering.confinement_report import report_confinement
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
    proof_of,
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
"""Added to web's nice value. Not more: the worker sometimes holds the database lock, and users
wait for some of its pages."""

log = structlog.get_logger()


class AnotherWorker(Exception):
    """A worker is already running for this data folder."""


class Unconfined(Exception):
    """The kernel confines render children only in part, and the settings require all of it."""


class WorkerNotifier:
    """Notifies web processes of the worker's commits, and worker threads of new jobs."""

    def __init__(self, ipc_server: IpcServer, wake: Callable[[], None]) -> None:
        self._ipc_server = ipc_server
        self._wake = wake

    def room(self, room_id: str) -> None:
        """Notify web processes that a room has new events."""
        self._ipc_server.tell(RoomNotifications(room_id))

    def person(self, user_id: str) -> None:
        """Notify web processes that a user stream has new events."""
        self._ipc_server.tell(PersonNotifications(user_id))

    def jobs(self) -> None:
        """Wake the worker threads for new jobs."""
        self._wake()


class WorkerThread:
    """A thread that runs ingest jobs of some kinds, woken by notifications."""

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
        self._polled_at = 0.0
        self._ingest = Ingest(
            kinds, worker_id, self._may_have_jobs, stopping.is_set, publish_progress
        )
        name = f"ingest-{kinds[0].value}"
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)

    def start(self) -> None:
        """Start to run jobs."""
        self._thread.start()

    def notify(self) -> None:
        """Wake the thread: there may be a job."""
        self._wake.set()

    def join(self) -> None:
        """Wait for the current page after the worker's stop signal. A page that takes longer than
        STOP_TIMEOUT ends with the process; its child exits when the stream closes."""
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
                # The database is unavailable or full: the job stays claimed until the database can
                # be written, and is then released and run again.
                log.exception("worker_failed")
                did, failed = False, True
            if not did:
                self._wake.wait(LOOK_EVERY)

    def _may_have_jobs(self) -> bool:
        """Whether there may be new jobs: a notification, or LOOK_EVERY seconds without a poll."""
        now = time.monotonic()
        if self._wake.is_set() or now - self._polled_at >= LOOK_EVERY:
            self._wake.clear()
            self._polled_at = now
            return True
        return False


class Worker:
    """One worker. `run` blocks until `stop`."""

    def __init__(self, context: AppContext, beside: Sequence[PeriodicTask] = ()) -> None:
        self._context = context
        self._beside = beside
        self._id = new_id()
        self._stopping = threading.Event()
        self._ipc_server = IpcServer(
            context.config.worker_socket, proof_of(context.config.secret_key), self._handle
        )
        self._render_queue = RenderQueue(context.storage)
        self._exports = ExportQueue(context.storage)
        self._checkpointed = time.monotonic()
        self._threads = [
            WorkerThread(kinds, self._id, self._stopping, self._publish_progress)
            for kinds in (CONVERTING, LOOKING, DRAWING)
        ]
        context.notifier = WorkerNotifier(self._ipc_server, self._notify_threads)

    def run(self) -> None:
        """Run until `stop` is called. Raises: AnotherWorker."""
        with _worker_lock(self._context.config.data / "worker.lock"):
            jobs.release_abandoned(self._id)
            store.restart_stranded()
            converter.remove_left(self._context.storage.conversions)
            fork_server.start()
            self._report_confinement()
            self._render_queue.start()
            self._exports.start()
            self._ipc_server.open()
            for thread in self._threads:
                thread.start()
            for task in self._beside:
                threading.Thread(
                    target=run_periodically,
                    args=(task,),
                    kwargs={"stopping": self._stopping},
                    name="worker-beside",
                    daemon=True,
                ).start()
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

    def _report_confinement(self) -> None:
        """Report what the kernel enforces on render children. Raises: Unconfined, if required."""
        required = self._context.config.require_confinement
        if not required:
            report = partial(_log_confinement, self._ipc_server.greet)
            threading.Thread(target=report, name="confinement-report", daemon=True).start()
            return
        missing = _find_confinement(self._ipc_server.greet).missing()
        if missing:
            raise Unconfined(
                "DIENHONG_REQUIRE_CONFINEMENT=1, but the kernel does not confine render children:"
                f" {', '.join(missing)}. See docs/admin.md."
            )

    def stop(self) -> None:
        """Make `run` return after the current page."""
        self._stopping.set()

    def _notify_threads(self) -> None:
        for thread in self._threads:
            thread.notify()

    def _handle(self, message: Message, caller: Caller) -> None:
        if isinstance(message, JobsWait):
            self._notify_threads()
        elif isinstance(message, RenderRequest):
            self._render_queue.request(message, caller.send_message)
        elif isinstance(message, ExportRequest):
            self._exports.request(message, caller.send_message)

    def _publish_progress(self, room_id: str, facts: dict[str, object]) -> None:
        self._ipc_server.tell(IngestProgressed(room_id, facts))

    def _periodic_tasks(self) -> list[PeriodicTask]:
        # After a failure (full disk, long lock) nothing is lost; each task is retried in a second.
        return [
            PeriodicTask("housekeeping_failed", LOOK_EVERY, self._checkpoint),
            PeriodicTask(
                "housekeeping_failed",
                DELETE_EXPIRED_EVERY,
                self._exports.delete_expired,
                LOOK_EVERY,
            ),
            PeriodicTask("housekeeping_failed", DELETE_EVERY, _delete_unused, LOOK_EVERY),
            PeriodicTask(
                "disk_reserve_failed", LOOK_EVERY, self._context.config.disk_reserve.adjust
            ),
        ]

    def _checkpoint(self) -> None:
        """Checkpoint the WAL when it exceeds WAL_BYTES, else every CHECKPOINT_EVERY seconds. Only
        the worker checkpoints."""
        size, now = self._context.database.wal_bytes(), time.monotonic()
        if size > WAL_BYTES or (size and now - self._checkpointed > CHECKPOINT_EVERY):
            self._context.database.checkpoint()
            self._checkpointed = now


def _find_confinement(tell: Callable[[Confined], None]) -> Confined:
    found = report_confinement()
    report = log.warning if found.missing() else log.info
    report("render_confinement", **msgspec.structs.asdict(found))
    tell(found)
    return found


def _log_confinement(tell: Callable[[Confined], None]) -> None:
    try:
        _find_confinement(tell)
    except (OSError, ChildDied) as error:
        log.warning("render_confinement_unknown", error=str(error))


def _delete_unused() -> None:
    delete_unreferenced()
    delete_expired()


def run_worker(context: AppContext, beside: Sequence[PeriodicTask] = ()) -> None:
    """Run the worker until SIGTERM or SIGINT. Raises: AnotherWorker.

    beside: tasks that may take long, each in a thread of its own.
    """
    os.nice(NICER_THAN_WEB)
    worker = Worker(context, beside)

    def on_signal(*_: object) -> None:
        # In another thread: this one may hold the lock that `stop` needs.
        threading.Thread(target=worker.stop).start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    try:
        worker.run()
    finally:
        context.database.close()


def finish_documents(context: AppContext) -> None:
    """Run all queued ingest jobs in this process until no version is processing.

    For use before the first start. Raises: AnotherWorker.
    """
    kinds = (*CONVERTING, *LOOKING, *DRAWING)
    ingest = Ingest(kinds, new_id(), lambda: False, lambda: False, lambda *_: None)
    with _worker_lock(context.config.data / "worker.lock"):
        try:
            while store.any_processing() and ingest.run_one():
                pass
        finally:
            fork_server.close()


@contextmanager
def _worker_lock(path: Path) -> Iterator[None]:
    """Hold the worker lock; wait at most LOCK_TIMEOUT for another worker that is stopping."""
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
