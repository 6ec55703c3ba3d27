"""Every screen in every size, theme and language looks right and is usable by everybody.

By default a pairwise cover: each screen in each size, and there every pair of screen, size, theme
and language at least once. `-m grid` looks at all of them.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from itertools import product

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import Opens
from tests.browser.demo_server import DemoServer
from tests.browser.looks import axe_faults, faults, settle
from tests.browser.scenes import SCENES, Visit
from tests.browser.window import SIZES
from tests.factories import ROOT, Made
from tests.server.real_server import RealServer

THEMES = ("light", "dark", "contrast")
LANGUAGES = ("vi", "en")
GRID = list(product(SCENES, SIZES, THEMES, LANGUAGES))


@pytest.fixture(scope="module")
def chromium(headless_shell: Browser) -> Browser:
    """Pages are looked at without the browser's own windows round them."""
    return headless_shell


@pytest.fixture(scope="module")
def bare_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The set-up page of a server that has nobody yet."""
    folder = tmp_path_factory.mktemp("bare")
    words = [sys.executable, "app.py", "prepare", "--data", str(folder / "data")]
    said = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    running = RealServer(Made(folder / "data", {}), folder / "server.log").start("web")
    yield running.url + json.loads(said.strip().splitlines()[-1])["setup_path"]
    running.stop()


def cover() -> Iterator[tuple[object, ...]]:
    """Screen × size, each with the theme and language that make every pair occur: a theme goes
    round in three, a language in two, and so each theme meets each language."""
    for (row, scene), (column, size) in product(enumerate(SCENES), enumerate(SIZES)):
        step = row + column
        yield scene, size, THEMES[step % 3], LANGUAGES[step % 2]


def named(case: tuple[object, ...]) -> str:
    scene, *rest = case
    return "-".join([scene.__name__, *map(str, rest)])  # type: ignore[attr-defined]


def look_at(case, windows: Opens, demo: DemoServer, bare_url: str, artifacts) -> None:
    """Open, keep a picture, and collect everything that is wrong."""
    scene, size, theme, language = case
    window = windows(named(case), demo.url, SIZES[size], trace=False)
    for url in (demo.url, bare_url):
        window.keep_cookie("dienhong_theme", theme, url)
        window.keep_cookie("dienhong_lang", language, url)
    wrong: list[str] = []
    for moment in scene(Visit(window, demo, bare_url)):
        settle(window.page)
        window.shot(artifacts, f"{named(case)}-{moment}")
        assert window.page.locator("html").get_attribute("lang") == language
        found = faults(window.page) + axe_faults(window.page)
        wrong += [f"{moment}: {fault}" for fault in found]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("case", list(cover()), ids=named)
def test_screen_looks_right(case, windows, demo, bare_url, artifacts):
    look_at(case, windows, demo, bare_url, artifacts)


@pytest.mark.grid
@pytest.mark.slow
@pytest.mark.parametrize("case", [case for case in GRID if case not in set(cover())], ids=named)
def test_screen_looks_right_everywhere(case, windows, demo, bare_url, artifacts):
    look_at(case, windows, demo, bare_url, artifacts)


def test_the_cover_holds_every_pair():
    cases = [(scene.__name__, *rest) for scene, *rest in cover()]  # type: ignore[attr-defined]
    axes = ([scene.__name__ for scene in SCENES], list(SIZES), THEMES, LANGUAGES)
    for first, second in ((0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)):
        held = {(case[first], case[second]) for case in cases}
        assert held == set(product(axes[first], axes[second]))
