"""One forgery for each thing that the verifier checks in the entries themselves."""

from typing import Any

from tests.rules.voting.vote_forgeries import (
    Entries,
    Forgery,
    ballot,
    data,
    doubled,
    envelope,
    followed_by,
    inserted,
    inside,
    of,
    of_ballot,
    recommit,
    removed,
)

CLERK = {"user_id": "u-clerk", "name": "Phạm Thị Ghi"}
HEX = "ab" * 32


def _absent_voter(all_entries: Entries, index: int) -> None:
    opened = _opened(all_entries, index)
    absent: dict[str, Any] = next(seat for seat in opened["roster"] if not seat["present"])
    all_entries[index]["data"]["ballot"]["user_id"] = absent["user_id"]
    recommit(all_entries, index)


def _has_absent(all_entries: Entries, index: int) -> bool:
    return any(not seat["present"] for seat in _opened(all_entries, index)["roster"])


def _opened(all_entries: Entries, index: int) -> dict[str, Any]:
    poll = all_entries[index]["data"]["poll_id"]
    return next(
        entry["data"]
        for entry in all_entries
        if entry["type"] == "poll_opened" and entry["data"]["poll_id"] == poll
    )


def _same_person(all_entries: Entries, index: int) -> None:
    before = all_entries[index - 1]["data"]["ballot"]
    all_entries[index]["data"]["ballot"].update(user_id=before["user_id"], revision=2)
    recommit(all_entries, index)


def _second_of_poll_without_change(all_entries: Entries, index: int) -> bool:
    if all_entries[index - 1]["type"] != "ballot_opened":
        return False
    return _opened(all_entries, index)["allow_change"] is False


def _second_opening(all_entries: Entries, index: int) -> bool:
    return str(all_entries[index - 1]["type"]) == "ballot_opened"


def _swap_with_one_before(all_entries: Entries, index: int) -> None:
    one, other = all_entries[index - 1 : index + 1]
    all_entries[index - 1 : index + 1] = [other, one]
    one["index"], other["index"] = other["index"], one["index"]


def _reuse_poll(all_entries: Entries, index: int) -> None:
    first = next(entry for entry in all_entries if entry["type"] == "poll_opened")
    all_entries[index]["data"]["poll_id"] = first["data"]["poll_id"]


def _is_second_poll(all_entries: Entries, index: int) -> bool:
    return any(entry["type"] == "poll_opened" for entry in all_entries[:index])


def _other_hash_of_paper(all_entries: Entries, index: int) -> None:
    all_entries[index]["data"]["document"]["sha256"] = HEX


def _published_again_with_other_hash(all_entries: Entries, index: int) -> None:
    doubled(all_entries, index)
    all_entries[index + 1]["data"]["sha256"] = HEX


def _crowd(all_entries: Entries, index: int) -> None:
    counts = all_entries[index]["data"]["counts"]
    counts[min(counts)] += 1000


def _of_another_option(all_entries: Entries, index: int) -> None:
    all_entries[index]["data"]["counts"] = {"other_key": 1}


def _without_rest(all_entries: Entries, index: int) -> None:
    del all_entries[index + 1 :]


def _before_a_poll(all_entries: Entries, index: int) -> bool:
    after = all_entries[index + 1 : index + 2]
    first = all_entries[index]["data"]["changes"][0]["before"] == "absent"
    return bool(after) and after[0]["type"] == "poll_opened" and first


def _of_next_poll(all_entries: Entries, index: int) -> None:
    """Moved behind the opening of the poll, and said to be of it, with a wrong standing before."""
    change, opening = all_entries[index : index + 2]
    all_entries[index : index + 2] = [opening, change]
    opening["index"], change["index"] = index, index + 1
    change["data"]["poll_id"] = opening["data"]["poll_id"]
    change["data"]["changes"][0]["before"] = "none"


