"""The demo as a real server: seeded once for the run, its accounts and its phone's link known."""

import csv
import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import partial
from pathlib import Path

import requests
from playwright.sync_api import Page

from tests.factories import ROOT, Made
from tests.run_cache import made_once
from tests.server.real_server import RealServer, wait_until

SEED_TIMEOUT = 180.0
"""Seconds for all papers, on a machine that runs other tests."""


class DemoServer(RealServer):
    """`app.py web --demo` and its worker over a freshly seeded demo."""

    _admin: str | None = None

    @classmethod
    def seeded(cls, folder: Path) -> "DemoServer":
        """Start a copy of a demo that was seeded and whose papers were processed before."""
        data = folder / "data"
        shutil.copytree(made_once("demo", _seed), data)
        made = cls(Made(data, {}), folder / "server.log", extra=("--demo",))
        made.start()
        return made

    def account(self, username: str) -> dict[str, str]:
        """A person's user name and password, from the file that the demo writes."""
        with (self.made.data / "demo-accounts.csv").open(encoding="utf-8") as rows:
            found = next(row for row in csv.DictReader(rows) if row["username"] == username)
        return {"username": username, "password": found["password"]}

    def admin_session(self) -> str:
        """The value of the session cookie of the administrator, who has no seat."""
        if self._admin is None:
            address = f"{self.url}/api/v1/session"
            answer = requests.post(address, json=self.account("quantri"), timeout=20)
            self._admin = answer.cookies["dienhong_session"]
        return self._admin

    def phone_link(self, page: Page) -> str:
        """The path of the phone link that works now, as the demo's own page learns it."""
        state = page.request.get(f"{self.url}/demo/state")
        return str(json.loads(state.text())["phone_path"])

    @property
    def meeting_id(self) -> str:
        """Of the demo meeting."""
        shown = requests.get(f"{self.url}/demo", timeout=10).text
        boot = shown.split('id="boot">', 1)[1].split("</script>", 1)[0]
        return str(json.loads(boot)["meeting_id"])


def _seed(folder: Path) -> None:
    """Seed a demo in this folder, and let its worker process all papers."""
    words = [sys.executable, "app.py", "prepare", "--data", str(folder), "--demo"]
    subprocess.run(words, cwd=ROOT, check=True, capture_output=True)
    log = folder.with_name("demo.log")
    running = DemoServer(Made(folder, {}), log, extra=("--demo",)).start()
    try:
        wait_until(partial(_is_processed, folder), "the papers are processed", SEED_TIMEOUT)
    finally:
        running.stop()


def _is_processed(data: Path) -> bool:
    """Whether the worker has nothing more to do for a document."""
    unfinished = "state IN ('queued', 'running') AND kind LIKE 'document.%'"
    left = f"SELECT count(*) FROM job WHERE {unfinished}"
    database = sqlite3.connect(f"file:{data / 'dienhong.sqlite3'}?mode=ro", uri=True)
    with closing(database):
        return bool(database.execute(left).fetchone()[0] == 0)
