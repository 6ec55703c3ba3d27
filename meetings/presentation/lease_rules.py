"""Who holds the presentation. Pure: no database, no clock, no request."""

from collections.abc import Iterable

from core.permissions import Role
from meetings.presentation.declares import NotPresenter, StaleTerm

_BY_DEFAULT = (Role.SECRETARY, Role.CHAIR)


def default_presenter(people: Iterable[tuple[str, Role]]) -> str | None:
    """The first secretary in the order of listing, else the first chair, else nobody."""
    listed = list(people)
    for wanted in _BY_DEFAULT:
        for user_id, role in listed:
            if role is wanted:
                return user_id
    return None


def presenter_after(holder: str | None, people: Iterable[tuple[str, Role]]) -> str | None:
    """The holder while still one of the people, else the default."""
    listed = list(people)
    if holder is not None and any(user_id == holder for user_id, _ in listed):
        return holder
    return default_presenter(listed)


def check_turn(user_id: str, holder: str | None, term: int, said_term: int | None) -> None:
    """Raise NotPresenter unless this person holds the presentation, StaleTerm for an old term.

    A turn without a term is taken as one of the present term.
    """
    if user_id != holder:
        raise NotPresenter()
    if said_term is not None and said_term != term:
        raise StaleTerm(term=term)
