"""What a tablet keeps for votes, in a real browser's storage: it survives reloads and closed pages,
and goes, or stays, at sign-out. The pages are the product's; what is answered about votes is the
test's."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Opens
from tests.browser.window import TABLET, Window
from tests.factories import ROOT
from tests.server.real_server import RealServer

VECTORS = json.loads((ROOT / "docs" / "vote-log-vectors.json").read_text())
RECEIPT = {"log_id": "", "log_index": 3, "leaf_hash": "cb" * 32}
CUT = r"ERR_FAILED|status of 503"
NO_SUBTLE = "Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined })"
"""On a page over plain HTTP there is none; a loopback address is secure and would have it."""


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> str:
    """tests/browser/vote_tablet.js with all it imports, as one script that makes `tablet`."""
    built = tmp_path_factory.mktemp("vote_tablet") / "vote_tablet.js"
    esbuild = ROOT / "node_modules" / ".bin" / "esbuild"
    source = Path(__file__).parent / "vote_tablet.js"
    command = [str(esbuild), str(source), "--bundle", "--format=esm", f"--outfile={built}"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    text = built.read_text()
    body, _, exports = text.rpartition("export {")
    names = exports.partition("}")[0]
    return f"(async () => {{ {body}\nglobalThis.tablet = {{ {names} }}; }})()"


class Votes:
    """The server's answers about ballots: cut off until `works`; every request is remembered."""

    def __init__(self, page: Page) -> None:
        self.works = False
        self.posted: list[tuple[str, Any]] = []
        page.context.route("**/api/v1/polls/p1/ballots", self._answer)

    def _answer(self, route: Route) -> None:
        body: Any = route.request.post_data_json
        self.posted.append((route.request.headers["idempotency-key"], body))
        if not self.works:
            route.abort()
            return
        ballot = {"poll_id": "p1", **body, "revision": 1, "receipt": RECEIPT}
        route.fulfill(status=201, json=ballot)


@pytest.fixture
def tablet(windows: Opens, server: RealServer) -> Window:
    """A member's window on a page of the product, without what plain HTTP does not have.

    With a sign-in of its own: one test ends it.
    """
    window: Window = windows("daibieu1", server.url, TABLET).awaits(CUT)
    person = server.sign_in("daibieu1")
    for cookie in person.http.cookies:
        window.keep_cookie(cookie.name, cookie.value or "", server.url)
    person.http.close()
    window.context.add_init_script(NO_SUBTLE)
    return window.open("/account")


def state(page: Page) -> str:
    return str(page.evaluate("tablet.outbox.view('p1')?.state ?? 'none'"))


def becomes(page: Page, wanted: str) -> None:
    """Wait inside the page: its policy forbids the text that `wait_for_function` runs there."""
    reached = page.evaluate(
        """(wanted) => new Promise((resolve) => {
          const state = () => tablet.outbox.view('p1')?.state;
          const end = tablet.outbox.subscribe(look);
          const late = setTimeout(() => resolve(state()), 30_000);
          function look() {
            if (state() !== wanted) return;
            end();
            clearTimeout(late);
            resolve(wanted);
          }
          look();
        })""",
        wanted,
    )
    assert reached == wanted


def send(page: Page) -> None:
    page.evaluate("tablet.outbox.sendBallot({ pollId: 'p1', meetingId: 'm1', choice: 'for' })")


def kept(page: Page) -> list[str]:
    names = "indexedDB.databases().then((all) => all.map(({ name }) => name.split(':').at(-1)))"
    return sorted(set(page.evaluate(names)))


