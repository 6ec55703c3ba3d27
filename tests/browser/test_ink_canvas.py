"""Writing on a page with real input: where ink lands, whose pointer it is, and what tools do with it."""

import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject

from tests.browser.conftest import Opens
from tests.browser.fingers import Fingers, box_of, width_of
from tests.browser.ink_screen import (
    MARKER_YELLOW,
    PEN_BLUE,
    SHAPE_RED,
    Colour,
    Hand,
    InkScreen,
    Pen,
    Picture,
    built,
    close,
    line,
)
from tests.browser.sittings import call_a_sitting
from tests.browser.window import DESK, TABLET, UPRIGHT
from tests.factories import small_pdf
from tests.server.conftest import add_paper

PAGES = 3
Screens = Callable[..., InkScreen]


@pytest.fixture(scope="module")
def script(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page's script, built once."""
    return built(tmp_path_factory.mktemp("ink_tablet"))


@pytest.fixture(scope="module")
def papers(people) -> dict[str, str]:
    """An upright paper, and one whose page is turned and cropped."""
    sitting = call_a_sitting(people, pages=PAGES)
    plain = small_pdf(PAGES, "Uy ban nhan dan xa hop phien")
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(plain)))
    for page in writer.pages:
        page.cropbox = RectangleObject((40, 400, 560, 800))
        page.rotate(90)
    turned = io.BytesIO()
    writer.write(turned)
    return {
        "plain": add_paper(people["thuky"], sitting.items[1], plain, "thang.pdf"),
        "turned": add_paper(people["thuky"], sitting.items[1], turned.getvalue(), "xoay.pdf"),
    }


@pytest.fixture
def tablet(enter: Opens, script: str, papers: dict[str, str]) -> Screens:
    """Opens a paper on a tablet's desk."""

    def opened(paper: str = "plain", size: dict[str, Any] = TABLET, page: int = 1) -> InkScreen:
        return InkScreen.open(enter("thuky", size), script, papers[paper], page)

    return opened


def strokes(screen: InkScreen) -> list[list[list[float]]]:
    """Every pen stroke on the page."""
    return [mark["geometry"]["strokes"][0] for mark in screen.marks() if mark["kind"] == "ink"]


def strokes(screen: InkScreen) -> list[list[list[float]]]:
    """Every pen stroke on the page."""
    return [mark["geometry"]["strokes"][0] for mark in screen.marks() if mark["kind"] == "ink"]


def strokes(screen: InkScreen) -> list[list[list[float]]]:
    """Every pen stroke on the page."""
    return [mark["geometry"]["strokes"][0] for mark in screen.marks() if mark["kind"] == "ink"]


def strokes(screen: InkScreen) -> list[list[list[float]]]:
    """Every pen stroke on the page."""
    return [mark["geometry"]["strokes"][0] for mark in screen.marks() if mark["kind"] == "ink"]


def test_a_pen_writes_where_it_is(tablet: Screens, artifacts):
    screen = tablet()
    screen.choose("pen")
    Pen(screen.page).stroke(line(screen.at(0.2, 0.3), screen.at(0.7, 0.4)))
    seen = screen.picture()
    for share in (0.02, 0.25, 0.5, 0.75, 0.98):
        assert seen.like(screen.at(0.2 + 0.5 * share, 0.3 + 0.1 * share), PEN_BLUE), share
    assert not seen.like(screen.at(0.45, 0.37), PEN_BLUE)
    screen.window.shot(artifacts, "pen")
    (stroke,) = strokes(screen)
    assert stroke[0][:2] == pytest.approx([0.2, 0.3], abs=2e-3)
    assert stroke[-1][:2] == pytest.approx([0.7, 0.4], abs=2e-3)


