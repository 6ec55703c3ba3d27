"""Fixtures: one Chromium for all journeys, people's windows in it, and the server they visit."""

import io
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Playwright, expect, sync_playwright
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject

from tests.browser.bare_server import BareServer
from tests.browser.demo_server import DemoServer
from tests.browser.ink_screen import InkScreen, built
from tests.browser.looker import Plan
from tests.browser.sittings import Sitting, call_a_sitting
from tests.browser.toolbar_screen import ToolbarScreen
from tests.browser.tracing import is_traced
from tests.browser.window import DESKTOP, TABLET, Window, hold
from tests.effort import FULL
from tests.factories import small_pdf
from tests.server.conftest import add_paper
from tests.server.real_server import Person, RealServer

TIMEOUT_MS = 30_000
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
Opens = Callable[..., Window]
Dresses = Callable[[str, Plan], Window]
Tablets = Callable[..., InkScreen]


@pytest.fixture(scope="package")
def driver() -> Iterator[Playwright]:
    """What drives the browsers, for the whole run of this folder."""
    expect.set_options(timeout=TIMEOUT_MS)
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="package")
def whole_browser(driver: Playwright) -> Iterator[Browser]:
    """The machine's Chromium with its own windows, headless, as people have it. It takes a third
    more processor time than the shell: one journey of each role is made with it."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("chromium is not on this machine: apt install chromium")
    browser = driver.chromium.launch(executable_path=path, args=QUIET)
    yield browser
    browser.close()


@pytest.fixture(scope="package")
def headless_shell(driver: Playwright, request: pytest.FixtureRequest) -> Iterator[Browser]:
    """The same Chromium without the windows round a page; the whole browser where the machine does
    not have it."""
    path = shutil.which("chromium-headless-shell")
    if path is None:
        yield request.getfixturevalue("whole_browser")
        return
    browser = driver.chromium.launch(executable_path=path, args=QUIET)
    yield browser
    browser.close()


@pytest.fixture(scope="module")
def chromium(headless_shell: Browser) -> Browser:
    """The browser that a module's windows are opened in; a module may take `whole_browser`."""
    return headless_shell


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoServer]:
    """The demo, seeded and running."""
    running = DemoServer.seeded(tmp_path_factory.mktemp("demo"))
    yield running
    running.stop()


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[BareServer]:
    """A server that was never set up."""
    running = BareServer.started(tmp_path)
    yield running
    running.stop()


@pytest.fixture
def windows(
    request: pytest.FixtureRequest, chromium: Browser, artifacts: Path
) -> Iterator[Callable[..., Window]]:
    """Opens windows: `windows(name, base, size)`. Errors on a console fail the test; a failed test
    keeps a picture of every window under its artifacts and, run once more, a trace of it."""
    made: list[Window] = []
    trace = is_traced(request.node)
    if not trace:
        for kept in (*artifacts.glob("failed-*"), *artifacts.glob("trace-*")):
            kept.unlink()

    def open_window(name: str, base: str, size: dict[str, Any] = DESKTOP) -> Window:
        # A worker answers for pages behind the back of a test; those about it let it in.
        context = chromium.new_context(**{"service_workers": "block", **size}, locale="vi-VN")
        context.set_default_timeout(TIMEOUT_MS)
        if trace:
            context.tracing.start(snapshots=True, title=name)
        made.append(Window(context, name, base, traced=trace))
        return made[-1]

    yield open_window
    failed = getattr(request.node, "report_of_call", None)
    failed = failed is None or failed.failed or any(window.unawaited() for window in made)
    for window in made:
        _put_away(window, artifacts if failed else None)
    hold(made)


def _put_away(window: Window, keep: Path | None) -> None:
    """Close a window; with `keep`, leave a picture and a trace there first."""
    if keep is not None:
        try:
            window.page.screenshot(path=keep / f"failed-{window.name}.png", timeout=3000)
        except Error as error:
            (keep / f"failed-{window.name}.txt").write_text(str(error))
    if window.traced:
        trace = keep / f"trace-{window.name}.zip" if keep is not None else None
        window.context.tracing.stop(path=trace)
    window.context.close()


@pytest.fixture
def enter(windows: Opens, server: RealServer, people: dict[str, Person]) -> Opens:
    """Opens a window of a person who is signed in already: `enter("daibieu1", TABLET)`."""

    def open_signed_in(name: str, size: dict[str, Any] = DESKTOP) -> Window:
        return windows(name, server.url, size).signed_in(people[name])

    return open_signed_in


@pytest.fixture
def dressed(windows: Opens, server: RealServer, people: dict[str, Person]) -> Dresses:
    """Opens a window of somebody who is signed in, in the size, language and first theme of a
    plan."""

    def open_dressed(name: str, plan: Plan) -> Window:
        window = windows(name, server.url, plan.device)
        return plan.prepare(window.signed_in(people[name]))

    return open_dressed


@pytest.fixture(scope="package")
def ink_script(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The script of a page to write on, built once."""
    return built(tmp_path_factory.mktemp("ink_tablet"))


@pytest.fixture(scope="module")
def ink_papers(people: dict[str, Person]) -> dict[str, str]:
    """Papers to write on: "plain", and "turned", whose pages are turned and cropped."""
    sitting = call_a_sitting(people, pages=3)
    plain = small_pdf(3, "Uy ban nhan dan xa hop phien")
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(plain)))
    for page in writer.pages:
        page.cropbox = RectangleObject((40, 400, 560, 800))
        page.rotate(90)
    turned = io.BytesIO()
    writer.write(turned)
    files = {"plain": plain, "turned": turned.getvalue()}
    return {
        name: add_paper(sitting.secretary, sitting.items[1], content, f"{name}.pdf")
        for name, content in files.items()
    }


@pytest.fixture
def ink_tablet(enter: Opens, ink_script: str, ink_papers: dict[str, str]) -> Tablets:
    """Opens a paper on a tablet whose marks are in memory: `ink_tablet("plain", TABLET)`."""

    def opened(paper: str = "plain", size: dict[str, Any] = TABLET) -> InkScreen:
        return InkScreen.open(enter("thuky", size), ink_script, ink_papers[paper])

    return opened


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Every journey carries the marker; the whole grid is only for who asks for it."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
    if not FULL and "grid" not in config.option.markexpr:
        grid = [item for item in items if item.get_closest_marker("grid")]
        config.hook.pytest_deselected(items=grid)
        items[:] = [item for item in items if item not in grid]


@pytest.fixture
def sitting(people) -> Sitting:
    """A sitting of its own, its paper presented; a module may override it."""
    return call_a_sitting(people, presented=1)


@pytest.fixture
def room(enter: Opens, sitting: Sitting) -> Callable[..., ToolbarScreen]:
    """Opens the room as somebody: `room("daibieu1", TABLET)`."""

    def opened(name: str = "daibieu1", size: dict[str, Any] = TABLET) -> ToolbarScreen:
        return ToolbarScreen.enter(enter(name, size), sitting.path)

    return opened
