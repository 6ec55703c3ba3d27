"""Rules of the lease of the presentation. Pure: no database, no clock, no request."""

from collections.abc import Iterable

from core.permissions import Role
from meetings.presentation.declares import NotPresenter, StaleTerm

_BY_DEFAULT = (Role.SECRETARY, Role.CHAIR)


def default_presenter(people: Iterable[tuple[str, Role]]) -> str | None:
    """The first secretary in the order of the list, else the first chair, else None."""
    listed = list(people)
    for wanted in _BY_DEFAULT:
        for user_id, role in listed:
            if role is wanted:
                return user_id
    return None


def presenter_after(holder: str | None, people: Iterable[tuple[str, Role]]) -> str | None:
    """The holder while still a participant, else the default presenter."""
    listed = list(people)
    if holder is not None and any(user_id == holder for user_id, _ in listed):
        return holder
    return default_presenter(listed)


def check_turn(user_id: str, holder: str | None, term: int, turn_term: int | None) -> None:
    """Raise NotPresenter unless this person holds the presentation, StaleTerm for an old term.

    A turn without a term counts as one of the current term.
    """
    if user_id != holder:
        raise NotPresenter()
    if turn_term is not None and turn_term != term:
        raise StaleTerm(term=term)
