"""A seat of the demo in which somebody signed out is taken again at the next request."""

import pytest

from accounts.sign_in.service import Opened
from core.actor import Actor
from demo import seats
from demo.seats import Seats


def test_a_seat_that_was_signed_out_is_taken_again(monkeypatch: pytest.MonkeyPatch) -> None:
    ended: set[str] = set()
    made: list[Opened] = []

    def open_sign_in(user_id: str, *, device: str) -> Opened:
        number = f"{len(made)}"
        made.append(Opened(f"token-{number}", Actor(user_id, device, False, number), user_id))
        return made[-1]

    monkeypatch.setattr(seats, "open_sign_in", open_sign_in)
    monkeypatch.setattr(seats, "_stands", lambda one: one.token not in ended)
    signed_in = Seats(None, {"chair": "lam"})  # type: ignore[arg-type]
    first = signed_in.sign_in_of("chair")
    assert signed_in.sign_in_of("chair") is first
    ended.add(first.token)
    second = signed_in.sign_in_of("chair")
    assert second.token != first.token
    assert signed_in.sign_in_of("chair") is second
    assert len(made) == 2