def test_a_stroke_is_there_while_it_is_written_and_stays_when_the_pen_lifts(tablet: Screens):
    screen = tablet()
    screen.choose("pen")
    pen = Pen(screen.page)
    points = line(screen.at(0.2, 0.4), screen.at(0.8, 0.4), 40)
    pen.down(points[0])
    for point in points[1:21]:
        pen.move(point)
    half = screen.picture()
    assert half.like(screen.at(0.25, 0.4), PEN_BLUE)
    assert half.like(screen.at(0.49, 0.4), PEN_BLUE)
    assert not half.like(screen.at(0.6, 0.4), PEN_BLUE)
    assert screen.marks() == []
    for point in points[21:]:
        pen.move(point)
    pen.up(points[-1])
    assert len(screen.marks()) == 1
    after = screen.picture()
    assert after.like(screen.at(0.78, 0.4), PEN_BLUE)
    # The finished stroke looks as the wet one did.
    for x in (0.22, 0.3, 0.44):
        at = screen.at(x, 0.4)
        assert close(half.colour(at), after.colour(at), 12)


def test_at_eight_times_ink_is_sharp_and_where_the_pen_was(tablet: Screens, artifacts):
    screen = tablet("plain", UPRIGHT)
    fitted = screen.leaf.width
    for _ in range(3):
        Fingers(screen.page).pinch(screen.at(0.5, 0.3), 60, 240)
    assert width_of(screen.page.locator(".leaf")) == pytest.approx(8 * fitted, rel=0.01)
    screen.choose("pen")
    Pen(screen.page).stroke(line((200, 500), (600, 640)))
    seen = screen.picture()
    assert seen.like((400, 570), PEN_BLUE, reach=0)
    # 2.6 thousandths of a page 6560 pixels wide: 17 pixels across, its edges one pixel soft.
    across = [seen.colour((400, y)) for y in range(545, 596)]
    soft = [colour for colour in across if not close(colour, PEN_BLUE, 30) and min(colour) < 235]
    assert 12 <= sum(close(colour, PEN_BLUE, 30) for colour in across) <= 24
    assert len(soft) <= 4
    screen.window.shot(artifacts, "eight-times")
    (stroke,) = strokes(screen)
    at = screen.at(*stroke[0][:2])
    assert at == pytest.approx((200, 500), abs=1.5)
    screen.page.evaluate("tablet.viewer.viewport.setFit('width')")
    middle = [(stroke[0][i] + stroke[-1][i]) / 2 for i in (0, 1)]
    assert screen.picture().like(screen.at(*middle), PEN_BLUE, off=60)


def test_a_turned_and_cropped_page_is_written_on_as_it_is_shown(tablet: Screens, artifacts):
    screen = tablet("turned", DESK)
    leaf = screen.leaf
    assert leaf.width / leaf.height == pytest.approx(400 / 520, rel=0.01)
    screen.choose("pen")
    Pen(screen.page).stroke(line(screen.at(0.1, 0.1), screen.at(0.9, 0.5)))
    seen = screen.picture()
    for share in (0.1, 0.5, 0.9):
        assert seen.like(screen.at(0.1 + 0.8 * share, 0.1 + 0.4 * share), PEN_BLUE), share
    screen.window.shot(artifacts, "turned")
    (stroke,) = strokes(screen)
    assert [*stroke[0][:2], *stroke[-1][:2]] == pytest.approx([0.1, 0.1, 0.9, 0.5], abs=2e-3)


def test_without_a_pen_a_chosen_tool_lets_a_finger_draw_and_no_tool_lets_it_pan(tablet: Screens):
    screen = tablet()
    hand = Hand(screen.page)
    top = screen.leaf.y
    hand.stroke(line((600, 600), (600, 400)))
    screen.until(lambda: screen.leaf.y < top - 100, "the page was pushed up")
    assert screen.marks() == []
    screen.choose("pen")
    # A page that still glides stands still for what is written on it.
    hand.down((600, 600))
    top = screen.leaf.y
    for point in line((600, 600), (640, 400)):
        hand.move(point)
    hand.up()
    assert len(screen.marks()) == 1
    assert screen.leaf.y == top
    screen.choose(None)
    hand.stroke(line((600, 400), (600, 600)))
    assert len(screen.marks()) == 1


