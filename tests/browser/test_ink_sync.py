"""Pens and notes between real browsers and a real server: what is written without a network, what
others see of it and when, and what stays on the tablet."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opens
from tests.browser.sittings import Sitting, call_a_sitting
from tests.browser.window import LINE_IS_DOWN, TABLET, Window
from tests.factories import ROOT, small_pdf
from tests.server.conftest import add_paper
from tests.server.real_server import RealServer, wait_until

CUT = r"ERR_FAILED"


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> str:
    """tests/browser/annotation_store_tablet.js with all it imports, as one script that makes
    `tablet`."""
    made = tmp_path_factory.mktemp("annotation_store_tablet") / "annotation_store_tablet.js"
    esbuild = ROOT / "node_modules" / ".bin" / "esbuild"
    source = Path(__file__).parent / "annotation_store_tablet.js"
    command = [str(esbuild), str(source), "--bundle", "--format=esm", f"--outfile={made}"]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    body, _, exports = made.read_text().rpartition("export {")
    names = exports.partition("}")[0]
    return f"(async () => {{ {body}\nglobalThis.tablet = {{ {names} }}; }})()"


@pytest.fixture(scope="module")
def sitting(people: Any) -> Sitting:
    return call_a_sitting(people, pages=2)


@pytest.fixture
def paper(sitting: Sitting) -> str:
    """A paper on which nothing is written yet."""
    document_id = add_paper(sitting.secretary, sitting.items[1], small_pdf(2), "du-thao.pdf")
    shown = sitting.secretary.post(f"/documents/{document_id}/publish")
    assert shown.status_code == 200, shown.text
    return document_id


class Tablet:
    """A tablet without its screen: connection and annotation store in a page of the product."""

    def __init__(self, window: Window, script: str, sitting: Sitting, paper: str) -> None:
        self.window, self.script, self.sitting, self.paper = window, script, sitting, paper
        self.sent: list[int] = []
        window.page.on("request", self._asked)
        window.open("/account")
        self.enter()

    def _asked(self, request: Any) -> None:
        if request.method == "POST" and "/annotations" in request.url:
            body = request.post_data_json
            self.sent.append(len(body["items"]) if "items" in body else 1)

    def enter(self) -> None:
        """Also after a reload."""
        self.do(self.script)
        self.do(f"tablet.enter({json.dumps(self.sitting.id)}, {self.quoted})")

    @property
    def quoted(self) -> str:
        return json.dumps(self.paper)

    def do(self, text: str) -> Any:
        return self.window.page.evaluate(text)

    def becomes(self, condition: str) -> None:
        """Wait inside the page until it holds."""
        assert self.do(f"tablet.until(() => {condition})"), condition

    def write(self, count: int, audience: str = "private") -> None:
        """Strokes, one after the other."""
        self.do(f"tablet.write(tablet.strokes({self.quoted}, {count}, '{audience}')).length")

    @property
    def marks(self) -> str:
        return f"tablet.marks({self.quoted})"

    @property
    def heights(self) -> list[float]:
        found: list[float] = self.do(f"tablet.heights({self.quoted})")
        return found


@pytest.fixture
def tablet(
    windows: Opens, server: RealServer, script: str, sitting: Sitting, paper: str
) -> Callable[[str], Tablet]:
    """A tablet of somebody, with a sign-in of its own: some tests end it."""

    def opened(name: str) -> Tablet:
        window: Window = windows(name, server.url, TABLET)
        person = server.sign_in(name)
        for cookie in person.http.cookies:
            window.keep_cookie(cookie.name, cookie.value or "", server.url)
        person.http.close()
        return Tablet(window, script, sitting, paper)

    return opened


def kept_by_server(sitting: Sitting, name: str, paper: str) -> list[dict[str, Any]]:
    answer = sitting.people[name].get(f"/documents/{paper}/annotations")
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def test_200_strokes_written_offline_arrive_once_and_in_order_after_a_reload(
    tablet: Callable[[str], Tablet], sitting: Sitting, paper: str
) -> None:
    mine = tablet("daibieu1")
    mine.window.awaits(LINE_IS_DOWN, CUT)
    mine.window.context.set_offline(True)
    mine.write(200)
    mine.becomes("tablet.store.outbox.records.all().then((ops) => ops.length === 200)")
    written = mine.heights
    assert len(written) == 200
    mine.sent.clear()
    mine.window.context.set_offline(False)
    mine.window.page.reload()
    mine.do(mine.script)
    started = f"tablet.enter({json.dumps(sitting.id)}, {mine.quoted})"
    took = mine.do(
        f"(async () => {{ const from = performance.now(); void {started};"
        f"await tablet.until(() => {mine.marks}.length === 200);"
        "await tablet.until(() => tablet.store.outbox.waiting === 0);"
        "return performance.now() - from; })()"
    )
    print(f"200 strokes: {took:.0f} ms in {mine.sent}")
    # What the reload cut off is repeated as it was.
    assert len(mine.sent) <= 8
    items = kept_by_server(sitting, "daibieu1", paper)
    assert [one["geometry"]["strokes"][0][0][1] for one in items] == written
    mine.becomes(f"{mine.marks}.length === 200 && {mine.marks}.every((one) => one.revision === 1)")
    assert mine.heights == written


def test_room_sees_what_is_for_it_while_it_is_drawn_and_never_what_is_private(
    tablet: Callable[[str], Tablet], sitting: Sitting, paper: str
) -> None:
    writer, reader = tablet("daibieu1"), tablet("daibieu2")
    wet = f"tablet.store.liveInk.strokes({writer.quoted}, 1, 1)"
    writer.do(f"void (globalThis.half = tablet.drawHalf({writer.quoted}))")
    reader.becomes(f"{wet}[0]?.points.length === 20")
    assert reader.do(f"{wet}[0].author") == sitting.people["daibieu1"].id
    writer.do("void half.finish()")
    reader.becomes(f"{reader.marks}.length === 1")
    assert reader.do(f"{wet}.length") == 0
    assert reader.do(f"{reader.marks}[0].geometry") == writer.do(f"{writer.marks}[0].geometry")

    writer.write(1, "private")
    writer.becomes("tablet.store.outbox.waiting === 0")
    writer.do(f"tablet.reach({writer.marks}.at(-1), 'meeting')")
    reader.becomes(f"{reader.marks}.length === 2")
    writer.do(f"tablet.reach({writer.marks}.at(-1), 'private')")
    reader.becomes(f"{reader.marks}.length === 1")
    writer.becomes(f"tablet.store.outbox.waiting === 0 && {writer.marks}.length === 2")
    writer.do("tablet.store.undo()?.page")
    reader.becomes(f"{reader.marks}.length === 2")
    assert len(kept_by_server(sitting, "daibieu2", paper)) == 2


def test_paper_is_remembered_when_the_network_does_not_answer(
    tablet: Callable[[str], Tablet], paper: str
) -> None:
    mine = tablet("daibieu1")
    mine.window.awaits(LINE_IS_DOWN, CUT)
    mine.write(3)
    mine.becomes(f"tablet.store.outbox.waiting === 0 && {mine.marks}.length === 3")
    # Kept when the room is quiet for a moment.
    assert mine.do(f"tablet.remembered({mine.quoted}, 3)")
    mine.window.context.route("**/annotations**", lambda route: route.abort())
    mine.window.page.reload()
    mine.enter()
    mine.becomes(f"{mine.marks}.length === 3")
    assert not mine.do(f"tablet.store.papers.isLoaded({mine.quoted})")


def with_two_unsent(mine: Tablet) -> Tablet:
    """Two notes that never get through."""
    mine.window.awaits(LINE_IS_DOWN, CUT)
    mine.window.context.route("**/annotations**", lambda route: route.abort())
    mine.write(2)
    mine.becomes("tablet.store.outbox.waiting === 2")
    return mine


def test_nobody_signs_out_over_unsent_notes_unasked_and_nothing_stays(
    tablet: Callable[[str], Tablet], artifacts: Path
) -> None:
    mine = with_two_unsent(tablet("daibieu2"))
    page = mine.window.page
    page.locator("#account-menu").click()
    page.get_by_role("menuitem", name="Đăng xuất").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Ghi chú chưa gửi xong")).to_be_visible()
    mine.window.shot(artifacts, "unsent-notes")
    dialog.get_by_role("button", name="Quay lại").click()
    assert mine.do("tablet.store.outbox.waiting") == 2
    page.locator("#account-menu").click()
    page.get_by_role("menuitem", name="Đăng xuất").click()
    dialog.get_by_role("button", name="Đăng xuất").click()
    page.wait_for_url("**/sign-in")
    names = page.evaluate("indexedDB.databases().then((all) => all.map(({ name }) => name))")
    assert not [name for name in names if ":ink" in name]


def later_script() -> re.Pattern[str]:
    """The address of the script of the features that are loaded after the first page."""
    dist = ROOT / "static" / "dist"
    parts = [name for name in json.loads((dist / "shell.json").read_text()) if "part-" in name]
    at_once = json.loads((dist / "imports.json").read_text())["room.js"]
    (name,) = set(parts) - set(at_once)
    return re.compile(re.escape(name))


STORED = """async () => {
  const found = (await indexedDB.databases()).find(({ name }) => name.endsWith(":ink"));
  const asked = (request) => new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });
  const database = await asked(indexedDB.open(found.name));
  const stores = [...database.objectStoreNames];
  const all = await Promise.all(stores.map(
    (name) => asked(database.transaction(name).objectStore(name).count())));
  database.close();
  return Math.max(...all);
}"""


def test_a_session_that_ends_before_pens_are_loaded_keeps_what_was_not_sent(
    tablet: Callable[[str], Tablet], sitting: Sitting
) -> None:
    mine = with_two_unsent(tablet("daibieu2"))
    page = mine.window.page
    wait_until(lambda: page.evaluate(STORED) == 2, "both notes are on the device")
    page.route(later_script(), lambda _route: None)  # it never comes
    mine.window.open(sitting.path)
    page.wait_for_function("() => app.connection.room && !app.featureLoader.isComplete")
    page.evaluate("void app.sessionEnd.signOut()")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Ghi chú chưa gửi xong")).to_be_visible()
    dialog.get_by_role("button", name="Quay lại").click()
    page.evaluate("app.sessionEnd.revoked()")
    assert page.evaluate(STORED) == 2
    page.unroute_all()
