"""Maps far zoomed in: what is seen is as sharp as it was drawn, and no more than that is got."""

import io
import re
from collections import Counter
from collections.abc import Callable
from math import ceil
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Page, Request, expect

from tests.browser.conftest import Opens
from tests.browser.fingers import Fingers, box_of
from tests.browser.ink_screen import SHAPE_RED, InkScreen, Pen, line
from tests.browser.maps import drawn, map_pdf, scan_pdf
from tests.browser.room_screen import RoomScreen
from tests.browser.sittings import call_a_sitting
from tests.browser.window import LINE_IS_DOWN, TABLET
from tests.server.conftest import add_paper
from tests.server.real_server import Person, wait_until

RATIO = 2
FINE: dict[str, Any] = {**TABLET, "device_scale_factor": RATIO}
MIDDLE = (590, 410)
TIMEOUT_S = 15
TILE = 1024
Maps = Callable[..., InkScreen]

COVERED = """() => {
    const all = (name) => [...document.querySelectorAll(name)].filter(one => one.width !== 0)
        .map(one => one.getBoundingClientRect());
    const [viewport, leaf, ...boxes] = ['.viewport', '.leaf', '.leaf-tiles canvas'].flatMap(all);
    const [left, top] = [Math.max(viewport.left, leaf.left), Math.max(viewport.top, leaf.top)];
    const wide = Math.min(viewport.right, leaf.right) - left;
    const high = Math.min(viewport.bottom, leaf.bottom) - top;
    const shares = [0.01, 0.2, 0.4, 0.6, 0.8, 0.99];
    return shares.every(x => shares.every(y => {
        const [at, down] = [left + x * wide, top + y * high];
        return boxes.some(b => b.left <= at && at <= b.right && b.top <= down && down <= b.bottom);
    })) }"""
"""Whether tiles stand over all that is seen of the page."""


class Asked:
    """The tiles that a window asked its server for."""

    def __init__(self, page: Page) -> None:
        self.tiles: list[tuple[int, ...]] = []
        page.on("request", self._heard)

    def _heard(self, request: Request) -> None:
        found = re.search(r"/pages/(\d+)/tiles/(\d+)/(\d+)/(\d+)$", request.url)
        if found:
            self.tiles.append(tuple(map(int, found.groups())))


@pytest.fixture(scope="module")
def sheets() -> dict[str, bytes]:
    """Papers to zoom into."""
    return {"map": map_pdf(2), "scan": scan_pdf(1600)}


@pytest.fixture(scope="module")
def papers(people: dict[str, Person], sheets: dict[str, bytes]) -> dict[str, str]:
    """The ids of the same papers on the server."""
    sitting = call_a_sitting(people, pages=1)
    return {
        name: add_paper(sitting.secretary, sitting.items[1], content, f"{name}.pdf", 60)
        for name, content in sheets.items()
    }


@pytest.fixture
def opened(enter: Opens, ink_script: str, papers: dict[str, str]) -> Maps:
    """Opens a paper on a fine tablet whose marks are in memory."""

    def opens(paper: str = "map") -> InkScreen:
        return InkScreen.open(enter("thuky", FINE), ink_script, papers[paper])

    return opens


def zoom(page: Page, factor: float = 9) -> None:
    """Two fingers, so many times as far apart; as far as it goes when nothing is said."""
    Fingers(page).pinch(MIDDLE, 60, 60 * factor)


def until(screen: InkScreen, done: Callable[[], bool], what: str) -> None:
    screen.until(done, what, seconds=TIMEOUT_S)


def until_covered(screen: InkScreen) -> None:
    until(screen, lambda: screen.page.evaluate(COVERED), "tiles stand all over the viewport")


def all_asked(screen: InkScreen) -> None:
    """Whatever the page asked for until now has been heard of: a page asks in turn."""
    screen.page.evaluate("fetch(location.href).then(answer => answer.text())")


def seen(screen: InkScreen, width: int, page: int = 1) -> set[tuple[int, ...]]:
    """The tiles of a level over which the viewport lies."""
    page_element, viewport = screen.page_element, box_of(screen.page.locator(".viewport"))
    size = TILE * page_element.width / width
    left, right = (
        max(viewport.x, page_element.x),
        min(viewport.x + viewport.width, page_element.x + page_element.width),
    )
    top, bottom = (
        max(viewport.y, page_element.y),
        min(viewport.y + viewport.height, page_element.y + page_element.height),
    )
    columns = range(int((left - page_element.x) / size), ceil((right - page_element.x) / size))
    rows = range(int((top - page_element.y) / size), ceil((bottom - page_element.y) / size))
    return {(page, width, column, row) for column in columns for row in rows}


