"""Replays the entries of a meeting's logs in order and builds the resulting state."""

from collections.abc import Mapping
from typing import Any

from verifier.canonical import read
from verifier.faults import Fault
from verifier.key_ring import SigningKeys
from verifier.notes import Key
from verifier.polls import Data, Poll, check_opened
from verifier.rosters import Rosters
from verifier.shapes import DATA, ENVELOPE, version_of

VERSIONS = (1, 2)
_CLOSING = {"tally_recorded", "ballot_opened"}


class Replay:
    """The state of a meeting according to its logs. For each log: `begin`, `apply` lines, `end`.

    notices: remarks that are no faults. starts: the first entry of each log. unsigned: ids of logs
    whose continuation the old key did not sign. roster_changes: changes that belong to no poll.
    """

    def __init__(self) -> None:
        self.polls: dict[str, Poll] = {}
        self.starts: list[Data] = []
        self.notices: list[tuple[str, dict[str, object]]] = []
        self.unsigned: list[str] = []
        self.roster_changes: list[Data] = []
        self.ring = SigningKeys()
        self._rosters = Rosters()
        self._log_ids: set[str] = set()
        self._papers: dict[tuple[str, int], str] = {}
        self._left_open: list[str] = []
        self._continues: Mapping[str, object] | None = None
        self._log_id = self._at = self._closing = ""

    def begin(self, keys: list[Key], before: Mapping[str, object] | None) -> None:
        """Start a log with these keys. `before`: log_id, size and root that it must continue."""
        self.ring.lay_out(keys)
        self._continues = before
        self._log_id = self._at = self._closing = ""

    def end(self) -> None:
        """Finish the log. Raises: Fault."""
        self._check_contiguous("", "")
        self.ring.end()

    def apply(self, index: int, line: bytes) -> str:
        """Apply the next line. Returns the log's id. Raises: Fault."""
        entry = read(line)
        if (wrong := ENVELOPE(entry)) is not None:
            raise Fault("wrong_shape", params={"field": wrong or "{}"})
        self._check_envelope(index, entry)
        kind, data = entry["type"], entry["data"]
        if (wrong := DATA[kind](data)) is not None:
            raise Fault("wrong_shape", params={"field": f"data.{wrong}".rstrip(".")})
        if entry["v"] != (needed := version_of(kind, data)):
            raise Fault("wrong_version", params={"said": entry["v"], "expected": needed})
        self._check_contiguous(kind, data.get("poll_id") or "")
        if self._at > entry["at"]:
            self.notices.append(("clock_went_back", {"index": index}))
        self._at = entry["at"]
        self._take(index, kind, data, entry["at"])
        self._check_left_open(kind)
        return self._log_id

    def _check_envelope(self, index: int, entry: Mapping[str, Any]) -> None:
        if entry["v"] not in VERSIONS:
            raise Fault("unknown_version", params={"said": entry["v"]})
        if entry["index"] != index:
            raise Fault("wrong_index", params={"said": entry["index"]})
        if (entry["type"] == "log_started") != (index == 0):
            raise Fault("started_elsewhere" if index else "not_started")
        if index and entry["log_id"] != self._log_id:
            raise Fault("wrong_log", params={"said": entry["log_id"]})
        if entry["type"] not in DATA:
            raise Fault("unknown_type", params={"said": entry["type"]})
        self._log_id = entry["log_id"]

    def _check_contiguous(self, kind: str, poll_id: str) -> None:
        """A poll is closed in one transaction: no other entry between first tally and result."""
        goes_on = kind in _CLOSING or kind == "poll_closed"
        if self._closing and not (goes_on and poll_id == self._closing):
            raise Fault("closing_interrupted", params={"poll": self._closing})
        self._closing = poll_id if kind in _CLOSING else ""

    def _take(self, index: int, kind: str, data: Data, at: str) -> None:
        if kind == "log_started":
            self._start(data)
        elif kind == "key_rotated":
            self.ring.rotate(self._log_id, data)
        elif kind == "paper_published":
            self._publish(data)
        elif kind == "poll_opened":
            self._open(data, at)
        elif kind == "roster_changed" and data["poll_id"] is None:
            self._rosters.change(data)
            self.roster_changes.append(data)
        elif (poll := self.polls.get(data["poll_id"])) is None:
            raise Fault("unknown_poll", params={"poll": data["poll_id"]})
        elif data.get("by", "") is None and data["poll_id"] not in self._left_open:
            raise Fault("cancelled_by_nobody")
        else:
            _take_of_poll(poll, index, kind, data, at)

    def _check_left_open(self, kind: str) -> None:
        """A poll that was open at the end of an earlier log must be cancelled first."""
        if self._left_open and kind not in ("log_started", "poll_cancelled"):
            raise Fault("left_open", params={"poll": self._left_open[0]})
        self._left_open = [name for name in self._left_open if self.polls[name].is_open]

    def _start(self, data: Data) -> None:
        said = data["continues"]
        if said is None and self._continues is not None:
            raise Fault("not_continued")
        if said is not None and self._continues is None:
            raise Fault("earlier_log_missing")
        if said and any(said[name] != value for name, value in (self._continues or {}).items()):
            raise Fault("continues_wrongly")
        if self._log_id in self._log_ids:
            raise Fault("log_id_twice", params={"said": self._log_id})
        if self.starts and data["meeting_id"] != self.starts[0]["meeting_id"]:
            raise Fault("another_meeting", params={"said": data["meeting_id"]})
        old = self.ring.key
        if not self.ring.start(self._log_id, data):
            self.unsigned.append(self._log_id)
        elif old not in (None, self.ring.key):
            self.notices.append(("another_key", {"log": self._log_id}))
        self._log_ids.add(self._log_id)
        self._left_open = [name for name, poll in self.polls.items() if poll.is_open]
        self.starts.append(data)

    def _publish(self, data: Data) -> None:
        known = self._papers.setdefault((data["document_id"], data["version"]), data["sha256"])
        if known != data["sha256"]:
            raise Fault("paper_differs", params={"title": data["title"]})

    def _open(self, data: Data, at: str) -> None:
        if data["poll_id"] in self.polls:
            raise Fault("poll_twice", params={"poll": data["poll_id"]})
        check_opened(data)
        self._rosters.check(data["roster"])
        if paper := data["document"]:
            known = self._papers.get((paper["document_id"], paper["version"]))
            if known is None:
                self.notices.append(("paper_not_in_log", {"title": paper["title"]}))
            elif known != paper["sha256"]:
                raise Fault("paper_differs", params={"title": paper["title"]})
        repeated = self.polls.get(data["repeats"] or "")
        if data["repeats"] and (repeated is None or repeated.is_open):
            raise Fault("repeats_nothing", params={"poll": data["repeats"]})
        self.polls[data["poll_id"]] = Poll(data, at)


def _take_of_poll(poll: Poll, index: int, kind: str, data: Data, at: str) -> None:
    if kind == "ballot_committed":
        poll.commit(index, data)
    elif kind == "roster_changed":
        poll.change_roster(data)
    elif kind == "ballot_opened":
        poll.open_ballot(data)
    elif kind == "tally_recorded":
        poll.tally(data)
    elif kind == "poll_closed":
        poll.close(data, at)
    elif kind == "poll_ruled":
        poll.rule(data)
    elif kind == "poll_announced":
        poll.announce(data)
    else:
        poll.cancel(data)
