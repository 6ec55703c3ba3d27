"""A benchmark's rows: collected, printed with the subjects side by side, kept as JSON."""

import json
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parent / "results"
OURS, SECURE = "dienhong", "dienhong, TLS"
OWN = (OURS, SECURE)
"""The subjects that are this product."""


@dataclass(frozen=True)
class Row:
    """One figure: in this case, of this subject."""

    case: str
    subject: str
    metric: str
    value: float
    unit: str


@dataclass
class Table:
    """What one benchmark found, in the order of finding."""

    name: str
    rows: list[Row] = field(default_factory=list)

    def note(self, case: str, subject: str, metric: str, value: float, unit: str) -> None:
        """Add a figure."""
        self.rows.append(Row(case, subject, metric, round(value, 3), unit))

    def note_spread(
        self, case: str, subject: str, metric: str, values: Iterable[float], unit: str
    ) -> None:
        """Add median and 99th percentile of many measurements."""
        ordered = sorted(values)
        self.note(case, subject, f"{metric}, median", statistics.median(ordered), unit)
        self.note(case, subject, f"{metric}, p99", percentile(ordered, 99), unit)

    def note_rounds(
        self, case: str, subject: str, metric: str, values: Sequence[float], unit: str
    ) -> None:
        """Add the median and the worst of a few rounds."""
        self.note(case, subject, f"{metric}, median", statistics.median(values), unit)
        self.note(case, subject, f"{metric}, worst round", max(values), unit)

    def value(self, case: str, subject: str, metric: str) -> float:
        """A figure noted before. Raises LookupError."""
        for row in self.rows:
            if (row.case, row.subject, row.metric) == (case, subject, metric):
                return row.value
        raise LookupError(f"{case} / {subject} / {metric}")

    def printed(self) -> str:
        """The table as text: a line for each case and metric, a column for each subject."""
        subjects = list(dict.fromkeys(row.subject for row in self.rows))
        lines: dict[tuple[str, str], dict[str, str]] = {}
        for row in self.rows:
            cells = lines.setdefault((row.case, f"{row.metric} [{row.unit}]"), {})
            cells[row.subject] = _number(row.value)
        body = [
            [case, metric, *(cells.get(subject, "") for subject in subjects)]
            for (case, metric), cells in lines.items()
        ]
        return _aligned([[self.name, "", *subjects], *body])

    def keep(self, machine: dict[str, Any]) -> Path:
        """Write the rows to `results/NAME.json`; answers the path."""
        RESULTS.mkdir(exist_ok=True)
        path = RESULTS / f"{self.name}.json"
        rows = [vars(row) for row in self.rows]
        whole = {"name": self.name, "machine": machine, "rows": rows}
        path.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n")
        return path


def percentile(ordered: Sequence[float], percent: float) -> float:
    """The value that `percent` of the ordered values do not exceed (nearest rank)."""
    rank = -(-len(ordered) * percent // 100)
    return ordered[max(0, int(rank) - 1)]


def _number(value: float) -> str:
    if value == int(value) and abs(value) < 1e9:
        return f"{int(value):,}"
    return f"{value:,.1f}" if abs(value) >= 100 else f"{value:,.2f}"


def _aligned(rows: list[list[str]]) -> str:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]

    def line(row: list[str]) -> str:
        cells = [row[0].ljust(widths[0]), row[1].ljust(widths[1])]
        cells += [cell.rjust(width) for cell, width in zip(row[2:], widths[2:], strict=True)]
        return "  ".join(cells).rstrip()

    rule = "  ".join("-" * width for width in widths)
    return "\n".join([line(rows[0]), rule, *(line(row) for row in rows[1:])])
