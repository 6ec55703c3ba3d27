"""The worker's client of render children: start, request, time out, kill, and report faults.

Native threads; used in the worker process only. Each child opens one document and ends with it.
The CPU limit inside the child bounds the work for a page. The wall-clock limits here catch children
that wait without using CPU. They are wide for niced children, which depend on the machine's load.
"""

import os
import select
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import msgspec

from documents.render_protocol import (
    CPU_SECONDS,
    HEADER,
    MAX_PAGES,
    Annotate,
    Annotated,
    Draw,
    Drawn,
    DrawScan,
    DrawTile,
    Failed,
    Measure,
    Measured,
    NotesRead,
    Open,
    Opened,
    ReadNotes,
    ReadWords,
    RenderFault,
    Reply,
    Request,
    WordsRead,
    body_length,
    decode_reply,
    frame,
    whole,
)
from documents.rendering.fork_client import fork_server
from documents.rendering.fork_protocol import Ended, SpawnRequest, decode
from documents.sandbox.confinement import FILE_BYTES

OPEN_ATTEMPTS = 2
"""A child that is killed once, by somebody else or for lack of memory, does not fail a document."""

END_TIMEOUT = 3.0
"""Seconds for a fork server to report how its child ended."""

_R = TypeVar("_R", Measured, Drawn, WordsRead, NotesRead, Annotated)
_HEAVY_SIGNALS = {signal.SIGXCPU, signal.SIGKILL, signal.SIGABRT}
_CRASHES = {signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGABRT}


class RenderRefused(Exception):
    """A document or a page cannot be rendered; a retry would give the same result.

    by_chance: the child died, possibly for a reason outside the document.
    """

    def __init__(self, fault: RenderFault, detail: str, *, by_chance: bool = False) -> None:
        super().__init__(f"{fault}: {detail}")
        self.fault = fault
        self.detail = detail
        self.by_chance = by_chance


@dataclass(frozen=True, slots=True)
class WallLimits:
    """Wall-clock seconds for each command, and the number of attempts for one that is about a page,
    each in a new child. Commands about the document have OPEN_ATTEMPTS.

    page_cpu: seconds of processor time for a command on one page (`PageBudget`).
    """

    open: float
    page: float
    attempts: int = OPEN_ATTEMPTS
    page_cpu: int = CPU_SECONDS


WAITED_FOR = WallLimits(open=10.0, page=6.0)
IN_THE_BACKGROUND = WallLimits(open=60.0, page=120.0, page_cpu=10)
FOR_AN_EXPORT = WallLimits(open=20.0, page=55.0, attempts=1)
INSPECT_TIMEOUT = WallLimits(open=60.0, page=3.0, attempts=1)


class ChildDied(Exception):
    """The child ended or was killed during a command. `final`: a retry would end the same way."""

    def __init__(self, *, heavy: bool, final: bool, detail: str) -> None:
        super().__init__(detail)
        self.heavy = heavy
        self.final = final


class RenderChild:
    """One child process that waits for requests.

    nice, idle: see `SpawnRequest`. file_bytes: the maximum size of a file that it writes.

    Raises: OSError (the child cannot be started).
    """

    def __init__(self, *, nice: int = 0, idle: bool = False, file_bytes: int = FILE_BYTES) -> None:
        self._child_handle = fork_server.spawn(SpawnRequest(nice, file_bytes, idle))
        self._closed = False

    @property
    def pid(self) -> int:
        """The process id, for measurements and for tests that kill the child."""
        return self._child_handle.pid

    def ask(self, request: Request, seconds: float) -> Reply:
        """Send one request and wait at most `seconds` for its reply. Raises: ChildDied."""
        deadline = time.monotonic() + seconds
        try:
            self._child_handle.stream.settimeout(seconds)
            self._child_handle.stream.sendall(frame(request))
            length = body_length(self._receive(HEADER.size, deadline))
            return decode_reply(self._receive(length, deadline))
        except TimeoutError as error:
            self.close()
            raise ChildDied(heavy=True, final=False, detail="over the wall limit") from error
        except (OSError, ValueError, msgspec.MsgspecError) as error:
            raise self._death(repr(error)) from error

    def close(self) -> None:
        """Kill the child now; its fork server reaps it."""
        if self._closed:
            return
        self._closed = True
        with suppress(ProcessLookupError):  # it may have ended and been reaped
            signal.pidfd_send_signal(self._child_handle.pidfd, signal.SIGKILL)
        _readable(self._child_handle.pidfd, None)  # after this it writes nothing
        self._child_handle.stream.close()
        os.close(self._child_handle.pidfd)
        os.close(self._child_handle.told)

    def _receive(self, size: int, deadline: float) -> bytes:
        def read(most: int) -> bytes:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError("over the wall limit")
            self._child_handle.stream.settimeout(left)
            return self._child_handle.stream.recv(most)

        parts = whole(read, size)
        if len(parts) < size:
            raise ConnectionResetError("the child closed its end")
        return parts

    def _death(self, detail: str) -> ChildDied:
        """Kill a child that closed its stream or sent an invalid reply, and determine the cause."""
        code = self._exit_code(END_TIMEOUT)
        if code is None:
            detail = f"{detail}; still running, or nobody saw its end"
        self.close()
        if code is not None and -code in _CRASHES:
            # Children share the fork server's address layout: an exploit gets one guess at it.
            fork_server.recycle(self._child_handle.fork_server)
        # CPU time does not depend on the machine's load: a retry would exceed the limit again.
        used_up = code == -signal.SIGXCPU
        heavy = code is not None and -code in _HEAVY_SIGNALS
        return ChildDied(heavy=heavy, final=used_up, detail=f"{detail}; exit {code}")

    def _exit_code(self, seconds: float) -> int | None:
        """The exit code that the fork server reports within these seconds, or None."""
        if not _readable(self._child_handle.told, seconds) or not (
            report := os.read(self._child_handle.told, 1024)
        ):
            return None
        ended = decode(report)
        return ended.code if isinstance(ended, Ended) else None