def viewport_image(screen: InkScreen, *, tiles: bool = True) -> Image.Image:
    """The device pixels of a window, with its tiles or without."""
    shown = "" if tiles else "none"
    screen.page.evaluate(f"document.querySelector('.leaf-tiles').style.display = '{shown}'")
    return Image.open(io.BytesIO(screen.page.screenshot())).convert("RGB")


def off(seen: Image.Image, meant: Image.Image) -> float:
    """How far two pictures are apart, in the mean of their pixels."""
    return sum(ImageStat.Stat(ImageChops.difference(seen, meant)).mean) / 3


def red(picture: Image.Image, x: int, y: int) -> bool:
    """Whether a mark's ink is there."""
    return picture.getpixel((x, y)) == SHAPE_RED


def test_a_map_at_eight_times_is_as_sharp_as_it_was_drawn(opened: Maps, sheets, artifacts):
    screen = opened()
    geometry = {"strokes": [[[x, y, 0.5, 0] for x, y in line((0.49, 0.49), (0.51, 0.5), 8)]]}
    screen.arrive({"id": "m1", "kind": "ink", "geometry": geometry, "page": 1, "text": None})
    zoom(screen.page)
    until_covered(screen)
    after, before = viewport_image(screen), viewport_image(screen, tiles=False)
    for name, picture in {"map-before": before, "map-after": after}.items():
        picture.save(artifacts / f"{name}.png")

    page_element = screen.page_element
    assert page_element.width == pytest.approx(8 * 1152, rel=0.01)
    box = (300, 200, 1100, 700)
    left, top = round(box[0] - page_element.x * RATIO), round(box[1] - page_element.y * RATIO)
    part = (left, top, left + box[2] - box[0], top + box[3] - box[1])
    pixels = drawn(
        sheets["map"], 1, (page_element.width * RATIO, page_element.height * RATIO), part
    )
    meant = Image.frombytes("RGB", (pixels.width, pixels.height), pixels.samples)
    meant = meant.crop((0, 0, box[2] - box[0], box[3] - box[1]))
    sharp, soft = off(after.crop(box), meant), off(before.crop(box), meant)
    assert sharp < soft / 2, (sharp, soft)

    # The ink lies over the tiles, where it was.
    inked = [
        {(x, y) for x in range(0, 2360, 4) for y in range(0, 1640, 4) if red(picture, x, y)}
        for picture in (before, after)
    ]
    assert inked[0]
    assert inked[0] == inked[1]


def test_a_pan_asks_for_what_it_uncovers_and_back_for_nothing(opened: Maps):
    screen = opened()
    asked = Asked(screen.page)
    zoom(screen.page)
    until_covered(screen)
    first = seen(screen, 9600)
    assert Counter(asked.tiles) == Counter(first)
    here = screen.page_element.x
    fingers = Fingers(screen.page)
    fingers.drag((1100, 410), (100, 410))
    assert screen.page_element.x == pytest.approx(here - 1000)
    until_covered(screen)
    both = first | seen(screen, 9600)
    assert len(both) > len(first)
    assert Counter(asked.tiles) == Counter(both)
    fingers.drag((100, 410), (1100, 410))
    assert screen.page_element.x == pytest.approx(here)
    until_covered(screen)
    all_asked(screen)
    assert Counter(asked.tiles) == Counter(both)
    held = screen.page.locator(".leaf-tiles canvas").evaluate_all(
        "all => all.reduce((sum, one) => sum + one.width * one.height, 0)"
    )
    assert held <= 4 * 1180 * 820 * RATIO**2


def test_tiles_go_with_the_zoom_and_with_the_page(opened: Maps, papers):
    screen = opened()
    asked = Asked(screen.page)
    tiles = screen.page.locator(".leaf-tiles canvas")
    zoom(screen.page)
    until_covered(screen)
    turned = f"""tablet.open({papers["map"]!r}, 2).then(() =>
        document.querySelectorAll('.leaf-tiles canvas').length)"""
    assert screen.page.evaluate(turned) == 0
    until_covered(screen)
    assert {page for page, *_ in asked.tiles} == {1, 2}
    screen.page.evaluate("tablet.viewer.viewport.setFit('width')")
    expect(tiles).to_have_count(0)
    zoom(screen.page, 2)
    until_covered(screen)
    screen.page.evaluate("tablet.viewer.clear()")
    expect(tiles).to_have_count(0)