def test_once_a_pen_was_seen_fingers_pan_and_the_pen_draws(tablet: Screens):
    screen = tablet()
    screen.choose("pen")
    Pen(screen.page).hover((600, 300))
    top = screen.leaf.y
    Hand(screen.page).stroke(line((600, 600), (600, 400)))
    screen.until(lambda: screen.leaf.y < top - 100, "the page was pushed up")
    assert screen.marks() == []
    Pen(screen.page).stroke(line((500, 300), (700, 400)))
    assert len(screen.marks()) == 1


def test_a_pen_that_comes_down_without_a_tool_writes(tablet: Screens):
    screen = tablet()
    Pen(screen.page).stroke(line((500, 300), (700, 400)))
    assert len(screen.marks()) == 1
    assert screen.page.evaluate("tablet.viewer.ink.tool") == "pen"


def test_who_may_not_write_moves_the_page_with_everything(tablet: Screens):
    screen = tablet()
    screen.page.evaluate("tablet.ink.write = false")
    screen.choose("pen")
    top = screen.leaf.y
    Pen(screen.page).stroke(line((600, 600), (600, 400)))
    screen.until(lambda: screen.leaf.y < top - 100, "the page was pushed up")
    assert screen.marks() == []


def test_a_palm_neither_draws_nor_moves_the_page(tablet: Screens):
    screen = tablet()
    screen.choose("pen")
    pen, hand = Pen(screen.page), Hand(screen.page)
    before = screen.leaf
    pen.down((500, 300))
    hand.down((700, 600), radius=40)
    for step in range(1, 11):
        pen.move((500 + 20 * step, 300))
        hand.move((700, 600 - 20 * step))
    pen.up((700, 300))
    hand.up()
    # A little later it still lies there.
    hand.stroke(line((700, 600), (700, 300)), radius=40)
    assert len(screen.marks()) == 1
    assert screen.leaf == before


def test_a_palm_that_was_there_first_gives_way_to_the_pen(tablet: Screens):
    screen = tablet()
    screen.choose("pen")
    pen, hand = Pen(screen.page), Hand(screen.page)
    pen.hover((500, 300))
    hand.down((800, 700), radius=10)
    pen.stroke(line((500, 300), (700, 300)))
    before = screen.leaf
    hand.move((800, 300))
    hand.up()
    assert len(screen.marks()) == 1
    assert screen.leaf == before


def test_what_the_system_takes_away_leaves_nothing(tablet: Screens):
    screen = tablet()
    screen.choose("pen")
    clean = screen.picture()
    hand = Hand(screen.page)
    hand.down(screen.at(0.2, 0.4))
    for point in line(screen.at(0.2, 0.4), screen.at(0.7, 0.5)):
        hand.move(point)
    assert screen.picture().like(screen.at(0.45, 0.45), PEN_BLUE)
    hand.taken_away()
    assert screen.marks() == []
    assert screen.picture().image.tobytes() == clean.image.tobytes()
    assert screen.page.evaluate("tablet.ink.wetTold.at(-1).gone") is True


def test_a_second_finger_takes_the_beginning_of_a_stroke_back_and_zooms(tablet: Screens):
    screen = tablet()
    screen.choose("pen")
    clean = screen.picture()
    before = screen.leaf.width
    Fingers(screen.page).pinch((600, 400), 100, 250)
    assert screen.marks() == []
    assert screen.leaf.width == pytest.approx(before * 2.5, rel=0.1)
    assert clean.count(PEN_BLUE, off=8) == 0
    assert screen.picture().count(PEN_BLUE, off=8) == 0


