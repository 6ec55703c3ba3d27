"""The life cycle of one poll: the order of its entries, and the numbers in them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from verifier.ballots import check_ballot, check_opening, check_tally
from verifier.counting import closing, required, ruled
from verifier.faults import Fault
from verifier.rosters import changed_standings, standing

Data = Mapping[str, Any]


@dataclass
class Poll:
    """State of a poll after the entries so far. Times are those of the entries.

    Methods that take an entry raise: Fault.
    """

    opened: Data
    opened_at: str
    commitments: list[tuple[int, str]] = field(default_factory=list)
    openings: list[Data] = field(default_factory=list)
    ballots: dict[str, Data] = field(default_factory=dict)
    tallies: dict[str, Data] = field(default_factory=dict)
    closed: Data | None = None
    closed_at: str = ""
    ruling: Data | None = None
    cancelled: Data | None = None
    announced: Data | None = None
    roster_changes: list[Data] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.names = {seat["user_id"]: seat["name"] for seat in self.opened["roster"]}
        self._present = {seat["user_id"]: seat["present"] for seat in self.opened["roster"]}

    @property
    def is_open(self) -> bool:
        """Whether the poll is neither closed nor cancelled."""
        return self.closed is None and self.cancelled is None

    @property
    def verdict(self) -> str:
        """The verdict, "" while it is unknown."""
        return str((self.ruling or self.closed or {"verdict": ""})["verdict"])

    def commit(self, index: int, data: Data) -> None:
        """Add a sealed ballot."""
        self._must_be_open()
        self.commitments.append((index, data["commitment"]))

    def change_roster(self, data: Data) -> None:
        """Apply roster changes during the poll: people join, leave, become present or absent."""
        self._must_be_open()
        changed = changed_standings(
            {who: standing(here) for who, here in self._present.items()}, data
        )
        self._present = {who: now == "present" for who, now in changed.items() if now != "none"}
        self.names.update({one["user_id"]: one["name"] for one in data["changes"]})
        self.roster_changes.append(data)

    def tally(self, data: Data) -> None:
        """Record a manual tally; the last tally of each channel counts."""
        self._must_be_open()
        if self.openings:
            raise Fault("tally_after_openings")
        check_tally(data, self.opened)
        self.tallies[data["channel"]] = data

    def open_ballot(self, data: Data) -> None:
        """Open the next sealed ballot."""
        self._must_be_open()
        if len(self.openings) == len(self.commitments):
            raise Fault("opening_without_commitment")
        check_opening(data, *self.commitments[len(self.openings)])
        ballot = data["ballot"]
        person = ballot["user_id"]
        check_ballot(ballot, self.opened, self._present, self.ballots.get(person))
        self.openings.append(data)
        self.ballots[person] = ballot

    def close(self, data: Data, at: str) -> None:
        """Close the poll; the result must match the ballots and tallies."""
        self._must_be_open()
        if missing := self.commitments[len(self.openings) :]:
            raise Fault("openings_missing", params={"committed": missing[0][0]})
        method = self.opened["method"]
        if method != "named" and method not in self.tallies:
            raise Fault("no_tally", params={"channel": method})
        n, present = len(self._present), sum(self._present.values())
        opened = {**self.opened, "n": n, "present": present}
        expected = closing(opened, self.counts(), self.papers(), self.chair_choice())
        if expected["not_sent"] < 0:
            raise Fault("more_than_present", params={"present": present})
        for name, counted in expected.items():
            if data[name] != counted:
                said = {"field": name, "said": data[name], "counted": counted}
                raise Fault("wrong_result", params=said)
        self.closed, self.closed_at = data, at

    def counts(self) -> dict[str, int]:
        """Votes for each option, in the order of options."""
        counts = {option["key"]: 0 for option in self.opened["options"]}
        for ballot in self.ballots.values():
            counts[ballot["choice"]] += 1
        for tally in self.tallies.values():
            for key, number in tally["counts"].items():
                counts[key] += number
        return counts

    def papers(self) -> tuple[int, int]:
        """Numbers of invalid paper ballots and of paper ballots that were not returned."""
        tally = self.tallies.get("paper", {"invalid": 0, "issued": 0, "returned": 0})
        return tally["invalid"], tally["issued"] - tally["returned"]

    def chair_choice(self) -> str | None:
        """The choice of the presiding chair in a named vote, else None."""
        if self.opened["method"] != "named" or self.opened["chair"] is None:
            return None
        ballot = self.ballots.get(self.opened["chair"]["user_id"])
        return ballot["choice"] if ballot else None

    def rule(self, data: Data) -> None:
        """Record the chair's ruling on a tie."""
        if self.cancelled or self.announced or self.verdict != "tie_needs_ruling":
            raise Fault("ruling_not_asked")
        if data["verdict"] != ruled(data["side"]):
            raise Fault("wrong_ruling", params={"side": data["side"], "said": data["verdict"]})
        self.ruling = data

    def announce(self, data: Data) -> None:
        """Record the announcement of the result."""
        if self.cancelled or self.announced or self.verdict in ("", "tie_needs_ruling"):
            raise Fault("nothing_to_announce")
        self.announced = data

    def cancel(self, data: Data) -> None:
        """Cancel the poll; its result is void."""
        if self.cancelled:
            raise Fault("cancelled_twice")
        self.cancelled = data

    def _must_be_open(self) -> None:
        if not self.is_open:
            raise Fault("poll_not_open", params={"poll": self.opened["poll_id"]})


def check_opened(data: Data) -> None:
    """Check the consistency of `poll_opened`. Raises: Fault."""
    quorum = data["rule"]["quorum"]
    for share in (data["rule"], quorum):
        reachable = share["denominator"] - (share["comparison"] == ">")
        if share["numerator"] > reachable:
            raise Fault("more_than_all")
    for name, values in (
        ("options.key", [option["key"] for option in data["options"]]),
        ("options.label", [option["label"] for option in data["options"]]),
        ("roster.user_id", [seat["user_id"] for seat in data["roster"]]),
    ):
        if len(set(values)) != len(values):
            raise Fault("listed_twice", params={"field": name})
    present = sum(seat["present"] for seat in data["roster"])
    for name, counted in (("n", len(data["roster"])), ("present", present)):
        if data[name] != counted:
            said = {"field": name, "said": data[name], "counted": counted}
            raise Fault("wrong_result", params=said)
    needed = required(quorum, data["n"])
    if data["quorum"] != {"present": present, "required": needed, "met": present >= needed}:
        raise Fault("wrong_quorum", params={"required": needed, "present": present})
    if present < needed and data["override_reason"] is None:
        raise Fault("no_override", params={"required": needed, "present": present})
