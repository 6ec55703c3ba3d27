"""What a browser's trace says about the main thread: how long it worked for each frame."""

import json
from dataclasses import dataclass, field
from typing import Any

FRAME_MS = 1000 / 60
LONG_MS = 50
CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline", "cc"]
_TASK, _FRAME = "RunTask", "ProxyMain::BeginMainFrame"


@dataclass
class MainThread:
    """Milliseconds of processor time. frames: between the beginnings of two frames, in order;
    long: of each task over LONG_MS."""

    frames: list[float] = field(default_factory=list)
    long: list[float] = field(default_factory=list)

    def over(self) -> float:
        """Frames out of a hundred for which the main thread worked longer than a frame lasts."""
        return 100 * sum(frame > FRAME_MS for frame in self.frames) / max(1, len(self.frames))


def main_thread(trace: bytes) -> MainThread:
    """Of the page that drew most frames in the trace."""
    threads: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for event in json.loads(trace)["traceEvents"]:
        if event.get("ph") == "X" and event["name"] in (_TASK, _FRAME):
            threads.setdefault((event["pid"], event["tid"]), []).append(event)
    own = max(threads.values(), key=lambda one: sum(event["name"] == _FRAME for event in one))
    found = MainThread()
    frame, task = 0.0, 0.0
    for event in sorted(own, key=lambda event: event["ts"]):
        if event["name"] == _TASK:
            task = event.get("tdur", 0) / 1000
            frame += task
            if task > LONG_MS:
                found.long.append(task)
        else:
            # The task that a frame begins in belongs to it, not to the frame before.
            found.frames.append(frame - task)
            frame = task
    del found.frames[:1]
    return found
