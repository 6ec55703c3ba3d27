"""Writes tests/js/tally_cases.json: counts by hand, for the server and for whoever types them.

python -m tests.rules.voting.make_tally_cases
"""

import json
import random
from typing import Any

from core.paths import ROOT

TARGET = ROOT / "tests" / "js" / "tally_cases.json"
KEYS = ("for", "against", "abstain")


def cases() -> list[dict[str, Any]]:
    """Right ones, and right ones with one figure wrong; the same ones every time."""
    chance = random.Random(27)
    made: list[dict[str, Any]] = []
    for limit in (*range(1, 13), 31, 120, 500):
        for _ in range(8):
            made += [_hands(chance, limit), _papers(chance, limit)]
    return made


def _hands(chance: random.Random, limit: int) -> dict[str, Any]:
    counts = {key: chance.randint(0, limit // 2 + 1) for key in KEYS}
    holds = sum(counts.values()) <= limit
    return {"channel": "hands", "limit": limit, "counts": counts, "holds": holds}


def _papers(chance: random.Random, limit: int) -> dict[str, Any]:
    issued = chance.randint(0, limit)
    returned = chance.randint(0, issued)
    invalid = chance.randint(0, returned)
    cut = sorted(chance.randint(0, returned - invalid) for _ in range(2))
    counts = dict(zip(KEYS, (cut[0], cut[1] - cut[0], returned - invalid - cut[1]), strict=True))
    figures = {"issued": issued, "returned": returned, "invalid": invalid}
    if chance.random() < 0.6:
        wrong = chance.choice([*figures, *KEYS])
        of = figures if wrong in figures else counts
        of[wrong] = max(0, of[wrong] + chance.choice((-2, -1, 1, 2, 5)))
    return {
        "channel": "paper",
        "limit": limit,
        **figures,
        "counts": counts,
        "holds": _holds(limit, counts, **figures),
    }


def _holds(limit: int, counts: dict[str, int], *, issued: int, returned: int, invalid: int) -> bool:
    """Paper by paper: every paper that was issued is in one pile, and there is nobody for more."""
    papers = ["out"] * issued
    if returned > issued or invalid > returned:
        return False
    papers[:returned] = ["back"] * returned
    papers[:invalid] = ["invalid"] * invalid
    valid = papers.count("back")
    return valid == sum(counts.values()) and len(papers) <= limit


def text() -> str:
    """The file, a case a line."""
    lines = ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases())
    return f'{{"keys":{json.dumps(KEYS)},"cases":[\n{lines}\n]}}\n'


if __name__ == "__main__":
    TARGET.write_text(text())
