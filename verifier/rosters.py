"""Changes of the right to vote, in one open poll or in the meeting for later polls."""

from collections.abc import Mapping, Sequence
from typing import Any

from verifier.faults import Fault

Data = Mapping[str, Any]


class Rosters:
    """Standings of people according to the log, independent of the rosters of polls."""

    def __init__(self) -> None:
        self._standings: dict[str, str] = {}

    def change(self, data: Data) -> None:
        """Apply a change for later polls. Raises: Fault."""
        # The log has no standing of a person before their first change.
        known = {one["user_id"]: one["before"] for one in data["changes"]} | self._standings
        self._standings = changed_standings(known, data)

    def check(self, roster: Sequence[Data]) -> None:
        """Check that a poll's roster agrees on entitled persons. Raises: Fault."""
        listed = {seat["user_id"] for seat in roster}
        for person, now in self._standings.items():
            if (now != "none") != (person in listed):
                raise Fault("roster_contradicts_change", params={"person": person})


def standing(present: bool) -> str:
    """The standing of a person on a roster."""
    return "present" if present else "absent"


def changed_standings(known: Mapping[str, str], data: Data) -> dict[str, str]:
    """The standings after a change; an unlisted person has the standing `none`. Raises: Fault."""
    people = [one["user_id"] for one in data["changes"]]
    if len(set(people)) != len(people):
        raise Fault("listed_twice", params={"field": "changes.user_id"})
    after = dict(known)
    for one in data["changes"]:
        person, before = one["user_id"], known.get(one["user_id"], "none")
        if one["before"] != before:
            said = {"person": person, "said": one["before"], "expected": before}
            raise Fault("roster_before_wrong", params=said)
        if one["after"] == before:
            raise Fault("nothing_changed", params={"person": person})
        after[person] = one["after"]
    return after