def test_two_fingers_undo_and_three_redo(tablet: Screens):
    screen = tablet()
    screen.choose("pen")
    hand = Hand(screen.page)
    for y in (300, 360):
        hand.stroke(line((400, y), (700, y)))
    assert len(screen.marks()) == 2
    leaf = screen.leaf
    hand.tap((500, 500), (600, 500))
    assert len(screen.marks()) == 1
    assert not screen.picture().like((550, 360), PEN_BLUE)
    assert screen.picture().like((550, 300), PEN_BLUE)
    hand.tap((480, 500), (560, 500), (640, 500))
    assert len(screen.marks()) == 2
    assert screen.picture().like((550, 360), PEN_BLUE)
    assert screen.leaf == leaf


def test_the_eraser_takes_whole_strokes_of_ones_own_in_one_step(tablet: Screens, artifacts):
    screen = tablet()
    screen.choose("pen")
    pen = Pen(screen.page)
    for y in (300, 340, 380):
        pen.stroke(line((400, y), (700, y)))
    pen.stroke(line((450, 280), (450, 420)))
    stranger = [[[0.3, 0.42, 0.5], [0.6, 0.42, 0.5]]]
    arrive(screen, {"id": "another_s_stroke_1", "author": "another", **ink_of(stranger)})
    screen.choose("eraser")
    pen.down((600, 290))
    for y in range(295, 395, 5):
        pen.move((600, y))
    faded = screen.picture()
    assert not faded.like((500, 340), PEN_BLUE)
    assert faded.like((500, 340), (198, 211, 232), off=30)
    screen.window.shot(artifacts, "faded")
    pen.up((600, 390))
    assert len(screen.marks()) == 2
    seen = screen.picture()
    assert seen.like((450, 340), PEN_BLUE), "the stroke across them stays whole"
    assert not seen.like((500, 340), (198, 211, 232), off=30)
    screen.page.evaluate("tablet.ink.undo()")
    assert len(screen.marks()) == 5
    assert screen.picture().like((500, 340), PEN_BLUE)
    at = screen.at(0.45, 0.42)
    pen.stroke(line((at[0], at[1] - 30), (at[0], at[1] + 30)))
    assert len(screen.marks()) == 5, "somebody else's stroke is not erased"


def test_an_eraser_that_is_taken_away_gives_everything_back(tablet: Screens):
    screen = tablet()
    screen.choose("pen")
    hand = Hand(screen.page)
    hand.stroke(line((400, 300), (700, 300)))
    screen.choose("eraser")
    hand.down((550, 260))
    hand.move((550, 340))
    assert not screen.picture().like((450, 300), PEN_BLUE)
    hand.taken_away()
    assert screen.picture().like((450, 300), PEN_BLUE)
    assert len(screen.marks()) == 1


def test_the_pens_other_end_erases(tablet: Screens):
    screen = tablet()
    screen.choose("pen")
    Pen(screen.page).stroke(line((400, 300), (700, 300)))
    # Chromium's protocol knows no eraser: the events are made in the page.
    screen.page.evaluate(
        """() => {
          const desk = document.querySelector(".viewport");
          const send = (type, y, buttons) => desk.dispatchEvent(new PointerEvent(type, {
            pointerId: 1, pointerType: "pen", clientX: 550, clientY: y, buttons, button: 5,
            bubbles: true, pressure: 0.5 }));
          send("pointerdown", 260, 32);
          for (let y = 265; y < 340; y += 5) send("pointermove", y, 32);
          send("pointerup", 340, 0);
        }"""
    )
    assert screen.marks() == []
    assert screen.page.evaluate("tablet.viewer.ink.tool") == "pen"


