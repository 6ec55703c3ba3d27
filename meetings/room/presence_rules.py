"""Presence counts. Pure: values in, values out.

The base is the people who joined this sitting; each of them is following, reading apart, or lost.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Whereabouts(StrEnum):
    """The category in which a person is counted. AWAY: did not join this sitting."""

    FOLLOWING = "following"
    APART = "apart"
    LOST = "lost"
    AWAY = "away"


@dataclass(frozen=True)
class Tablet:
    """The last reported state of a connected client. `at`: a counter that orders the reports."""

    user_id: str
    following: bool
    document_id: str | None
    page: int | None
    at: int


@dataclass(frozen=True)
class Counts:
    """Presence counts: joined = following + apart + lost; online = following + apart."""

    joined: int
    online: int
    following: int
    lost: int


def latest_by_person(connections: Iterable[Tablet]) -> dict[str, Tablet]:
    """The client of each person that reported last."""
    latest: dict[str, Tablet] = {}
    for tablet in connections:
        known = latest.get(tablet.user_id)
        if known is None or tablet.at > known.at:
            latest[tablet.user_id] = tablet
    return latest


def count(joined: Collection[str], people: Mapping[str, Tablet]) -> Counts:
    """The counts that are sent to everyone."""
    everyone = set(joined) | set(people)
    following = sum(tablet.following for tablet in people.values())
    return Counts(
        joined=len(everyone),
        online=len(people),
        following=following,
        lost=len(everyone) - len(people),
    )


def lost_people(joined: Collection[str], people: Mapping[str, Tablet]) -> list[str]:
    """The people who joined this sitting and have no connected client, sorted."""
    return sorted(set(joined) - set(people))


def whereabouts(
    user_id: str | None, joined: Collection[str], people: Mapping[str, Tablet]
) -> Whereabouts:
    """The category in which one person is counted; AWAY for None."""
    if user_id is None:
        return Whereabouts.AWAY
    tablet = people.get(user_id)
    if tablet is None:
        return Whereabouts.LOST if user_id in joined else Whereabouts.AWAY
    return Whereabouts.FOLLOWING if tablet.following else Whereabouts.APART
