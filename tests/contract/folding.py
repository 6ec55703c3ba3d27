"""The page's own reducers, run by node: what a tablet makes of a snapshot and events."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from tests.factories import ROOT

Room = dict[str, Any]


class Folding:
    """A node process that holds the rooms of some tablets by name."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def take(self, who: str, snapshot: Any) -> Room:
        """A tablet takes a snapshot."""
        room: Room = self._ask({"who": who, "snapshot": snapshot})
        return room

    def fold(self, who: str, events: list[Any], mine: list[Any], mine_seq: int) -> Room:
        """A tablet hears the events after its state; now the room's first, now its person's own."""
        heard = {"who": who, "events": events, "mine": mine, "mine_seq": mine_seq}
        room: Room = self._ask({**heard, "own_first": mine_seq % 2 == 1})
        assert "gap" not in room, room
        return room

    def ask_for_annotations(self, who: str, document_id: str) -> Room:
        """A tablet asks for what is written on a paper; what it hears meanwhile waits."""
        room: Room = self._ask({"who": who, "asks": document_id})
        return room

    def answer_annotations(self, who: str, document_id: str, answer: Any) -> Room:
        """A tablet takes the answer."""
        room: Room = self._ask({"who": who, "of": document_id, "answer": answer})
        return room

    def look(self, snapshot: Any) -> Room:
        """What a tablet would make of a snapshot."""
        room: Room = self._ask({"fresh": snapshot})
        return room

    def types(self) -> list[str]:
        """The event types that have a reducer; twice where two have one."""
        found: list[str] = self._ask({"types": True})
        return found

    def _ask(self, question: object) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(msgspec.json.encode(question) + b"\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "node ended: see its message above"
        return json.loads(line)


@contextmanager
def folding() -> Iterator[Folding]:
    """A node process for as long as it is needed."""
    process = subprocess.Popen(
        ["node", "tests/js/fold_events.mjs"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with process:
        yield Folding(process)
        assert process.stdin is not None
        process.stdin.close()


def differences(a: Any, b: Any, place: str = "room") -> list[str]:
    """Where two rooms differ, as "place: one != other"."""
    if isinstance(a, dict) and isinstance(b, dict):
        parts = [(key, a.get(key, "nothing"), b.get(key, "nothing")) for key in sorted({*a, *b})]
    elif isinstance(a, list) and isinstance(b, list) and len(a) == len(b):
        parts = [(str(n), one, other) for n, (one, other) in enumerate(zip(a, b, strict=True))]
    else:
        return [] if a == b else [f"{place}: {a} != {b}"]
    return [line for key, x, y in parts for line in differences(x, y, f"{place}.{key}")]
