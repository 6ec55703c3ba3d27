"""Compares a benchmark's rows with the committed results: what became slower, larger or rarer."""

import json
import subprocess

from bench.machine import ROOT
from bench.table import OWN, RESULTS, Row, Table

TOLERANCE = 0.1
"""The share by which a figure may be worse than the committed one without being reported."""
LESS_IS_BETTER = frozenset({"ms", "s", "ms CPU", "s CPU", "MB", "kB", "%", "times", "frames"})


def committed(name: str) -> list[Row]:
    """The rows of a benchmark in the last commit; none when it has no results there."""
    path = (RESULTS / f"{name}.json").relative_to(ROOT)
    shown = subprocess.run(
        ["git", "show", f"HEAD:{path}"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return [Row(**row) for row in json.loads(shown.stdout)["rows"]] if shown.returncode == 0 else []


def worse(table: Table, before: list[Row]) -> list[str]:
    """A sentence for each of our own figures that is worse than before by more than a tenth."""
    known = {(row.case, row.subject, row.metric): row for row in before}
    found = []
    for row in table.rows:
        was = known.get((row.case, row.subject, row.metric))
        if was is None or row.subject not in OWN or was.unit != row.unit:
            continue
        if _is_worse(row.unit, was.value, row.value):
            what = f"{row.case}, {row.subject}, {row.metric}"
            found.append(f"{what}: {was.value:g} to {row.value:g} {row.unit}")
    return found


def _is_worse(unit: str, was: float, now: float) -> bool:
    if unit in LESS_IS_BETTER:
        return now > was * (1 + TOLERANCE)
    return unit.endswith("/s") and now < was * (1 - TOLERANCE)