def test_what_is_chosen_is_framed_moved_and_removed(tablet: Screens, artifacts):
    screen = tablet()
    screen.choose("pen")
    pen = Pen(screen.page)
    pen.stroke(line((400, 300), (600, 300)))
    pen.stroke(line((400, 500), (600, 500)))
    screen.choose("select")
    pen.stroke([(500, 300)])
    expect(screen.page.locator(".ink-frame")).to_be_visible()
    chosen = screen.told("selected")[-1]
    assert len(chosen["ids"]) == 1
    assert chosen["box"]["left"] == pytest.approx(398, abs=4)
    pen.down((500, 300))
    for step in range(1, 11):
        pen.move((500 + 5 * step, 300 + 8 * step))
    moving = screen.picture()
    assert moving.like((550, 380), PEN_BLUE)
    assert not moving.like((430, 300), PEN_BLUE)
    screen.window.shot(artifacts, "moving")
    pen.up((550, 380))
    seen = screen.picture()
    assert seen.like((600, 380), PEN_BLUE)
    assert not seen.like((430, 300), PEN_BLUE)
    assert len(screen.marks()) == 2
    before = strokes(screen)[0][0]
    screen.page.keyboard.press("ArrowDown")
    assert strokes(screen)[0][0][1] > before[1]
    screen.page.keyboard.press("Delete")
    assert len(screen.marks()) == 1
    expect(screen.page.locator(".ink-frame")).to_be_hidden()
    assert not screen.picture().like((600, 384), PEN_BLUE)


def test_a_box_round_marks_chooses_them_and_they_stay_on_the_page(tablet: Screens):
    screen = tablet()
    screen.choose("pen")
    pen = Pen(screen.page)
    pen.stroke(line((400, 300), (600, 300)))
    pen.stroke(line((400, 340), (600, 340)))
    pen.stroke(line((400, 600), (600, 600)))
    screen.choose("select")
    pen.stroke(line((380, 260), (640, 400)))
    assert len(screen.told("selected")[-1]["ids"]) == 2
    # Far over the edge: they come as far as the page goes, together.
    pen.stroke(line((500, 320), (1170, 320)))
    first, second, third = strokes(screen)
    assert first[-1][0] == pytest.approx(1, abs=1e-4)
    assert second[0][1] - first[0][1] == pytest.approx(40 / screen.leaf.height, abs=2e-4)
    assert third[0][0] == pytest.approx(screen_x(screen, 400), abs=2e-3)


def test_a_highlighter_straightens_over_a_line_and_lets_the_print_through(
    tablet: Screens, artifacts
):
    screen = tablet()
    screen.choose("highlighter")
    words = words_of(screen)
    x0, y0, x1, y1 = words[0][0], words[0][1], words[3][2], words[0][3]
    middle = (y0 + y1) / 2
    before = screen.picture()
    Pen(screen.page).stroke(line(screen.at(x0, middle - 0.006), screen.at(x1, middle + 0.006)))
    (mark,) = screen.marks()
    (first, last) = mark["geometry"]["strokes"][0]
    assert first[1] == last[1] == pytest.approx(middle, abs=1e-4)
    seen = screen.picture()
    screen.window.shot(artifacts, "highlighter")
    blank, dark = colours(before, screen, (x0, y0, x1, y1))
    after_blank, after_dark = colours(seen, screen, (x0, y0, x1, y1))
    assert max(blank) - min(blank) < 8 and max(dark) < 60
    assert close(after_blank, MARKER_YELLOW, 40)
    assert max(after_dark) < 60, "print stays as dark as it was"


