"""Progress of rendering a document: published to the room often, stored in the database rarely."""

import time
from collections.abc import Callable

from documents.ingest import store as record
from documents.ingest.store import Task
from documents.models import VersionStatus

PUBLISH_SECONDS = 0.2
STORE_SECONDS = 1.0


class Progress:
    """The progress of one version in one run of the draw stage."""

    def __init__(self, task: Task, send: Callable[[str, dict[str, object]], None]) -> None:
        self._task = task
        self._send = send
        self._done = 0
        self._published_at = 0.0
        self._stored_at = time.monotonic()

    def one_more(self) -> bool:
        """Count one rendered page. Returns False when the version was removed meanwhile."""
        self._done += 1
        now = time.monotonic()
        if now - self._published_at >= PUBLISH_SECONDS:
            self._published_at = now
            self._publish(VersionStatus.PROCESSING, self._done)
        if now - self._stored_at >= STORE_SECONDS:
            self._stored_at = now
            return record.pages_done(self._task.version_id, self._done)
        return True

    def ready(self) -> None:
        """Publish that all pages are rendered."""
        self._publish(VersionStatus.READY, self._task.page_count or 0)

    def _publish(self, status: VersionStatus, done: int) -> None:
        if self._task.room_id is not None:
            facts: dict[str, object] = {
                "document_id": self._task.document_id,
                "version": self._task.number,
                "status": status.value,
                "done": done,
                "total": self._task.page_count or 0,
            }
            self._send(self._task.room_id, facts)
