"""After a start with a doubtful clock the chair confirms it, and that is recorded."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.factories import prepared
from tests.server.conftest import PEOPLE
from tests.server.real_server import RealServer
from tests.server.voting.vote_steps import done, make_council, question

pytestmark = [pytest.mark.slow, pytest.mark.own_server]


def test_a_vote_is_opened_once_somebody_says_that_the_clock_is_right(tmp_path: Path):
    made = prepared(tmp_path / "data", *PEOPLE)
    running = RealServer(made, tmp_path / "server.log").start("web")
    try:
        people = {
            name: running.sign_in(name) for name in ("thuky", "chutoa", "daibieu1", "quantri")
        }
        council = make_council(people["thuky"], people["chutoa"], [people["daibieu1"]])
        draft = question(council)
        running.stop()
        with closing(sqlite3.connect(made.data / "dienhong.sqlite3")) as database:
            database.execute("UPDATE audit_entry SET at = at + 864000000000")  # ten days
            database.commit()
        running.start("web")
        shown = people["thuky"].http.get(f"{running.url}/", timeout=20).text
        assert "Đồng hồ máy chủ có thể sai" in shown
        assert "Đồng hồ" not in people["daibieu1"].http.get(f"{running.url}/", timeout=20).text
        refused = people["chutoa"].post(f"/polls/{draft}/open")
        assert (refused.status_code, refused.json()["code"]) == (409, "clock_doubtful")
        done(people["chutoa"].post(f"/polls/{draft}/open", clock_confirmed=True))
        opened = people["quantri"].get("/audit", params={"limit": "200"}).json()["items"]
        facts = next(one["facts"] for one in opened if one["action"] == "poll.open")
        assert "clock_confirmed_against" in facts
        running.stop()
        running.start("web")
        assert "Đồng hồ máy chủ" not in people["thuky"].http.get(f"{running.url}/", timeout=20).text
    finally:
        running.stop()