def _readable(descriptor: int, seconds: float | None) -> bool:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(None if seconds is None else seconds * 1000))


class DocumentRenderer:
    """One document and the render child that has it open. The first command starts the child.

    start: starts a child without a document. results: the only folder that the child writes to, so
    that the kernel can enforce it.
    If the child dies during a command, the command is retried once in a new child: load or a kill
    from outside may be the cause. A second death counts as a fault of the document.
    """

    def __init__(
        self,
        path: Path,
        limits: WallLimits,
        *,
        start: Callable[[], RenderChild] = RenderChild,
        results: Path | None = None,
    ) -> None:
        self._path = path
        self._limits = limits
        self._start = start
        self._results = str(results) if results else None
        self._child: RenderChild | None = None
        self._opened: Opened | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Kill the child. The next command starts another."""
        if self._child is not None:
            self._child.close()
        self._child, self._opened = None, None

    def open(self) -> Opened:
        """Raises RenderRefused: not_a_pdf, pdf_encrypted, pdf_broken, pdf_empty, too_many_pages,
        pdf_too_heavy."""
        for attempt in range(1, OPEN_ATTEMPTS + 1):
            try:
                return self._open_once()
            except ChildDied as death:
                self._child, self._opened = None, None
                if death.final or attempt == OPEN_ATTEMPTS:
                    fault = RenderFault.TOO_HEAVY if death.heavy else RenderFault.BROKEN
                    chance = not death.final
                    raise RenderRefused(fault, str(death), by_chance=chance) from death
        raise AssertionError("unreachable")

    def measure(self, first: int, count: int) -> Measured:
        """Sizes of pages first … first + count - 1. Raises: RenderRefused."""
        about = Measure(first, count)
        return self._ask(about, Measured, self._limits.open, OPEN_ATTEMPTS)

    def render_page(self, page: int, width: int, out: Path) -> Drawn:
        """Draw one page into the file `out`. Raises RenderRefused: page_broken, page_too_heavy."""
        return self._ask(Draw(page, width, str(out)), Drawn)

    def draw_tile(self, page: int, width: int, place: tuple[int, int], out: Path) -> Drawn:
        """Draw a tile at (column, row) into `out`. Raises RenderRefused as `render_page`, and:
        no_such_tile, as_sharp."""
        return self._ask(DrawTile(page, width, *place, str(out)), Drawn)

    def draw_scan(self, page: int, out: Path) -> Drawn:
        """Write the scan that covers a page into `out`. Raises RenderRefused as `render_page`, and:
        no_scan."""
        return self._ask(DrawScan(page, str(out)), Drawn)

    def read_words(self, page: int) -> WordsRead:
        """The words of one page. Raises RenderRefused: page_broken, page_too_heavy."""
        return self._ask(ReadWords(page), WordsRead)

    def read_notes(self, page: int) -> NotesRead:
        """The embedded annotations of one page. Raises RenderRefused: page_broken."""
        return self._ask(ReadNotes(page), NotesRead)

    def annotate(self, spec: Path, *, flat: bool) -> Annotated:
        """Write annotations into the document file, which is a copy. Raises: RenderRefused.

        Use limits with one attempt: a child that died may have left the file half written.
        """
        return self._ask(Annotate(str(spec), flat), Annotated)

    def _open_once(self) -> Opened:
        if self._opened is not None:
            return self._opened
        if self._child is None:
            self._child = self._start()
        request = Open(str(self._path), MAX_PAGES, self._results, self._limits.page_cpu)
        reply = self._child.ask(request, self._limits.open)
        if not isinstance(reply, Opened):
            self.close()
            raise _refusal(reply)
        self._opened = reply
        return reply

    def _ask(
        self,
        request: Request,
        wanted: type[_R],
        seconds: float | None = None,
        attempts: int | None = None,
    ) -> _R:
        """seconds, attempts: the limits, default those of one page."""
        most = attempts or self._limits.attempts
        for attempt in range(1, most + 1):
            self.open()
            assert self._child is not None
            try:
                reply = self._child.ask(request, seconds or self._limits.page)
            except ChildDied as death:
                self._child, self._opened = None, None
                if death.final or attempt == most:
                    fault = RenderFault.PAGE_TOO_HEAVY if death.heavy else RenderFault.PAGE_BROKEN
                    chance = not death.final
                    raise RenderRefused(fault, str(death), by_chance=chance) from death
                continue
            if isinstance(reply, wanted):
                return reply
            raise _refusal(reply)
        raise AssertionError("unreachable")


def _refusal(reply: Reply) -> RenderRefused:
    if isinstance(reply, Failed):
        return RenderRefused(reply.fault, reply.detail)
    return RenderRefused(RenderFault.BROKEN, f"unexpected reply {type(reply).__name__}")
