"""The typesetting service of a server: one short-lived child at a time, with a time limit.

The event loop is not blocked: the standard library's waiting is cooperative on a cooperative
server. The last PDFs are cached, because a whole room may request one at the same moment.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import msgspec
from cachetools import LRUCache

from core.errors import Unavailable
from core.paths import ROOT
from core.typesetting.fonts import TypesettingError
from core.typesetting.job import TypesetJob

SECONDS = 20
"""Time limit of one PDF. The largest reports that users make take one second."""
TIMEOUT = 60
"""Maximum wait in seconds behind other jobs."""
KEPT = 16
RETRY_AFTER = 5
GRACE = 2
"""Seconds after the limit when a child whose server has ended also ends itself."""

ENVIRONMENT = {
    "PYTHONPATH": str(ROOT),
    "LANG": "C.UTF-8",
    "PATH": os.defpath,
    # Independent of the number of cores: bounds the threads and their address space.
    "RAYON_NUM_THREADS": "2",
    "MALLOC_ARENA_MAX": "2",
}


class TypesetService:
    """Typesets one template at a time and caches the last `kept` PDFs."""

    def __init__(self, *, seconds: int = SECONDS, timeout: int = TIMEOUT, kept: int = KEPT):
        self._seconds, self._timeout = seconds, timeout
        self._lock = threading.Lock()
        self._kept: LRUCache[bytes, bytes] = LRUCache(kept)

    def pdf(self, template: Path, facts: Mapping[str, object], stamp: datetime) -> bytes:
        """Return the PDF/A-2a of a template; the same bytes for the same facts and `stamp`.

        stamp: the creation time in the PDF. Raises: Unavailable (it took too long, or too many
        requests wait); TypesettingError (an error of the template, or no fonts).
        """
        job = TypesetJob(str(template), dict(facts), stamp, self._seconds + GRACE)
        encoded = msgspec.json.encode(job)
        key = sha256(encoded).digest()
        if not self._lock.acquire(timeout=self._timeout):
            raise Unavailable(retry_after=RETRY_AFTER)
        try:
            if key not in self._kept:
                self._kept[key] = self._run_child(encoded)
            return self._kept[key]
        finally:
            self._lock.release()

    def _run_child(self, encoded: bytes) -> bytes:
        with subprocess.Popen(
            [sys.executable, "-s", "-m", "core.typesetting.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd="/",
            env=ENVIRONMENT,
        ) as child:
            try:
                made, errors = child.communicate(encoded, timeout=self._seconds)
            except subprocess.TimeoutExpired as late:
                child.kill()
                raise Unavailable(retry_after=RETRY_AFTER) from late
        if child.returncode:
            raise TypesettingError(
                errors.decode(errors="replace").strip() or f"exit {child.returncode}"
            )
        return made


_service = TypesetService()


def typeset_pdf(template: Path, facts: Mapping[str, object], stamp: datetime) -> bytes:
    """As `TypesetService.pdf`, with the service of this process."""
    return _service.pdf(template, facts, stamp)