def test_marks_on_text_follow_the_words(tablet: Screens, artifacts):
    screen = tablet()
    words = []
    for number, kind in enumerate(("highlight", "underline", "strike")):
        screen.choose(kind)
        words = words_of(screen)
        start, end = words[2 * number], words[2 * number + 1]
        pen = Pen(screen.page)
        y = (start[1] + start[3]) / 2
        pen.down(screen.at(start[0] + 0.005, y))
        pen.move(screen.at(end[0] + 0.01, y))
        pen.move(screen.at(end[2] - 0.005, y))
        if kind == "highlight":
            shown = screen.picture()
            assert shown.like(screen.at((start[2] + end[0]) / 2, y), MARKER_YELLOW)
        pen.up(screen.at(end[2] - 0.005, y))
    screen.window.shot(artifacts, "text-marks")
    kinds = [mark["kind"] for mark in screen.marks()]
    assert kinds == ["highlight", "underline", "strike"]
    for number, mark in enumerate(screen.marks()):
        (box,) = mark["geometry"]["boxes"]
        assert box[0] == pytest.approx(words[2 * number][0], abs=1e-3)
        assert box[2] == pytest.approx(words[2 * number + 1][2], abs=1e-3)
        assert mark["anchor"]["text"] == f"{words[2 * number][4]} {words[2 * number + 1][4]}"
    seen = screen.picture()
    under = screen.marks()[1]["geometry"]["boxes"][0]
    at = screen.at((words[2][2] + words[3][0]) / 2, under[1] + (under[3] - under[1]) * 0.94)
    assert seen.like(at, SHAPE_RED, off=70)


def test_shapes_are_dragged_and_texts_and_notes_placed(tablet: Screens, artifacts):
    screen = tablet()
    pen = Pen(screen.page)
    screen.choose("rectangle")
    pen.stroke(line((400, 300), (600, 400)))
    screen.choose("arrow")
    pen.stroke(line((650, 300), (800, 400)))
    screen.choose("rectangle")
    pen.stroke([(500, 500)])
    seen = screen.picture()
    assert seen.like((500, 300), SHAPE_RED) and seen.like((400, 350), SHAPE_RED)
    assert seen.like((725, 350), SHAPE_RED)
    assert [mark["kind"] for mark in screen.marks()] == ["rectangle", "arrow"]
    screen.choose("text")
    pen.stroke(line((300, 500), (500, 560)))
    pen.stroke([(700, 600)])
    screen.choose("note")
    pen.stroke([(350, 650)])
    drawn, tapped, note = (one["shape"] for one in screen.told("placed"))
    assert drawn["geometry"]["box"][0] == pytest.approx(screen_x(screen, 300), abs=2e-3)
    assert tapped["geometry"]["box"][0] == pytest.approx(screen_x(screen, 700), abs=0.1)
    assert note["geometry"]["at"][0] == pytest.approx(screen_x(screen, 350), abs=2e-3)
    screen.window.shot(artifacts, "shapes")


def test_notes_are_buttons_that_open_by_finger_pen_and_key(tablet: Screens, artifacts):
    screen = tablet()
    note = {"kind": "note", "geometry": {"at": [0.3, 0.3]}, "text": "Hỏi lại số liệu"}
    arrive(screen, {"id": "a_note_on_the_page", **note})
    marker = screen.page.get_by_role("button", name=re.compile("Hỏi lại số liệu"))
    expect(marker).to_be_visible()
    box = box_of(marker)
    assert (box.width, box.height) == pytest.approx((48, 48), abs=0.5)
    Hand(screen.page).tap(screen.at(0.3, 0.3))
    screen.until(lambda: len(screen.told("opened")) == 1, "a finger opens it")
    screen.choose("pen")
    Pen(screen.page).stroke([screen.at(0.3, 0.3)])
    screen.until(lambda: len(screen.told("opened")) == 2, "a pen opens it")
    Pen(screen.page).stroke(line(screen.at(0.3, 0.3), screen.at(0.5, 0.3)))
    assert len(strokes(screen)) == 1, "a pen writes over it"
    marker.focus()
    screen.page.keyboard.press("Enter")
    screen.until(lambda: len(screen.told("opened")) == 3, "a key opens it")
    screen.choose(None)
    Fingers(screen.page).pinch(screen.at(0.3, 0.3), 60, 180)
    assert box_of(marker).width == pytest.approx(48, abs=1), "it does not grow with the page"
    screen.window.shot(artifacts, "note")


