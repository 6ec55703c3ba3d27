"""A WebSocket may send as a moving pen does; what a flood sends waits in its own socket."""

import pytest

from core.server.timeouts import FRAMES_A_SECOND, WORK_SHARE, FrameRateLimit

SECONDS = 20.0


class Clock:
    """A clock that goes when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def sent(every: float, work: float) -> tuple[int, float]:
    """Frames taken in SECONDS from a sender with one ready every so often, and the whole rest."""
    clock = Clock()
    pace = FrameRateLimit(clock)
    frames, rested, due = 0, 0.0, clock.now
    end = clock.now + SECONDS
    while clock.now < end:
        rest = pace.rest()
        rested += rest
        clock.now = max(clock.now + rest, due)
        due += every
        pace.frame_read()
        clock.now += work
        frames += 1
    return frames, rested


@pytest.mark.parametrize(("every", "work"), [(1 / 120, 0.001), (0.1, 0.04), (1.0, 0.5)])
def test_who_works_never_rests(every: float, work: float) -> None:
    assert sent(every, work)[1] == 0.0


def test_a_flood_of_cheap_frames_is_held_to_the_rate() -> None:
    frames, _ = sent(0.0, 0.0)
    assert frames <= FRAMES_A_SECOND * (SECONDS + 2)


def test_a_flood_of_dear_frames_leaves_the_hub_to_others() -> None:
    frames, rested = sent(0.0, 0.02)
    assert frames * 0.02 <= WORK_SHARE * SECONDS + 2
    assert rested >= SECONDS * WORK_SHARE - 2