FORGERIES = [
    Forgery("wrong_shape", "poll_opened", data(secret=True)),
    Forgery("wrong_shape", "poll_opened", data(n="4"), name="kind"),
    Forgery("wrong_shape", "poll_opened", data(n=True), name="flag for number"),
    Forgery("wrong_shape", "poll_opened", data(question=""), name="empty question"),
    Forgery("wrong_shape", "poll_opened", inside("rule.base", "votes"), name="word"),
    Forgery("wrong_shape", "poll_opened", inside("rule.quorum.confirmed", 1), name="quorum"),
    Forgery("wrong_shape", "poll_opened", inside("rule.quorum.formula", ""), name="formula"),
    Forgery("wrong_shape", "poll_opened", inside("options.0.key", "tán thành"), name="key"),
    Forgery("wrong_shape", "ballot_committed", data(commitment="AB" * 32), name="capitals"),
    Forgery("wrong_shape", "ballot_committed", envelope(at="2026-02-30T00:00:00.000Z"), name="day"),
    Forgery("wrong_shape", "ballot_committed", envelope(data=[]), name="no object"),
    Forgery("unknown_version", "poll_opened", envelope(v=3)),
    Forgery("wrong_version", "poll_opened", envelope(v=2)),
    Forgery("wrong_version", "roster_changed", envelope(v=1), name="roster"),
    Forgery("wrong_shape", "roster_changed", inside("changes.0.after", "late"), name="standing"),
    Forgery("nothing_changed", "roster_changed", inside("changes.0.after", "absent")),
    Forgery("roster_before_wrong", "roster_changed", _of_next_poll, _before_a_poll, later=1),
    Forgery(
        "roster_contradicts_change",
        "roster_changed",
        inside("changes.0.after", "none"),
        _before_a_poll,
        later=1,
    ),
    Forgery("unknown_type", "poll_opened", envelope(type="poll_drawn")),
    Forgery("wrong_index", "poll_closed", envelope(index=999)),
    Forgery("wrong_log", "poll_closed", envelope(log_id="another")),
    Forgery("not_started", "log_started", removed),
    Forgery("started_elsewhere", "log_started", doubled, later=1),
    Forgery("key_not_listed", "log_started", data(key="somebody+00000000+AAAA")),
    Forgery("rotates_another_key", "key_rotated", data(old_key="somebody+00000000+AAAA")),
    Forgery("rotation_not_signed", "key_rotated", data(signature_by_old="00" * 64)),
    Forgery("paper_differs", "paper_published", _published_again_with_other_hash, later=1),
    Forgery("paper_differs", "poll_opened", _other_hash_of_paper, of(document=None)),
    Forgery("poll_twice", "poll_opened", _reuse_poll, _is_second_poll),
    Forgery("unknown_poll", "ballot_committed", data(poll_id="poll-x")),
    Forgery("unknown_poll", "poll_announced", data(poll_id="poll-x"), name="announced"),
    Forgery(
        "poll_not_open",
        "poll_closed",
        inserted("ballot_committed", commitment=HEX),
        later=1,
    ),
    Forgery("poll_not_open", "poll_closed", doubled, later=1, name="closed twice"),
    Forgery(
        "poll_not_open",
        "poll_cancelled",
        inserted("ballot_committed", commitment=HEX),
        later=1,
        name="cancelled",
    ),
    Forgery("repeats_nothing", "poll_opened", data(repeats="poll-x")),
    Forgery("listed_twice", "poll_opened", inside("roster.1.user_id", "u0")),
    Forgery("listed_twice", "poll_opened", inside("options.1.label", "Tán thành"), name="label"),
    Forgery("wrong_result", "poll_opened", data(n=99), name="n"),
    Forgery("wrong_result", "poll_opened", data(present=0), name="present"),
    Forgery("more_than_all", "poll_opened", inside("rule.numerator", 7)),
    Forgery("more_than_all", "poll_opened", inside("rule.quorum.numerator", 7), name="quorum"),
    Forgery("wrong_quorum", "poll_opened", inside("quorum.required", 1)),
    Forgery("wrong_quorum", "poll_opened", inside("rule.quorum.denominator", 900), name="rule"),
    Forgery("no_override", "poll_opened", data(override_reason=None), of(override_reason=None)),
    Forgery(
        "opening_without_commitment",
        "ballot_opened",
        doubled,
        followed_by("poll_closed"),
        later=1,
    ),
    Forgery("opening_order", "ballot_opened", _swap_with_one_before, _second_opening, later=-1),
    Forgery("opening_differs", "ballot_opened", inside("ballot.choice", "b")),
    Forgery("opening_differs", "ballot_opened", data(salt=HEX), name="salt"),
    Forgery("openings_missing", "ballot_opened", removed, followed_by("poll_closed")),
    Forgery(
        "closing_interrupted",
        "ballot_opened",
        inserted("ballot_committed", commitment=HEX),
        later=1,
    ),
    Forgery(
        "closing_interrupted",
        "tally_recorded",
        inserted("paper_published", document_id="d", version=1, title="", sha256=HEX),
        later=1,
        name="paper",
    ),
    Forgery("closing_interrupted", "ballot_opened", _without_rest, name="the end"),
    Forgery("ballot_of_another_poll", "ballot_opened", ballot(poll_id="poll-x")),
    Forgery("ballot_of_stranger", "ballot_opened", ballot(user_id="u-clerk")),
    Forgery("ballot_of_absent", "ballot_opened", _absent_voter, _has_absent),
    Forgery("no_such_option", "ballot_opened", ballot(choice="c")),
    Forgery(
        "tablet_with_witness",
        "ballot_opened",
        ballot(reason="x"),
        of_ballot(channel="tablet"),
    ),
    Forgery(
        "recorded_without_witness",
        "ballot_opened",
        ballot(confirmed_by=None),
        of_ballot(channel="recorded"),
    ),
    Forgery(
        "recorded_by_one",
        "ballot_opened",
        ballot(confirmed_by=CLERK),
        of_ballot(channel="recorded"),
    ),
    Forgery("voted_twice", "ballot_opened", _same_person, _second_of_poll_without_change),
    Forgery("wrong_revision", "ballot_opened", ballot(revision=7)),
    Forgery(
        "tally_after_openings",
        "ballot_opened",
        inserted(
            "tally_recorded",
            channel="hands",
            counts={"for": 0},
            issued=None,
            returned=None,
            invalid=None,
            by=CLERK,
        ),
        later=1,
    ),
    Forgery("tally_of_other_options", "tally_recorded", _of_another_option),
    Forgery("hands_with_papers", "tally_recorded", data(issued=1), of(channel="hands")),
    Forgery("paper_without_numbers", "tally_recorded", data(invalid=None), of(channel="paper")),
    Forgery("tally_does_not_add_up", "tally_recorded", data(returned=999), of(channel="paper")),
    Forgery("tally_does_not_add_up", "tally_recorded", _crowd, of(channel="paper"), name="sum"),
    Forgery(
        "no_tally",
        "tally_recorded",
        removed,
        followed_by("poll_closed", of(channel="hands")),
    ),
    Forgery(
        "more_than_present",
        "tally_recorded",
        _crowd,
        followed_by("poll_closed", of(channel="hands")),
        later=1,
    ),
    Forgery("wrong_result", "poll_closed", data(required=1), name="required"),
    Forgery("wrong_result", "poll_closed", data(base_number=77), name="base"),
    Forgery("wrong_result", "poll_closed", data(not_sent=77), name="not sent"),
    Forgery("wrong_result", "poll_closed", data(absent=77), name="absent"),
    Forgery("wrong_result", "poll_closed", data(voted=77), name="voted"),
    Forgery("wrong_result", "poll_closed", data(counts={"for": 99}), name="counts"),
    Forgery("wrong_result", "poll_closed", data(deciding="against"), name="deciding"),
    Forgery(
        "wrong_result",
        "poll_closed",
        data(verdict="adopted"),
        of(verdict="not_adopted"),
        name="verdict",
    ),
    Forgery(
        "wrong_result",
        "poll_closed",
        inside("tie.chair_user_id", "u-x"),
        of(tie=None),
        name="chair",
    ),
    Forgery(
        "ruling_not_asked",
        "poll_announced",
        inserted(
            "poll_ruled",
            before=True,
            side="for",
            reason="x",
            by=CLERK,
            verdict="adopted",
        ),
    ),
    Forgery("ruling_not_asked", "poll_ruled", doubled, later=1, name="twice"),
    Forgery("wrong_ruling", "poll_ruled", data(verdict="tie_needs_ruling")),
    Forgery("nothing_to_announce", "poll_announced", doubled, later=1),
    Forgery(
        "nothing_to_announce",
        "poll_cancelled",
        inserted("poll_announced", by=CLERK),
        later=1,
        name="cancelled",
    ),
    Forgery(
        "nothing_to_announce",
        "poll_ruled",
        inserted("poll_announced", before=True, by=CLERK),
        name="tie",
    ),
    Forgery("cancelled_by_nobody", "poll_cancelled", data(by=None)),
    Forgery("wrong_shape", "poll_opened", envelope(log_id="a/b"), name="log id"),
    Forgery("cancelled_twice", "poll_cancelled", doubled, later=1),
]
