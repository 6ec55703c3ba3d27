"""The tools on a page, with real input: eraser, selection, highlighter, text, shapes, notes."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Tablets
from tests.browser.fingers import Fingers, box_of
from tests.browser.ink_screen import (
    MARKER_YELLOW,
    PEN_BLUE,
    SHAPE_RED,
    Pen,
    TouchInput,
    close,
    ink_of,
    line,
)


def test_the_eraser_takes_whole_strokes_of_ones_own_in_one_step(ink_tablet: Tablets, artifacts):
    screen = ink_tablet()
    screen.choose("pen")
    pen = Pen(screen.page)
    for y in (300, 340, 380):
        pen.stroke(line((400, y), (700, y)))
    pen.stroke(line((450, 280), (450, 420)))
    stranger = ink_of([0.3, 0.42, 0.5], [0.6, 0.42, 0.5])
    screen.arrive({"id": "another_s_stroke_1", "author": "another", **stranger})
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


def test_an_eraser_that_is_taken_away_gives_everything_back(ink_tablet: Tablets):
    screen = ink_tablet()
    screen.choose("pen")
    touch = TouchInput(screen.page)
    touch.stroke(line((400, 300), (700, 300)))
    screen.choose("eraser")
    touch.down((550, 260))
    touch.move((550, 340))
    assert not screen.picture().like((450, 300), PEN_BLUE)
    touch.taken_away()
    assert screen.picture().like((450, 300), PEN_BLUE)
    assert len(screen.marks()) == 1


def test_the_pens_other_end_erases(ink_tablet: Tablets):
    screen = ink_tablet()
    screen.choose("pen")
    Pen(screen.page).stroke(line((400, 300), (700, 300)))
    # Chromium's protocol knows no eraser: the events are made in the page.
    screen.page.evaluate(
        """() => {
          const viewport = document.querySelector(".viewport");
          const send = (type, y, buttons) => viewport.dispatchEvent(new PointerEvent(type, {
            pointerId: 1, pointerType: "pen", clientX: 550, clientY: y, buttons, button: 5,
            bubbles: true, pressure: 0.5 }));
          send("pointerdown", 260, 32);
          for (let y = 265; y < 340; y += 5) send("pointermove", y, 32);
          send("pointerup", 340, 0);
        }"""
    )
    assert screen.marks() == []
    assert screen.page.evaluate("tablet.viewer.ink.tool") == "pen"


def test_what_is_chosen_is_framed_moved_and_removed(ink_tablet: Tablets, artifacts):
    screen = ink_tablet()
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
    before = screen.strokes()[0][0]
    screen.page.keyboard.press("ArrowDown")
    assert screen.strokes()[0][0][1] > before[1]
    screen.page.keyboard.press("Delete")
    assert len(screen.marks()) == 1
    expect(screen.page.locator(".ink-frame")).to_be_hidden()
    assert not screen.picture().like((600, 384), PEN_BLUE)


def test_a_box_round_marks_chooses_them_and_they_stay_on_the_page(ink_tablet: Tablets):
    screen = ink_tablet()
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
    first, second, third = screen.strokes()
    assert first[-1][0] == pytest.approx(1, abs=1e-4)
    assert second[0][1] - first[0][1] == pytest.approx(40 / screen.page_element.height, abs=2e-4)
    assert third[0][0] == pytest.approx(screen.across(400), abs=2e-3)


def test_a_highlighter_straightens_over_a_line_and_lets_the_print_through(
    ink_tablet: Tablets, artifacts
):
    screen = ink_tablet()
    screen.choose("highlighter")
    words = screen.words()
    x0, y0, x1, y1 = words[0][0], words[0][1], words[3][2], words[0][3]
    middle = (y0 + y1) / 2
    before = screen.picture()
    Pen(screen.page).stroke(line(screen.at(x0, middle - 0.006), screen.at(x1, middle + 0.006)))
    (mark,) = screen.marks()
    (first, last) = mark["geometry"]["strokes"][0]
    assert first[1] == last[1] == pytest.approx(middle, abs=1e-4)
    seen = screen.picture()
    screen.window.shot(artifacts, "highlighter")
    blank, dark = before.extremes(screen, (x0, y0, x1, y1))
    after_blank, after_dark = seen.extremes(screen, (x0, y0, x1, y1))
    assert max(blank) - min(blank) < 8
    assert max(dark) < 60
    assert close(after_blank, MARKER_YELLOW, 40)
    assert max(after_dark) < 60, "print stays as dark as it was"


def test_marks_on_text_follow_the_words(ink_tablet: Tablets, artifacts):
    screen = ink_tablet()
    words = []
    for number, kind in enumerate(("highlight", "underline", "strike")):
        screen.choose(kind)
        words = screen.words()
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


def test_shapes_are_dragged_and_texts_and_notes_placed(ink_tablet: Tablets, artifacts):
    screen = ink_tablet()
    pen = Pen(screen.page)
    screen.choose("rectangle")
    pen.stroke(line((400, 300), (600, 400)))
    screen.choose("arrow")
    pen.stroke(line((650, 300), (800, 400)))
    screen.choose("rectangle")
    pen.stroke([(500, 500)])
    seen = screen.picture()
    assert seen.like((500, 300), SHAPE_RED)
    assert seen.like((400, 350), SHAPE_RED)
    assert seen.like((725, 350), SHAPE_RED)
    assert [mark["kind"] for mark in screen.marks()] == ["rectangle", "arrow"]
    screen.choose("text")
    pen.stroke(line((300, 500), (500, 560)))
    pen.stroke([(700, 600)])
    screen.choose("note")
    pen.stroke([(350, 650)])
    drawn, tapped, note = (one["shape"] for one in screen.told("placed"))
    assert drawn["geometry"]["box"][0] == pytest.approx(screen.across(300), abs=2e-3)
    assert tapped["geometry"]["box"][0] == pytest.approx(screen.across(700), abs=0.1)
    assert note["geometry"]["at"][0] == pytest.approx(screen.across(350), abs=2e-3)
    screen.window.shot(artifacts, "shapes")


def test_notes_are_buttons_that_open_by_finger_pen_and_key(ink_tablet: Tablets, artifacts):
    screen = ink_tablet()
    note = {"kind": "note", "geometry": {"at": [0.3, 0.3]}, "text": "Hỏi lại số liệu"}
    screen.arrive({"id": "a_note_on_the_page", **note})
    marker = screen.page.get_by_role("button", name=re.compile("Hỏi lại số liệu"))
    expect(marker).to_be_visible()
    box = box_of(marker)
    assert (box.width, box.height) == pytest.approx((48, 48), abs=0.5)
    TouchInput(screen.page).tap(screen.at(0.3, 0.3))
    screen.until(lambda: len(screen.told("opened")) == 1, "a finger opens it")
    screen.choose("pen")
    Pen(screen.page).stroke([screen.at(0.3, 0.3)])
    screen.until(lambda: len(screen.told("opened")) == 2, "a pen opens it")
    Pen(screen.page).stroke(line(screen.at(0.3, 0.3), screen.at(0.5, 0.3)))
    assert len(screen.strokes()) == 1, "a pen writes over it"
    marker.focus()
    screen.page.keyboard.press("Enter")
    screen.until(lambda: len(screen.told("opened")) == 3, "a key opens it")
    screen.choose(None)
    Fingers(screen.page).pinch(screen.at(0.3, 0.3), 60, 180)
    assert box_of(marker).width == pytest.approx(48, abs=1), "it does not grow with the page"
    screen.window.shot(artifacts, "note")


def test_a_note_is_moved_by_its_marker(ink_tablet: Tablets):
    screen = ink_tablet()
    note = {"kind": "note", "geometry": {"at": [0.3, 0.3]}, "text": "Hỏi lại số liệu"}
    screen.arrive({"id": "a_note_on_the_page", **note})
    screen.choose("select")
    marker = screen.page.locator(".ink-note")
    there = screen.at(0.5, 0.4)

    def is_there() -> bool:
        box = box_of(marker)
        return (box.x + 24, box.y + 24) == pytest.approx(there, abs=2)

    touch = TouchInput(screen.page)
    touch.down(screen.at(0.3, 0.3))
    for point in line(screen.at(0.3, 0.3), there):
        touch.move(point)
    # A finger's last move is told to the page with its next frame.
    screen.until(is_there, "the marker is under the finger")
    touch.up()
    (mark,) = screen.marks()
    assert mark["geometry"]["at"] == pytest.approx([0.5, 0.4], abs=2e-3)
    screen.until(is_there, "the marker stays where it was let go")
    assert screen.told("opened") == []


def test_what_lies_across_an_erased_stroke_is_drawn_anew_and_nothing_else(ink_tablet: Tablets):
    screen = ink_tablet()
    many = [(0.1 + 0.04 * i, 0.1 + 0.02 * i) for i in range(20)]
    for number in range(20):
        x = 0.12 + 0.04 * number
        stroke = ink_of([x, 0.1, 0.5], [x, 0.6, 0.5])
        screen.arrive({"id": f"one_of_many_strokes_{number}", "author": "another", **stroke})
    before = screen.picture()
    screen.choose("pen")
    Pen(screen.page).stroke([screen.at(*spot) for spot in many])
    assert screen.picture().count(PEN_BLUE) > 300
    screen.page.evaluate("tablet.ink.undo()")
    # Soft edges that are drawn in a part of the canvas may be a shade off.
    assert screen.picture().farthest(before) <= 3
