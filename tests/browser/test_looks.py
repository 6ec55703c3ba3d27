"""Every screen in every size, theme and language looks right and is usable by everybody.

By default two walks through each screen: one in the sizes of a desktop and of a tablet (portrait
and landscape), and one on a phone in the other language. Their looks hold every pair of screen,
size, theme and language. `-m grid` looks at all of them, each size opened afresh.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Opens
from tests.browser.demo_server import DemoServer
from tests.browser.looker import LANGUAGES, THEMES, Looker, Plan
from tests.browser.scenes import SCENES, Scene, Visit
from tests.browser.window import SIZES, Window, hold
from tests.factories import ROOT, Made
from tests.server.real_server import RealServer

Case = tuple[Scene, Plan]
Reuses = Callable[[Plan], Window]
GRID = [
    (scene, Plan(language, (size,) * len(THEMES)))
    for scene, language, size in product(SCENES, LANGUAGES, SIZES)
]


@pytest.fixture(scope="module")
def bare_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The set-up page of a server that has nobody yet."""
    folder = tmp_path_factory.mktemp("bare")
    words = [sys.executable, "app.py", "prepare", "--data", str(folder / "data")]
    said = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    running = RealServer(Made(folder / "data", {}), folder / "server.log").start("web")
    yield running.url + json.loads(said.strip().splitlines()[-1])["setup_path"]
    running.stop()


@pytest.fixture(scope="module")
def kept_windows(chromium: Browser, demo: DemoServer) -> Iterator[dict[str, Window]]:
    """One window for each device and language, by the name of the plan: the product's scripts stay
    in its cache from one screen to the next."""
    kept: dict[str, Window] = {}
    yield kept
    for window in kept.values():
        window.context.close()


@pytest.fixture
def reuse(
    request: pytest.FixtureRequest,
    chromium: Browser,
    demo: DemoServer,
    kept_windows: dict[str, Window],
    artifacts: Path,
) -> Iterator[Reuses]:
    """Answers the window of a plan with nothing of the screen before in it: no cookies, no storage,
    no errors. Errors on its console fail the test; a failed test keeps a picture of it."""
    used: list[Window] = []

    def cleared(plan: Plan) -> Window:
        if plan.name not in kept_windows:
            context = chromium.new_context(locale="vi-VN", **plan.device)
            kept_windows[plan.name] = Window(context, plan.name, demo.url)
        window = kept_windows[plan.name]
        window.empty(plan.device["viewport"])
        used.append(window)
        return window

    yield cleared
    report = getattr(request.node, "report_of_call", None)
    if report is None or report.failed:
        for window in used:
            (artifacts / f"failed-{window.name}.png").write_bytes(window.captured())
    hold(used)


def cover() -> Iterator[Case]:
    """Two walks for each screen. The languages change places from screen to screen and the first
    theme goes round, so that each size meets each language and each theme; every third screen is
    opened on a tablet with touch instead of a desktop."""
    wide = (("desktop", "tablet", "upright"), ("tablet", "upright", "desktop"))
    for row, scene in enumerate(SCENES):
        yield scene, Plan(LANGUAGES[row % 2], wide[row % 3 == 1], first_theme=row // 3)
        yield scene, Plan(LANGUAGES[(row + 1) % 2], ("phone",), first_theme=row // 3)


def named(case: Case) -> str:
    scene, plan = case
    return f"{scene.__name__}-{plan.name}"


def look_at(scene: Scene, plan: Plan, window: Window, visit: Visit, artifacts: Path) -> None:
    """Walk through the scene and collect everything that is wrong."""
    plan.prepare(window, visit.demo.url, visit.bare_url)
    looker = Looker(window, artifacts, plan)
    for moment in scene(visit):
        looker.look(moment, visit.reopen)
    looker.hold()


@pytest.mark.parametrize("case", list(cover()), ids=named)
def test_screen_looks_right(case: Case, reuse: Reuses, demo, bare_url, artifacts):
    window = reuse(case[1])
    look_at(*case, window, Visit(window, demo, bare_url), artifacts)


@pytest.mark.grid
@pytest.mark.slow
@pytest.mark.parametrize("case", GRID, ids=named)
def test_screen_looks_right_everywhere(case: Case, windows: Opens, demo, bare_url, artifacts):
    window = windows(named(case), demo.url, case[1].device)
    look_at(*case, window, Visit(window, demo, bare_url), artifacts)


@pytest.mark.parametrize("moment", range(3))
def test_the_cover_holds_every_pair(moment):
    """Each moment of a screen is looked at alike, but for the themes, which go round."""
    cases = {
        (scene.__name__, size, theme, plan.language)
        for scene, plan in cover()
        for size, theme in plan.looks(moment)
    }
    axes = ([scene.__name__ for scene in SCENES], list(SIZES), THEMES, LANGUAGES)
    for first, second in ((0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)):
        held = {(case[first], case[second]) for case in cases}
        assert held == set(product(axes[first], axes[second]))
