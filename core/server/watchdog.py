"""Hub watchdog: measures how long the event loop's thread was blocked.

A heartbeat inside the event loop sleeps briefly and measures how late it wakes. A native thread
outside it notices a pause while it lasts and records the stack of the blocking code.
"""

import io
import sys
import threading
import time

import structlog
from prometheus_client import REGISTRY, CollectorRegistry, Histogram

from core.offload import native_sleep, native_thread

BUCKETS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 5.0)
STUCK = 5.0
"""Seconds after which the native thread itself writes the stack: the loop may never resume."""

MOST_FRAMES = 60
"""Frames of a logged stack, the innermost ones."""

log = structlog.get_logger("dienhong.watchdog")


class HubWatchdog:
    """Measures pauses and logs the stack of a long one. Times in seconds.

    beat: interval of the heartbeat; alarm: the shortest pause whose stack is logged.
    Create it in the main thread, after the server's offloader is installed.
    """

    def __init__(
        self,
        *,
        beat: float = 0.01,
        alarm: float = 0.1,
        registry: CollectorRegistry = REGISTRY,
    ) -> None:
        self._beat = beat
        self._alarm = alarm
        self._hub_thread = threading.main_thread().ident or 0
        self._last_beat = time.perf_counter()
        self._longest = 0.0
        self._stack = ""
        self._running = False
        self._histogram = Histogram(
            "dienhong_hub_pause_seconds",
            "How late the heartbeat of the web process woke up",
            buckets=BUCKETS,
            registry=registry,
        )

    def start(self) -> None:
        """Start heartbeat and watcher; both end with the process or with `stop()`."""
        self._running = True
        self._last_beat = time.perf_counter()
        threading.Thread(target=self._heartbeat, name="heartbeat", daemon=True).start()
        native_thread(self._watch, "hub-watchdog")

    def stop(self) -> None:
        """Make both threads end at their next step."""
        self._running = False

    def longest_pause(self) -> float:
        """Return the longest pause since the last call."""
        longest, self._longest = self._longest, 0.0
        return longest

    def _heartbeat(self) -> None:
        while self._running:
            due = time.perf_counter() + self._beat
            time.sleep(self._beat)
            now = time.perf_counter()
            pause = max(0.0, now - due)
            self._last_beat = now
            self._longest = max(self._longest, pause)
            self._histogram.observe(pause)
            if pause >= self._alarm:
                stack, self._stack = self._stack, ""
                log.warning("hub_held", seconds=round(pause, 3), stack=stack)

    def _watch(self) -> None:
        # Runs outside the event loop, so it takes no lock and writes no log: those are green.
        seen_beat = 0.0
        stuck_logged = False
        while self._running:
            native_sleep(self._alarm / 4)
            beat = self._last_beat
            held = time.perf_counter() - beat - self._beat
            if held >= self._alarm and beat != seen_beat:
                seen_beat, stuck_logged = beat, False
                self._stack = self._hub_stack()
            if held >= STUCK and not stuck_logged:
                stuck_logged = True
                text = f"hub held for {held:.1f} s:\n{self._hub_stack()}"
                with io.FileIO(2, "w", closefd=False) as stderr:
                    stderr.write(text.encode())

    def _hub_stack(self) -> str:
        # Names and numbers only: reading source lines would slow what is measured.
        frame = sys._current_frames().get(self._hub_thread)
        places: list[str] = []
        while frame is not None and len(places) < MOST_FRAMES:
            code = frame.f_code
            places.append(f"{code.co_filename}:{frame.f_lineno} {code.co_qualname}")
            frame = frame.f_back
        return "\n".join(reversed(places))
