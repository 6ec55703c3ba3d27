"""Rows changed behind the server's back that no archive shows: what is kept no longer fits the log.

Nobody reads out such a result, nobody closes such a vote; the log itself stays as good as it was.
"""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.server.real_server import Person, RealServer
from tests.server.stopped_database import stopped
from tests.server.voting.vote_steps import (
    Council,
    closed,
    code,
    done,
    make_council,
    opened,
    verified,
    vote,
)

pytestmark = [pytest.mark.slow, pytest.mark.own_server("web")]
Edit = Callable[[sqlite3.Connection, str], None]
CONTRADICTS = (409, "vote_contradicts_log")


def sql(statement: str) -> Edit:
    """Run a statement about a poll."""
    return lambda rows, poll: change(rows, statement, poll)


def change(rows: sqlite3.Connection, statement: str, poll: str) -> None:
    assert rows.execute(statement, {"poll": poll}).rowcount > 0


def in_json(column: str, *path: str, value: Any) -> Edit:
    """Change a value inside a column of JSON."""

    def edit(rows: sqlite3.Connection, poll: str) -> None:
        (text,) = rows.execute(f"SELECT {column} FROM poll WHERE id = ?", (poll,)).fetchone()
        whole = json.loads(text)
        at = whole
        for step in path[:-1]:
            at = at[step]
        assert at[path[-1]] != value
        at[path[-1]] = value
        rows.execute(f"UPDATE poll SET {column} = ? WHERE id = ?", (json.dumps(whole), poll))

    return edit


OF_BALLOTS = "WHERE rowid = (SELECT min(rowid) FROM ballot WHERE poll_id = :poll)"
AFTER: dict[str, Edit] = {
    "a choice": sql(f"UPDATE ballot SET choice = 'against' {OF_BALLOTS}"),
    "two choices exchanged": sql(
        "UPDATE ballot SET choice = CASE choice WHEN 'for' THEN 'against' ELSE 'for' END"
        " WHERE poll_id = :poll"
    ),
    "a salt": sql(f"UPDATE ballot SET salt = zeroblob(32) {OF_BALLOTS}"),
    "no salt": sql(f"UPDATE ballot SET salt = NULL {OF_BALLOTS}"),
    "a receipt": sql(f"UPDATE ballot SET leaf_hash = '00' {OF_BALLOTS}"),
    "a channel": sql(f"UPDATE ballot SET channel = 'recorded' {OF_BALLOTS}"),
    "a ballot taken away": sql(f"DELETE FROM ballot {OF_BALLOTS}"),
    "a name": sql("UPDATE poll_seat SET name = 'Ai khác' WHERE poll_id = :poll AND position = 0"),
    "a seat taken away": sql("DELETE FROM poll_seat WHERE poll_id = :poll AND position = 2"),
    "the question": sql("UPDATE poll SET question = 'Việc khác?' WHERE id = :poll"),
    "the title": sql("UPDATE poll SET title = 'Việc khác' WHERE id = :poll"),
    "the options": sql("UPDATE poll SET options = replace(options, 'Tán', 'Tàn') WHERE id = :poll"),
    "the method": sql("UPDATE poll SET method = 'hands' WHERE id = :poll"),
    "the rule": sql(
        "UPDATE poll SET rule = replace(rule, '\"denominator\":2', '\"denominator\":3')"
        " WHERE id = :poll"
    ),
    "N": in_json("opening", "n", value=30),
    "who presided": in_json("opening", "chair", "name", value="Ai khác"),
    "cancelled": sql("UPDATE poll SET status = 'cancelled' WHERE id = :poll"),
    "a ruling made up": in_json(
        "ending",
        "ruling",
        value={
            "side": "for",
            "reason": "x",
            "by": {"user_id": "u", "name": "n"},
            "at": "2026-11-24T02:00:00Z",
        },
    ),
    "announced": in_json("ending", "announced_at", value="2026-11-24T02:00:00Z"),
}
"""Edits of a closed vote that leave its numbers alone."""

NUMBERS: dict[str, Edit] = {
    "the verdict": in_json("closing", "outcome", "verdict", value="not_adopted"),
    "a count": in_json("closing", "count", "counts", "against", value=7),
    "the number needed": in_json("closing", "outcome", "required", value=1),
    "how many too few": in_json("closing", "outcome", "missing", value=1),
    "who closed it": in_json("closing", "by", "name", value="Ai khác"),
    "its place in the log": in_json("closing", "place", "index", value=1),
    "its leaf": in_json("closing", "place", "leaf_hash", value="00"),
    "its log": in_json("closing", "place", "log_id", value="another"),
}
"""Edits of a closed vote's numbers: the card that the room sees says so as well."""