def test_others_ink_is_seen_while_it_is_written(tablet: Screens):
    screen = tablet()
    clean = screen.picture()
    points = [[0.2 + 0.01 * i, 0.4, 0.5] for i in range(40)]
    wet = {"id": "w" * 20, "style": {"color": "#b3261e", "width": 2.6, "opacity": 1}}
    for many in (10, 25, 40):
        show_wet(screen, {**wet, "points": points[:many]})
    seen = screen.picture()
    assert seen.like(screen.at(0.22, 0.4), SHAPE_RED) and seen.like(screen.at(0.58, 0.4), SHAPE_RED)
    show_wet(screen)
    assert screen.picture().image.tobytes() == clean.image.tobytes()


def test_a_page_that_turns_under_the_pen_keeps_what_was_written(tablet: Screens, papers):
    screen = tablet()
    screen.choose("pen")
    pen = Pen(screen.page)
    pen.down((400, 300))
    for x in range(410, 600, 10):
        pen.move((x, 300))
    screen.turn(papers["plain"], 2)
    pen.move((620, 320))
    pen.up((640, 340))
    assert screen.marks() == []
    pen.stroke(line((400, 400), (500, 400)))
    assert len(screen.marks()) == 1
    screen.turn(papers["plain"], 1)
    (stroke,) = strokes(screen)
    assert stroke[-1][0] == pytest.approx(screen_x(screen, 590), abs=3e-3)
    assert screen.picture().like((500, 300), PEN_BLUE)


def test_a_long_scribble_is_whole(tablet: Screens, artifacts):
    screen = tablet()
    screen.choose("pen")
    pen = Pen(screen.page)
    points = [(300 + 2 * (i % 250), 200 + 12 * (i // 250) + i % 2) for i in range(2500)]
    pen.down(points[0])
    for point in points[1:-1]:
        pen.move(point)
    wet = screen.picture()
    pen.up(points[-1])
    dry = screen.picture()
    screen.window.shot(artifacts, "scribble")
    for row in range(10):
        for x in (320, 500, 760):
            assert wet.like((x, 200 + 12 * row), PEN_BLUE, reach=2), (row, x)
            assert dry.like((x, 200 + 12 * row), PEN_BLUE, reach=2), (row, x)


def screen_x(screen: InkScreen, x: float) -> float:
    """A place across the window as a fraction of the page."""
    return (x - screen.leaf.x) / screen.leaf.width


def ink_of(points: list[list[list[float]]]) -> dict[str, Any]:
    return {"kind": "ink", "geometry": {"strokes": points}}


def arrive(screen: InkScreen, mark: dict[str, Any]) -> None:
    """A mark comes from elsewhere."""
    style = {"color": "#b3261e", "width": 2.6, "opacity": 1, "size": 20}
    whole = json.dumps({"style": style, **mark})
    screen.page.evaluate(f"tablet.ink.arrive([{{...tablet.viewer.place, ...{whole}}}])")


def show_wet(screen: InkScreen, *wet: dict[str, Any]) -> None:
    """All that others are writing now."""
    screen.page.evaluate(f"tablet.viewer.ink.showWet({json.dumps(wet)})")


def words_of(screen: InkScreen) -> list[Any]:
    """The words of the page, once the tools have them too."""
    found: list[Any] = screen.page.evaluate(
        "(async () => { const words = await tablet.ink.words(tablet.viewer.place);"
        " await new Promise(done => setTimeout(done, 0)); return words; })()"
    )
    return found


def colours(
    picture: Picture, screen: InkScreen, box: tuple[float, float, float, float]
) -> tuple[Colour, Colour]:
    """The brightest and the darkest pixel in the middle of a box of the page."""
    (left, top), (right, bottom) = screen.at(*box[:2]), screen.at(*box[2:])
    pixels = [
        picture.colour((x, y))
        for y in range(round(top) + 6, round(bottom) - 6)
        for x in range(round(left) + 6, round(right) - 6)
    ]
    return max(pixels, key=sum), min(pixels, key=sum)
