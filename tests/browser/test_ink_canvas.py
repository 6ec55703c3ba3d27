"""Writing on a page with real input: where ink lands, and whose pointer it is."""

import pytest

from tests.browser.conftest import Tablets
from tests.browser.fingers import Fingers, width_of
from tests.browser.ink_screen import PEN_BLUE, SHAPE_RED, Pen, TouchInput, close, line
from tests.browser.window import DESKTOP, UPRIGHT
from tests.effort import sized


def test_a_pen_writes_where_it_is(ink_tablet: Tablets, artifacts):
    screen = ink_tablet()
    screen.choose("pen")
    Pen(screen.page).stroke(line(screen.at(0.2, 0.3), screen.at(0.7, 0.4)))
    seen = screen.picture()
    for share in (0.02, 0.25, 0.5, 0.75, 0.98):
        assert seen.like(screen.at(0.2 + 0.5 * share, 0.3 + 0.1 * share), PEN_BLUE), share
    assert not seen.like(screen.at(0.45, 0.37), PEN_BLUE)
    screen.window.shot(artifacts, "pen")
    (stroke,) = screen.strokes()
    assert stroke[0][:2] == pytest.approx([0.2, 0.3], abs=2e-3)
    assert stroke[-1][:2] == pytest.approx([0.7, 0.4], abs=2e-3)


def test_a_stroke_is_there_while_it_is_written_and_stays_when_the_pen_lifts(ink_tablet: Tablets):
    screen = ink_tablet()
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


def test_at_eight_times_ink_is_sharp_and_where_the_pen_was(ink_tablet: Tablets, artifacts):
    screen = ink_tablet("plain", UPRIGHT)
    fitted = screen.page_element.width
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
    (stroke,) = screen.strokes()
    at = screen.at(*stroke[0][:2])
    assert at == pytest.approx((200, 500), abs=1.5)
    screen.page.evaluate("tablet.viewer.viewport.setFit('width')")
    middle = [(stroke[0][i] + stroke[-1][i]) / 2 for i in (0, 1)]
    assert screen.picture().like(screen.at(*middle), PEN_BLUE, off=60)


def test_a_turned_and_cropped_page_is_written_on_as_it_is_shown(ink_tablet: Tablets, artifacts):
    screen = ink_tablet("turned", DESKTOP)
    page_element = screen.page_element
    assert page_element.width / page_element.height == pytest.approx(400 / 520, rel=0.01)
    screen.choose("pen")
    Pen(screen.page).stroke(line(screen.at(0.1, 0.1), screen.at(0.9, 0.5)))
    seen = screen.picture()
    for share in (0.1, 0.5, 0.9):
        assert seen.like(screen.at(0.1 + 0.8 * share, 0.1 + 0.4 * share), PEN_BLUE), share
    screen.window.shot(artifacts, "turned")
    (stroke,) = screen.strokes()
    assert [*stroke[0][:2], *stroke[-1][:2]] == pytest.approx([0.1, 0.1, 0.9, 0.5], abs=2e-3)


def test_without_a_pen_a_tool_lets_a_finger_draw_and_no_tool_lets_it_pan(ink_tablet: Tablets):
    screen = ink_tablet()
    touch = TouchInput(screen.page)
    top = screen.page_element.y
    touch.stroke(line((600, 600), (600, 400)))
    screen.until(lambda: screen.page_element.y < top - 100, "the page was pushed up")
    assert screen.marks() == []
    screen.choose("pen")
    # A page that still glides stands still for what is written on it.
    touch.down((600, 600))
    top = screen.page_element.y
    for point in line((600, 600), (640, 400)):
        touch.move(point)
    touch.up()
    assert len(screen.marks()) == 1
    assert screen.page_element.y == top
    screen.choose(None)
    touch.stroke(line((600, 400), (600, 600)))
    assert len(screen.marks()) == 1


def test_once_a_pen_was_seen_fingers_pan_and_the_pen_draws(ink_tablet: Tablets):
    screen = ink_tablet()
    screen.choose("pen")
    Pen(screen.page).hover((600, 300))
    top = screen.page_element.y
    TouchInput(screen.page).stroke(line((600, 600), (600, 400)))
    screen.until(lambda: screen.page_element.y < top - 100, "the page was pushed up")
    assert screen.marks() == []
    Pen(screen.page).stroke(line((500, 300), (700, 400)))
    assert len(screen.marks()) == 1


def test_a_pen_that_comes_down_without_a_tool_writes(ink_tablet: Tablets):
    screen = ink_tablet()
    Pen(screen.page).stroke(line((500, 300), (700, 400)))
    assert len(screen.marks()) == 1
    assert screen.page.evaluate("tablet.viewer.ink.tool") == "pen"


def test_who_may_not_write_moves_the_page_with_everything(ink_tablet: Tablets):
    screen = ink_tablet()
    screen.page.evaluate("tablet.ink.write = false")
    screen.choose("pen")
    top = screen.page_element.y
    Pen(screen.page).stroke(line((600, 600), (600, 400)))
    screen.until(lambda: screen.page_element.y < top - 100, "the page was pushed up")
    assert screen.marks() == []