OPEN: dict[str, Edit] = {
    name: AFTER[name]
    for name in ("a choice", "two choices exchanged", "a salt", "a ballot taken away")
} | {
    "N while open": in_json("opening", "n", value=30),
    "the question while open": AFTER["the question"],
    "somebody lets in": in_json("opening", "voters", value=[]),
}
"""Edits of a vote that is under way."""


class Councils:
    """A meeting for each edit, with one vote in it."""

    def __init__(self, server: RealServer, people: dict[str, Person]) -> None:
        self.server, self._people = server, people
        self.polls: dict[str, tuple[Council, str]] = {}

    def make(self, name: str, *, ended: bool) -> tuple[Council, str]:
        people = self._people
        deputies = [people[one] for one in ("daibieu1", "daibieu2", "khachmoi")]
        council = make_council(people["thuky"], people["chutoa"], deputies)
        poll = opened(council)
        vote(poll, {"for": deputies[:2], "against": deputies[2:]})
        if ended:
            closed(council, poll)
        self.polls[name] = council, poll
        return council, poll


@pytest.fixture(scope="module")
def councils(server: RealServer, people: dict[str, Person]) -> Councils:
    """Every edit done, each in a meeting of its own, and the server started again."""
    made = Councils(server, people)
    edits = {f"ended: {name}": edit for name, edit in (AFTER | NUMBERS).items()}
    edits |= {f"open: {name}": edit for name, edit in OPEN.items()}
    for name in edits:
        made.make(name, ended=name.startswith("ended"))
    made.make("ended: untouched", ended=True)
    made.make("open: untouched", ended=False)
    with stopped(server, "web") as rows:
        for name, edit in edits.items():
            edit(rows, made.polls[name][1])
    return made


@pytest.mark.parametrize("name", [*AFTER, *NUMBERS])
def test_a_result_that_is_not_the_logs_is_not_read_out(
    councils: Councils, tmp_path: Path, name: str
):
    council, poll = councils.polls[f"ended: {name}"]
    for path in ("result", "result.csv"):
        refused = council.chair.get(f"/polls/{poll}/{path}")
        assert code(refused) == CONTRADICTS, name
        assert "nhật ký" in refused.json()["detail"]
    verified(council, tmp_path)
    if name not in ("cancelled", "announced"):
        assert code(council.chair.post(f"/polls/{poll}/announce")) == CONTRADICTS


@pytest.mark.parametrize("name", [*AFTER, *NUMBERS, "untouched"])
def test_the_rooms_card_says_when_its_numbers_are_not_the_logs(councils: Councils, name: str):
    council, poll = councils.polls[f"ended: {name}"]
    everywhere = [done(council.chair.get(f"/polls/{poll}"))]
    everywhere += done(council.chair.get(f"/meetings/{council.id}/polls"))["items"]
    everywhere += done(council.chair.get(f"/meetings/{council.id}/snapshot"))["polls"]
    assert len(everywhere) == 3
    for view in everywhere:
        heading = view["result"]["vi"]["heading"]
        assert (heading == "KHÔNG KHỚP NHẬT KÝ BIỂU QUYẾT") == (name in NUMBERS)


@pytest.mark.parametrize("name", OPEN)
def test_a_vote_that_was_changed_is_not_closed_and_can_be_cancelled(
    councils: Councils, tmp_path: Path, name: str
):
    council, poll = councils.polls[f"open: {name}"]
    assert code(council.chair.post(f"/polls/{poll}/close")) == CONTRADICTS
    done(council.chair.post(f"/polls/{poll}/cancel", reason="Dữ liệu bị sửa"))
    verified(council, tmp_path)
    again = opened(council, repeats=poll)
    vote(again, {"for": council.deputies})
    assert closed(council, again)["verdict"] == "adopted"
    verified(council, tmp_path)


def test_what_nobody_changed_goes_on(councils: Councils, tmp_path: Path):
    council, poll = councils.polls["ended: untouched"]
    done(council.chair.post(f"/polls/{poll}/announce"))
    assert done(council.deputies[0].get(f"/polls/{poll}/result"))["verdict"] == "adopted"
    council, poll = councils.polls["open: untouched"]
    assert closed(council, poll)["voted"] == 3
    verified(council, tmp_path)