def test_ballot_survives_a_reload_and_a_closed_page_and_is_sent_with_its_key(tablet, script):
    page, votes = tablet.page, Votes(tablet.page)
    page.evaluate(script)
    send(page)
    becomes(page, "sending_again")
    # What the page shows is stored: the request after the reload comes a moment later.
    with page.expect_request(lambda request: request.method == "POST"):
        page.reload()
        page.evaluate(script)
    becomes(page, "sending_again")
    page.close()

    page = tablet.context.new_page()
    page.goto(f"{tablet.base}/account")
    votes.works = True
    page.evaluate(script)
    becomes(page, "recorded")
    assert page.evaluate("tablet.outbox.view('p1').standing.receipt") == RECEIPT
    keys = {key for key, _ in votes.posted}
    assert len(keys) == 1
    assert len(votes.posted) >= 3
    assert all(body == {"choice": "for"} for _, body in votes.posted)

    sent = len(votes.posted)
    page.reload()
    page.evaluate(script)
    assert state(page) == "recorded"
    assert len(votes.posted) == sent


def test_two_tabs_tell_each_other_and_a_network_that_returns_is_used_at_once(tablet, script):
    page, votes = tablet.page, Votes(tablet.page)
    other = tablet.context.new_page()
    other.goto(f"{tablet.base}/account")
    for one in (page, other):
        one.evaluate(script)
    assert state(other) == "none"
    send(page)
    becomes(page, "sending_again")
    becomes(other, "sending_again")
    votes.works = True
    page.evaluate("dispatchEvent(new Event('online'))")
    for one in (page, other):
        becomes(one, "recorded")
    assert len({key for key, _ in votes.posted}) == 1


def test_checkpoints_are_proven_here_and_evidence_outlasts_reload_and_sign_out(tablet, script):
    page = tablet.page
    log = VECTORS["log"]
    asked: dict[str, Any] = {"note": log["checkpoints"][2]}

    def answer(route: Route) -> None:
        keys = {"vkey": log["keys"][0], "previous_vkeys": [], "earlier": []}
        route.fulfill(json={**asked, **keys})

    page.context.route("**/api/v1/meetings/m1/vote-log/checkpoint", answer)
    look = "tablet.watch('m1').then((watch) => watch.look({ now: true }))"
    status = "tablet.watch('m1').then((watch) => watch.status)"
    page.evaluate(script)
    assert page.evaluate(look)["state"] == "first"
    page.reload()
    page.evaluate(script)
    assert page.evaluate(status)["size"] == 3
    assert page.evaluate(look)["state"] == "consistent"
    asked["note"] = log["checkpoints"][2].replace("ajDWh9", "ajDWh8")
    assert page.evaluate(look) == {"state": "inconsistent", "reason": "another_key"}

    Votes(page)
    send(page)
    becomes(page, "sending_again")
    assert {"ballots", "vote-log"} <= set(kept(page))
    page.locator("#account-menu").click()
    page.get_by_role("menuitem", name="Đăng xuất").click()
    page.wait_for_url("**/sign-in")
    # The place for rooms stays, empty.
    assert set(kept(page)) <= {"rooms", "vote-log"}
    # Whoever signs in next on this tablet is told as well.
    page.evaluate(script)
    found = page.evaluate(status)
    assert (found["state"], found["reason"], found["size"]) == ("inconsistent", "another_key", 3)
    assert found["evidence"][0]["kept"]["head"]["note"] == log["checkpoints"][2]
    assert state(page) == "none"
    expect(page.locator("#sign-in")).to_be_visible()


@pytest.mark.parametrize("refuses", ["IDBFactory.prototype.open", "IDBObjectStore.prototype.put"])
def test_tablet_that_can_keep_nothing_still_sends(tablet, script, refuses):
    full = "() => { throw new DOMException('full', 'QuotaExceededError') }"
    page, votes = tablet.page, Votes(tablet.page)
    page.evaluate(f"void ({refuses} = {full})")
    page.evaluate(script)
    send(page)
    becomes(page, "sending_again")
    votes.works = True
    page.evaluate("tablet.outbox.hurry()")
    becomes(page, "recorded")
    assert len({key for key, _ in votes.posted}) == 1
