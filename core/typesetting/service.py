"""Where a server asks for a PDF: one short-lived child at a time, with a time limit.

The hub is not held meanwhile: the waiting is the standard library's, which a cooperative server
has made cooperative. The last papers are kept, for a whole room may ask for one at the same moment.
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
"""Of one paper. The largest that people make take one."""
TIMEOUT = 60
"""Seconds in line behind other papers."""
KEPT = 16
RETRY_AFTER = 5
GRACE = 2
"""Seconds after the limit when a child ends by itself, whose server is gone."""

ENVIRONMENT = {
    "PYTHONPATH": str(ROOT),
    "LANG": "C.UTF-8",
    "PATH": os.defpath,
    # However many cores there are: one paper, and a bound on addresses.
    "RAYON_NUM_THREADS": "2",
    "MALLOC_ARENA_MAX": "2",
}


class TypesetService:
    """Typesets papers one after the other and remembers the last `kept` of them."""

    def __init__(self, *, seconds: int = SECONDS, timeout: int = TIMEOUT, kept: int = KEPT):
        self._seconds, self._timeout = seconds, timeout
        self._turn = threading.Lock()
        self._kept: LRUCache[bytes, bytes] = LRUCache(kept)

    def pdf(self, template: Path, facts: Mapping[str, object], stamp: datetime) -> bytes:
        """The PDF of a template, PDF/A-2a; the same bytes for the same facts and `stamp`.

        stamp: when the paper says it was made. Raises: Unavailable (it took too long, or too many
        wait); TypesettingError (a fault of the template, or no fonts).
        """
        order = TypesetJob(str(template), dict(facts), stamp, self._seconds + GRACE)
        words = msgspec.json.encode(order)
        name = sha256(words).digest()
        if not self._turn.acquire(timeout=self._timeout):
            raise Unavailable(retry_after=RETRY_AFTER)
        try:
            if name not in self._kept:
                self._kept[name] = self._by_a_child(words)
            return self._kept[name]
        finally:
            self._turn.release()

    def _by_a_child(self, words: bytes) -> bytes:
        with subprocess.Popen(
            [sys.executable, "-s", "-m", "core.typesetting.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd="/",
            env=ENVIRONMENT,
        ) as child:
            try:
                made, said = child.communicate(words, timeout=self._seconds)
            except subprocess.TimeoutExpired as late:
                child.kill()
                raise Unavailable(retry_after=RETRY_AFTER) from late
        if child.returncode:
            raise TypesettingError(
                said.decode(errors="replace").strip() or f"exit {child.returncode}"
            )
        return made


_service = TypesetService()


def typeset_pdf(template: Path, facts: Mapping[str, object], stamp: datetime) -> bytes:
    """As `Desk.pdf`, at the desk of this process."""
    return _service.pdf(template, facts, stamp)
