"""The arithmetic of a vote in integers: required number, verdict, percentage."""

from collections.abc import Mapping
from typing import Any

_WITHOUT_PROPOSAL = {"for", "against", "abstain"}


def required(share: Mapping[str, Any], base: int) -> int:
    """The smallest number, at least 1, that reaches (>=) or exceeds (>) the share of a base."""
    product, denominator = int(share["numerator"]) * base, int(share["denominator"])
    number = (
        product // denominator + 1 if share["comparison"] == ">" else -(-product // denominator)
    )
    return max(1, number)


def deciding(counts: Mapping[str, int]) -> str | None:
    """The deciding option: `for`, or in a poll without it the single leading one, else None."""
    if "for" in counts:
        return "for"
    proposals = {key: count for key, count in counts.items() if key not in _WITHOUT_PROPOSAL}
    most = max(proposals.values(), default=0)
    leading = [key for key, count in proposals.items() if count == most]
    return leading[0] if len(leading) == 1 else None


def outcome(
    rule: Mapping[str, Any], counts: Mapping[str, int], needed: int, side: str | None
) -> tuple[str, str | None]:
    """The verdict, and how the chair's side decided a tie (None if it did not).

    `side`: for or against, if the chair's ballot is readable and has one of these choices.
    """
    measured = deciding(counts)
    if measured is not None and counts[measured] >= needed:
        return "adopted", None
    in_favour, against = counts.get("for", 0), counts.get("against", 0)
    if rule["tie"] != "chair_side" or in_favour != against or in_favour == 0:
        return "not_adopted", None
    return ("tie_needs_ruling", "ruling") if side is None else (ruled(side), "chair_ballot")


def ruled(side: str) -> str:
    """The verdict when the chair's side decides."""
    return "adopted" if side == "for" else "not_adopted"


def closing(
    opened: Mapping[str, Any],
    counts: Mapping[str, int],
    papers: tuple[int, int],
    chair_choice: str | None,
) -> dict[str, Any]:
    """The expected `poll_closed` without `closed_by`. `papers`: invalid, not returned."""
    rule, n, present = opened["rule"], opened["n"], opened["present"]
    voted = sum(counts.values()) + papers[0]
    base = {"entitled": n, "present": present, "cast": voted}[rule["base"]]
    needed = required(rule, base)
    side = chair_choice if chair_choice in ("for", "against") else None
    verdict, flow = outcome(rule, counts, needed, side)
    chair = opened["chair"]["user_id"] if opened["chair"] else None
    return {
        "n": n,
        "present": present,
        "voted": voted,
        "invalid": papers[0],
        "not_returned": papers[1],
        "not_sent": present - voted - papers[1],
        "absent": n - present,
        "counts": dict(counts),
        "base": rule["base"],
        "base_number": base,
        "required": needed,
        "deciding": deciding(counts),
        "verdict": verdict,
        "tie": flow and {"flow": flow, "chair_user_id": chair, "side": side},
    }


def percentage(number: int, base: int) -> int:
    """Hundredths of a per cent, half rounded up: 22 of 31 is 7097. For display only."""
    return (20_000 * number + base) // (2 * base)
