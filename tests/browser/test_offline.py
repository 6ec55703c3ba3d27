"""A page loaded without a network: the room as this device last saw it, for its person alone."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opens
from tests.browser.sittings import Sitting, call_a_sitting
from tests.browser.toolbar_screen import ToolbarScreen, written
from tests.browser.window import LINE_IS_DOWN, UPRIGHT, Window
from tests.server.real_server import Person, RealServer, wait_until

WITH_WORKER: dict[str, Any] = {**UPRIGHT, "service_workers": "allow"}
AWAY = "Không có mạng. Đang xem bản đã lưu lúc"
KEPT = """async (meeting) => {
  const opened = await new Promise((resolve, reject) => {
    const asked = indexedDB.open("dienhong::rooms");
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  const all = opened.transaction("rooms").objectStore("rooms").getAllKeys();
  const keys = await new Promise((resolve) => { all.onsuccess = () => resolve(all.result); });
  opened.close();
  return keys.filter((key) => key.endsWith(meeting));
}"""


@pytest.fixture(scope="module")
def sitting(people: Any) -> Sitting:
    return call_a_sitting(people, presented=2)


def _until(window: Window, condition: str) -> None:
    """Wait for what no locator sees; the page's own policy lets no test poll there."""
    window.page.evaluate(
        "async () => { for (let tries = 0; tries < 1200; tries += 1) {"
        f" if ({condition}) return; await new Promise((go) => setTimeout(go, 50)); }}"
        " throw new Error('waited for nothing'); }"
    )


def _kept_room(enter: Opens, server: RealServer, sitting: Sitting) -> ToolbarScreen:
    """A tablet that has been in the room long enough to show it without a network, with a session
    of its own that a test may end."""
    window = enter("daibieu1", WITH_WORKER).signed_in(Person(server, "daibieu1").sign_in())
    window.awaits(LINE_IS_DOWN, "ERR_FAILED", "status of 401")
    screen = ToolbarScreen.enter(window, sitting.path)
    _until(window, "navigator.serviceWorker.controller")
    _until(window, f"(await ({KEPT})('{sitting.id}')).length === 1")
    return screen


def test_reload_without_a_network_shows_the_room_takes_notes_and_joins_again(
    enter: Opens, server: RealServer, sitting: Sitting, artifacts
):
    mine = _kept_room(enter, server, sitting)
    for part in ("documentElement", "body"):  # No pull at the edge loads the page again.
        look = f"getComputedStyle(document.{part}).overscrollBehaviorY"
        assert mine.page.evaluate(look) == "none"
    mine.window.context.set_offline(True)
    mine.reload()
    expect(mine.page.locator(".away-line")).to_contain_text(AWAY)
    mine.shows(2)
    mine.take_out()
    mine.tool("Bút").click()
    mine.drag((0.2, 0.3), (0.6, 0.4))
    expect(mine.line).to_contain_text("1")
    mine.window.shot(artifacts, "reloaded-without-network")

    sitting.turn(3)
    mine.window.context.set_offline(False)
    expect(mine.page.locator(".away-line")).to_have_count(0)
    mine.shows(3)
    expect(mine.line).to_have_count(0)
    own = sitting.people["daibieu1"]
    wait_until(lambda: len(written(own, sitting.paper)) == 1, "the note arrived")


def test_signing_out_without_a_network_forgets_all_at_once_and_ends_the_session_later(
    enter: Opens, server: RealServer, sitting: Sitting, artifacts
):
    mine = _kept_room(enter, server, sitting)
    mine.window.context.set_offline(True)
    mine.page.evaluate("void app.sessionEnd.signOut()")
    expect(mine.sheet).to_contain_text("Phiên đăng nhập trên máy chủ kết thúc khi có mạng")
    mine.window.shot(artifacts, "sign-out-without-network")
    mine.sheet.get_by_role("button", name="Đăng xuất").click()
    expect(mine.page.get_by_role("heading")).to_have_text("Đã đăng xuất trên máy này")
    mine.window.shot(artifacts, "signed-out-without-network")
    assert mine.page.evaluate("caches.keys()") == []
    assert mine.page.evaluate(f"({KEPT})('{sitting.id}')") == []
    left = mine.page.evaluate("indexedDB.databases().then((all) => all.map((one) => one.name))")
    assert sorted(left) == ["dienhong::rooms", "dienhong::vote-log"]

    # The page is closed before there is a network: the next one ends the session and shows nothing.
    mine.page.goto("about:blank")
    mine.window.context.set_offline(False)
    mine.page.evaluate(f"void setTimeout(() => {{ location = '{server.url}/account'; }})")
    mine.page.wait_for_url("**/sign-in")
    expect(mine.page.locator("#sign-in")).to_be_visible()
    assert mine.page.evaluate("fetch('/api/v1/session').then((answer) => answer.status)") == 401


def test_another_person_on_the_same_tablet_sees_nothing_of_the_first(
    enter: Opens, server: RealServer, people, sitting: Sitting, artifacts
):
    """The first one's sign-in is replaced without signing out."""
    mine = _kept_room(enter, server, sitting)
    mine.window.signed_in(people["daibieu2"]).open("/account")
    _until(mine.window, f"(await ({KEPT})('{sitting.id}')).length === 0")
    mine.window.context.set_offline(True)
    mine.window.open(sitting.path)
    expect(mine.page.get_by_role("heading")).to_have_text("Không có mạng")
    expect(mine.page.locator("main")).not_to_contain_text("HĐND xã")
    mine.window.shot(artifacts, "nothing-kept")
    mine.window.context.set_offline(False)
    expect(mine.top).to_be_visible()


@pytest.fixture
def deploy(server: RealServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Starts web again with another shell: here, another language of a first visit."""

    def again() -> None:
        server.kill("web")
        server.start("web")

    def changed() -> None:
        monkeypatch.setitem(server._env, "DIENHONG_LANGUAGE", "en")
        again()

    yield changed
    monkeypatch.undo()
    again()


def test_after_a_deploy_the_new_shell_is_kept_and_the_old_one_is_gone(
    enter: Opens, server: RealServer, sitting: Sitting, deploy: Callable[[], None]
):
    mine = _kept_room(enter, server, sitting)
    (before,) = mine.page.evaluate("caches.keys()")
    deploy()
    mine.page.reload()
    _until(mine.window, f"!(await caches.keys()).includes({before!r})")
    assert len(mine.page.evaluate("caches.keys()")) == 1
    mine.window.context.set_offline(True)
    mine.page.reload()
    expect(mine.page.locator(".away-line")).to_be_visible()
    shell = "caches.match('/offline').then((page) => page.text())"
    assert '<html lang="en"' in mine.page.evaluate(shell)