def test_a_palm_neither_draws_nor_moves_the_page(ink_tablet: Tablets):
    screen = ink_tablet()
    screen.choose("pen")
    pen, touch = Pen(screen.page), TouchInput(screen.page)
    before = screen.page_element
    pen.down((500, 300))
    touch.down((700, 600), radius=40)
    for step in range(1, 11):
        pen.move((500 + 20 * step, 300))
        touch.move((700, 600 - 20 * step))
    pen.up((700, 300))
    touch.up()
    # A little later it still lies there.
    touch.stroke(line((700, 600), (700, 300)), radius=40)
    assert len(screen.marks()) == 1
    assert screen.page_element == before


def test_a_palm_that_was_there_first_gives_way_to_the_pen(ink_tablet: Tablets):
    screen = ink_tablet()
    screen.choose("pen")
    pen, touch = Pen(screen.page), TouchInput(screen.page)
    pen.hover((500, 300))
    touch.down((800, 700), radius=10)
    pen.stroke(line((500, 300), (700, 300)))
    before = screen.page_element
    touch.move((800, 300))
    touch.up()
    assert len(screen.marks()) == 1
    assert screen.page_element == before


def test_what_the_system_takes_away_leaves_nothing(ink_tablet: Tablets):
    screen = ink_tablet()
    screen.choose("pen")
    clean = screen.picture()
    touch = TouchInput(screen.page)
    touch.down(screen.at(0.2, 0.4))
    for point in line(screen.at(0.2, 0.4), screen.at(0.7, 0.5)):
        touch.move(point)
    assert screen.picture().like(screen.at(0.45, 0.45), PEN_BLUE)
    touch.taken_away()
    assert screen.marks() == []
    assert screen.picture().image.tobytes() == clean.image.tobytes()
    assert screen.page.evaluate("tablet.ink.liveTold.at(-1).gone") is True


def test_a_second_finger_takes_the_beginning_of_a_stroke_back_and_zooms(ink_tablet: Tablets):
    screen = ink_tablet()
    screen.choose("pen")
    clean = screen.picture()
    before = screen.page_element.width
    Fingers(screen.page).pinch((600, 400), 100, 250)
    assert screen.marks() == []
    assert screen.page_element.width == pytest.approx(before * 2.5, rel=0.1)
    assert clean.count(PEN_BLUE, off=8) == 0
    assert screen.picture().count(PEN_BLUE, off=8) == 0


def test_two_fingers_undo_and_three_redo(ink_tablet: Tablets):
    screen = ink_tablet()
    screen.choose("pen")
    touch = TouchInput(screen.page)
    for y in (300, 360):
        touch.stroke(line((400, y), (700, y)))
    assert len(screen.marks()) == 2
    page_element = screen.page_element
    touch.tap((500, 500), (600, 500))
    assert len(screen.marks()) == 1
    assert not screen.picture().like((550, 360), PEN_BLUE)
    assert screen.picture().like((550, 300), PEN_BLUE)
    touch.tap((480, 500), (560, 500), (640, 500))
    assert len(screen.marks()) == 2
    assert screen.picture().like((550, 360), PEN_BLUE)
    assert screen.page_element == page_element


def test_others_ink_is_seen_while_it_is_written(ink_tablet: Tablets):
    screen = ink_tablet()
    clean = screen.picture()
    points = [[0.2 + 0.01 * i, 0.4, 0.5] for i in range(40)]
    wet = {"id": "w" * 20, "style": {"color": "#b3261e", "width": 2.6, "opacity": 1}}
    for many in (10, 25, 40):
        screen.show_wet({**wet, "points": points[:many]})
    seen = screen.picture()
    assert seen.like(screen.at(0.22, 0.4), SHAPE_RED)
    assert seen.like(screen.at(0.58, 0.4), SHAPE_RED)
    screen.show_wet()
    assert screen.picture().image.tobytes() == clean.image.tobytes()


def test_a_page_that_turns_under_the_pen_keeps_what_was_written(ink_tablet: Tablets, ink_papers):
    screen = ink_tablet()
    screen.choose("pen")
    pen = Pen(screen.page)
    pen.down((400, 300))
    for x in range(410, 600, 10):
        pen.move((x, 300))
    screen.turn(ink_papers["plain"], 2)
    pen.move((620, 320))
    pen.up((640, 340))
    assert screen.marks() == []
    pen.stroke(line((400, 400), (500, 400)))
    assert len(screen.marks()) == 1
    screen.turn(ink_papers["plain"], 1)
    (stroke,) = screen.strokes()
    assert stroke[-1][0] == pytest.approx(screen.across(590), abs=3e-3)
    assert screen.picture().like((500, 300), PEN_BLUE)


def test_a_long_scribble_is_whole(ink_tablet: Tablets, artifacts):
    screen = ink_tablet()
    screen.choose("pen")
    pen = Pen(screen.page)
    # Ten rows over the same place; more points than one packet to the room holds (400).
    in_a_row = sized(50, 250)
    apart = 500 // in_a_row
    points = [
        (300 + apart * (i % in_a_row), 200 + 12 * (i // in_a_row) + i % 2)
        for i in range(10 * in_a_row)
    ]
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
