"""Actions, permissions, errors and events of the presentation."""

from enum import StrEnum

from core.db.room_events import Event
from core.errors import Refusal
from core.permissions import IN_THE_ROOM, STAFF, Role


class Action(StrEnum):
    """Actions on the presentation."""

    TURN = "page.turn"
    POINT = "pointer.move"
    PUT_PRESENTER = "presenter.put"


permissions: dict[StrEnum, frozenset[Role]] = {
    Action.TURN: IN_THE_ROOM,
    Action.POINT: IN_THE_ROOM,
    Action.PUT_PRESENTER: STAFF,
}
"""Turning and pointing also require the lease, which a person of any role can hold."""


class NotPresenter(Refusal):
    """Only the presenter may turn the page that the room is shown."""

    code, status = "not_presenter", 403


class NoSuchPage(Refusal):
    """The document has no such page, or the presenter may not read the document."""

    code, status = "no_such_page", 404


class StaleTerm(Refusal):
    """The presenter changed, or the server restarted, since this page was turned."""

    code, status = "stale_term", 409


class PresenterChanged(Event, frozen=True):
    """The presenter changed. `term`: the new number of the lease."""

    type = "presenter_changed"
    user_id: str | None
    term: int
