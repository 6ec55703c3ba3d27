"""Checks of sealed ballots and manual tallies: openings, membership in the poll, sums."""

import hashlib
from collections.abc import Mapping
from typing import Any

from verifier.canonical import encode
from verifier.faults import Fault


def check_opening(data: Mapping[str, Any], committed_index: int, commitment: str) -> None:
    """Check that an opening matches its commitment. Raises: Fault."""
    if data["committed_index"] != committed_index:
        said = data["committed_index"]
        raise Fault("opening_order", params={"said": said, "expected": committed_index})
    sealed = hashlib.sha256(bytes.fromhex(data["salt"]) + encode(data["ballot"])).hexdigest()
    if sealed != commitment:
        raise Fault("opening_differs", params={"committed": committed_index})


def check_ballot(
    ballot: Mapping[str, Any],
    opened: Mapping[str, Any],
    present: Mapping[str, bool],
    before: Mapping[str, Any] | None,
) -> None:
    """Check that a ballot counts in its poll. `before`: the person's previous ballot.

    Raises: Fault.
    """
    person = ballot["user_id"]
    if ballot["poll_id"] != opened["poll_id"]:
        raise Fault("ballot_of_another_poll", params={"said": ballot["poll_id"]})
    if person not in present:
        raise Fault("ballot_of_stranger", params={"person": person})
    if not present[person]:
        raise Fault("ballot_of_absent", params={"person": person})
    if all(ballot["choice"] != option["key"] for option in opened["options"]):
        raise Fault("no_such_option", params={"said": ballot["choice"]})
    _check_recording(ballot)
    _check_revision(ballot, opened["allow_change"], before)


def _check_recording(ballot: Mapping[str, Any]) -> None:
    witness = [ballot["entered_by"], ballot["reason"], ballot["confirmed_by"]]
    if ballot["channel"] == "tablet":
        if any(part is not None for part in witness):
            raise Fault("tablet_with_witness")
    elif None in witness:
        raise Fault("recorded_without_witness")
    elif ballot["entered_by"]["user_id"] == ballot["confirmed_by"]["user_id"]:
        raise Fault("recorded_by_one", params={"person": ballot["entered_by"]["user_id"]})


def _check_revision(
    ballot: Mapping[str, Any], allow_change: bool, before: Mapping[str, Any] | None
) -> None:
    if before is not None and not allow_change:
        raise Fault("voted_twice", params={"person": ballot["user_id"]})
    expected = before["revision"] + 1 if before else 1
    if ballot["revision"] != expected:
        said = ballot["revision"]
        raise Fault("wrong_revision", params={"said": said, "expected": expected})


def check_tally(data: Mapping[str, Any], opened: Mapping[str, Any]) -> None:
    """Check that a tally has the poll's options and adds up. Raises: Fault."""
    if data["counts"].keys() != {option["key"] for option in opened["options"]}:
        raise Fault("tally_of_other_options")
    if min(data["counts"].values()) < 0:
        raise Fault("wrong_shape", params={"field": "data.counts"})
    papers = [data["issued"], data["returned"], data["invalid"]]
    if data["channel"] == "hands":
        if any(number is not None for number in papers):
            raise Fault("hands_with_papers")
        return
    if None in papers:
        raise Fault("paper_without_numbers")
    valid = sum(data["counts"].values())
    if data["returned"] > data["issued"] or data["returned"] != valid + data["invalid"]:
        numbers = {name: data[name] for name in ("issued", "returned", "invalid")}
        raise Fault("tally_does_not_add_up", params={"valid": valid, **numbers})
