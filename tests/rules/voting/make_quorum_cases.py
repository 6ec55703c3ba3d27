"""Writes tests/js/quorum_cases.json: quorums by fractions, for the server and for tablets.

python -m tests.rules.voting.make_quorum_cases
"""

import json
import random
from fractions import Fraction
from typing import Any

from core.paths import ROOT

TARGET = ROOT / "tests" / "js" / "quorum_cases.json"
SHARES = ((2, 3, ">="), (1, 2, ">"), (1, 2, ">="), (3, 4, ">="), (1, 1, ">="), (9_999, 10_000, ">"))
LETTERS = {"p": "present", "t": "late", "e": "excused", "a": "absent", "l": "left", "n": None}
"""What the roll says of a person; a capital letter: entitled to vote."""


def cases() -> list[dict[str, Any]]:
    """Halls of every size up to 31 and some large ones; the same ones every time."""
    chance = random.Random(31)
    sizes = [*range(32), 100, 299, 300, 500]
    return [_case(share, _people(chance, size)) for share in SHARES for size in sizes]


def _people(chance: random.Random, size: int) -> str:
    said = chance.choices(list(LETTERS), weights=(12, 2, 1, 1, 1, 3), k=size)
    return "".join(letter.upper() if chance.random() < 0.9 else letter for letter in said)


def _case(share: tuple[int, int, str], people: str) -> dict[str, Any]:
    """Counted one by one: the smallest number of people that reaches the share."""
    numerator, denominator, comparison = share
    voters = [letter for letter in people if letter.isupper()]
    line = Fraction(numerator, denominator) * len(voters)
    required = 1
    while not (required > line if comparison == ">" else required >= line):
        required += 1
    present = len([letter for letter in voters if letter in "PT"])
    return {
        "rule": {"numerator": numerator, "denominator": denominator, "comparison": comparison},
        "people": people,
        "quorum": {
            "present": present,
            "entitled": len(voters),
            "required": required,
            "met": present >= required,
            "missing": max(0, required - present),
        },
    }


def text() -> str:
    """The file, a case a line."""
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases())
    return f'{{"letters":{json.dumps(LETTERS)},"cases":[\n{lines}\n]}}\n'


if __name__ == "__main__":
    TARGET.write_text(text())