def test_without_a_line_the_picture_stays_and_tiles_come_when_it_is_back(opened: Maps):
    screen = opened()
    screen.window.awaits(LINE_IS_DOWN)
    zoom(screen.page, 2)
    until_covered(screen)
    screen.window.context.set_offline(True)
    asked = Asked(screen.page)
    zoom(screen.page)
    until(screen, lambda: bool(asked.tiles), "tiles are asked for")
    # The tiles of the level before stay too, over the picture.
    assert screen.page.evaluate(COVERED)
    expect(screen.page.locator(".leaf-picture canvas")).to_be_visible()
    screen.window.context.set_offline(False)
    only_wide = "document.querySelectorAll('.leaf-tiles > div').length === 1"
    until(screen, lambda: screen.page.evaluate(only_wide), "the sharper tiles take their place")
    until_covered(screen)
    assert set(asked.tiles) == seen(screen, 9600)


def test_a_page_that_is_not_ready_is_asked_for_again(opened: Maps):
    screen = opened()
    screen.window.awaits("503")
    asked = Asked(screen.page)
    late: list[str] = []

    def first_time(route: Any) -> None:
        if len(late) < 2:
            late.append(route.request.url)
            route.fulfill(status=503, headers={"Retry-After": "1"}, json={"code": "page_not_ready"})
        else:
            route.continue_()

    screen.page.route("**/tiles/**", first_time)
    zoom(screen.page)
    until_covered(screen)
    twice = asked.tiles[:2]
    assert len(set(twice)) == 2
    assert Counter(asked.tiles) == Counter([*seen(screen, 9600), *twice])


def test_writing_is_not_delayed_by_tiles(opened: Maps):
    screen = opened()
    asked = Asked(screen.page)
    pen = Pen(screen.page)
    pen.down((590, 300))
    pen.move((600, 310))
    screen.page.evaluate("for (let at = 0; at < 9; at += 1) tablet.viewer.viewport.zoomStep(1)")
    all_asked(screen)
    assert asked.tiles == []
    pen.up((600, 310))
    until_covered(screen)
    assert Counter(asked.tiles) == Counter(seen(screen, 9600))


def test_a_scan_that_its_picture_shows_whole_is_asked_for_once(opened: Maps):
    screen = opened("scan")
    asked = Asked(screen.page)
    with screen.page.expect_response(lambda answer: answer.status == 204):
        zoom(screen.page, 2)
    all_asked(screen)
    # As many as are under way together.
    first = list(asked.tiles)
    assert len(first) == 2
    fingers = Fingers(screen.page)
    for start, end in ((500, 300), (300, 500)):
        fingers.drag((590, start), (590, end))
    zoom(screen.page, 2)
    all_asked(screen)
    assert asked.tiles == first
    assert screen.page.locator(".leaf-tiles canvas").count() == 0


def test_nothing_of_a_paper_taken_away_stays_and_strangers_have_none(
    enter: Opens, people, sheets, papers
):
    sitting = call_a_sitting(people, status="draft", pages=1)
    paper = add_paper(sitting.secretary, sitting.items[1], sheets["map"], "ban-do.pdf", 60)
    sitting.to("in_session")
    sitting.secretary.put(f"{sitting.path}/current-item", agenda_item_id=sitting.items[1])
    sitting.turn(1, paper=paper)
    member = RoomScreen.enter(enter("daibieu1", FINE), sitting.path)
    member.shows(1)
    tiles = member.page.locator(".leaf-tiles canvas")
    zoom(member.page)
    expect(tiles).not_to_have_count(0)
    assert box_of(member.page_element).width > 8000
    path = f"/api/v1/documents/{paper}/versions/1/pages/1/tiles/9600/4/3"
    asks = f"fetch({path!r}).then(answer => answer.status)"
    assert member.page.evaluate(asks) == 200
    stranger = enter("nguoila").awaits("403", "404").open("/account")
    assert stranger.page.evaluate(asks) in (403, 404)

    member.window.awaits("403", "404", "410")
    assert sitting.secretary.delete(f"/documents/{paper}").status_code == 204
    expect(tiles).to_have_count(0)
    wait_until(  # who was let in a moment ago may read on for less than a second
        lambda: member.page.evaluate(asks) in (403, 404, 410), "no bytes any more", timeout=2
    )
