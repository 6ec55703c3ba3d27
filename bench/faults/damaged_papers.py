"""Thousands of damaged PDFs, uploaded as people upload papers: each is shown, or refused in words.

They pass through the whole ingest: the upload, the confined child, the drawing, the text.
"""

import time
from collections import Counter

import requests

from bench.faults.server import SEED, counted, running
from bench.table import OURS, Table
from tests.fuzzing.mutated_pdf import mutated
from tests.fuzzing.random_senders import faults_in
from tests.server.conftest import make_room
from tests.server.real_server import Person

PAPERS = counted(3_000)
AT_ONCE = 25
LONGEST = 120.0
"""Seconds that a paper may take: a page may use 20 of processor time, and two run at once."""


def measure(table: Table) -> None:
    """About six minutes."""
    with running() as (server, people):
        room = make_room(server, people, papers=False)
        path = f"/agenda-items/{room.items[0]}/documents"
        before = {role: process.pid for role, process in server.processes.items()}
        began, ends, slowest = time.monotonic(), Counter[str](), 0.0
        waiting: list[tuple[str, float]] = []
        for content in mutated(SEED, PAPERS):
            answer = room.secretary.upload(path, "a.pdf", content)
            if answer.status_code == 202:
                waiting.append((answer.json()["id"], time.monotonic()))
            else:
                ends[_refusal(answer)] += 1
            if len(waiting) >= AT_ONCE:
                slowest = max(slowest, _finish(room.secretary, waiting, ends))
        slowest = max(slowest, _finish(room.secretary, waiting, ends))
        seconds = time.monotonic() - began
        deaths = sum(server.processes[role].poll() is not None for role in before)
        faults = faults_in(server.log.read_text())
    case = f"{PAPERS} damaged papers"
    table.note(case, OURS, "deaths of web and worker", deaths, "deaths")
    table.note(case, OURS, "ready", ends.pop("ready"), "papers")
    for code, times in sorted(ends.items()):
        table.note(case, OURS, f"refused: {code}", times, "papers")
    table.note(case, OURS, "errors and tracebacks in the log", len(faults), "lines")
    table.note(case, OURS, "slowest from upload to its end, in a batch", slowest, "s")
    table.note(case, OURS, "all took", seconds, "s")
    for line in faults[:20]:
        print(line[:2_000])


def _refusal(answer: requests.Response) -> str:
    if not 400 <= answer.status_code < 500:
        raise RuntimeError(f"{answer.status_code}: {answer.text[:300]}")
    return str(answer.json()["code"])


def _finish(person: Person, waiting: list[tuple[str, float]], ends: Counter[str]) -> float:
    """Wait for the end of each, and remove it; answers the longest time that one took."""
    slowest = 0.0
    for document_id, uploaded in waiting:
        while True:
            (version,) = person.get(f"/documents/{document_id}").json()["versions"]
            took = time.monotonic() - uploaded
            if version["status"] != "processing":
                break
            if took > LONGEST:
                raise TimeoutError(f"still in progress after {took:.0f} s")
            time.sleep(0.01)
        slowest = max(slowest, took)
        ends["ready" if version["status"] == "ready" else version["error"]["code"]] += 1
        if not person.delete(f"/documents/{document_id}").ok:
            raise RuntimeError("a damaged paper cannot be removed")
    waiting.clear()
    return slowest
