"""What the presentation lets people do, tells the room, and refuses."""

from enum import StrEnum

from core.db.room_events import Event
from core.errors import Refusal
from core.permissions import IN_THE_ROOM, STAFF, Role


class Action(StrEnum):
    """What can be done with the presentation."""

    TURN = "page.turn"
    POINT = "pointer.move"
    PUT_PRESENTER = "presenter.put"


permissions: dict[StrEnum, frozenset[Role]] = {
    Action.TURN: IN_THE_ROOM,
    Action.POINT: IN_THE_ROOM,
    Action.PUT_PRESENTER: STAFF,
}
"""Turning and pointing are for whoever holds the presentation, of whatever role: see the lease."""


class NotPresenter(Refusal):
    """Only the holder of the presentation may turn the room's page."""

    code, status = "not_presenter", 403


class NoSuchPage(Refusal):
    """This paper has no such page, or the presenter may not read the paper."""

    code, status = "no_such_page", 404


class StaleTerm(Refusal):
    """The presentation changed hands, or the server was restarted, since this page was turned."""

    code, status = "stale_term", 409


class PresenterChanged(Event, frozen=True):
    """The presentation went to another person. `term`: the new number of the lease."""

    type = "presenter_changed"
    user_id: str | None
    term: int
