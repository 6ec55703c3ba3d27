"""What an annotation may be: its grid, its shapes, its texts; and whose change counts."""

from itertools import permutations
from math import nan

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InvalidInput, MalformedRequest
from documents.annotations.kinds.geometry import Boxes, Frame
from documents.annotations.kinds.ink import Ink
from documents.annotations.kinds.registry import KINDS, Kind, read_geometry
from documents.annotations.rules import (
    GRID,
    LONGEST_TEXT,
    MOST_BOXES,
    MOST_ON_A_PAGE,
    MOST_POINTS,
    AnnotationDeleted,
    Audience,
    GeometryDoesNotFit,
    HtmlInText,
    OffThePage,
    StaleRevision,
    TooManyAnnotations,
    TooManyPoints,
    box_on_grid,
    check_addressed,
    check_plain,
    check_revision,
    check_room_on_page,
    on_grid,
    put_applies,
    removal_applies,
)

FRACTION = st.floats(0, 1)
NEARLY = st.floats(-0.5, 1.5)


def as_json(value: object) -> bytes:
    return msgspec.json.encode(value)


@given(FRACTION)
def test_the_grid_is_near_and_is_left_alone(fraction):
    placed = on_grid(fraction)
    assert abs(placed - fraction) <= 0.5 / GRID + 1e-12
    assert on_grid(placed) == placed
    assert placed == round(placed, 5)
    assert 0 <= placed <= 1


@given(st.integers(0, GRID))
def test_every_place_of_the_grid_is_itself(place):
    assert on_grid(place / GRID) == place / GRID


@pytest.mark.parametrize("half", [0.000005, 0.000015, 0.125005, 0.5])
def test_halves_go_up_as_they_do_on_a_tablet(half):
    assert on_grid(half) == int(half * GRID + 0.5) / GRID


def test_nought_has_no_sign():
    assert str(on_grid(-0.0)) == "0.0"


@pytest.mark.parametrize("off", [-1e-9, 1 + 1e-9, nan, float("inf"), float("-inf"), 1e300])
def test_what_is_off_the_page_is_refused(off):
    with pytest.raises(OffThePage):
        on_grid(off)


@given(st.tuples(NEARLY, NEARLY, NEARLY, NEARLY))
def test_a_box_is_upright_and_on_the_page_or_refused(box):
    x0, y0, x1, y1 = box
    if not all(0 <= side <= 1 for side in box):
        with pytest.raises(OffThePage):
            box_on_grid(box)
    elif on_grid(x0) > on_grid(x1) or on_grid(y0) > on_grid(y1):
        with pytest.raises(GeometryDoesNotFit):
            box_on_grid(box)
    else:
        assert box_on_grid(box) == tuple(map(on_grid, box))


WRONG_SHAPES = [
    (b"null", "a geometry is an object"),
    (b"[]", "a list"),
    (b'"ink"', "a text"),
    (b"{}", "nothing in it"),
    (b'{"strokes":[[[0.1,0.1,0.5]]],"boxes":[]}', "two geometries"),
    (b'{"strokes":[[[0.1,0.1]]]}', "no pressure"),
    (b'{"strokes":[[[0.1,0.1,0.5,0.5]]]}', "four numbers"),
    (b'{"strokes":[[[0.1,0.1,"0.5"]]]}', "a number as text"),
    (b'{"strokes":[[[true,0.1,0.5]]]}', "a truth"),
    (b'{"strokes":[[[null,0.1,0.5]]]}', "nothing"),
    (b'{"strokes":[[[0.1,0.1,1.01]]]}', "pressed too hard"),
    (b'{"strokes":[[[0.1,0.1,-0.01]]]}', "pulled"),
    (b'{"strokes":[[[1e999,0.1,0.5]]]}', "no number that fits"),
    (b'{"strokes":[[]]}', "an empty stroke"),
    (b'{"strokes":[[[0.1,0.1,0.5]],[]]}', "an empty stroke behind"),
    (b'{"strokes":[]}', "no stroke"),
    (b'{"strokes":{"0":[]}}', "an object of strokes"),
]


@pytest.mark.parametrize(("raw", "why"), WRONG_SHAPES, ids=[why for _, why in WRONG_SHAPES])
def test_what_is_no_ink_is_refused(raw, why):
    with pytest.raises(GeometryDoesNotFit):
        read_geometry(Kind.INK, raw)


def test_what_is_no_unicode_is_no_request():
    with pytest.raises(MalformedRequest):
        read_geometry(Kind.INK, b'{"str\xffokes":[]}')


RIGHT = {
    Ink: {"strokes": [[[0.1, 0.2, 0.5], [0.3, 0.4, 1]]]},
    Boxes: {"boxes": [[0.1, 0.2, 0.3, 0.4], [0.0, 0.0, 1.0, 1.0]]},
    KINDS[Kind.NOTE].geometry: {"at": [0.1, 0.2]},
    Frame: {"box": [0.1, 0.2, 0.3, 0.4]},
    KINDS[Kind.ARROW].geometry: {"from": [0.9, 0.8], "to": [0.1, 0.2]},
}


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_takes_its_own_geometry_and_no_other(kind):
    for shape, given_one in RIGHT.items():
        if shape is KINDS[kind].geometry:
            read = read_geometry(kind, as_json(given_one))
            assert msgspec.json.decode(as_json(read)) == given_one
        else:
            with pytest.raises(GeometryDoesNotFit):
                read_geometry(kind, as_json(given_one))


def test_the_limit_of_points_is_of_all_strokes_together():
    point = [0.5, 0.5, 0.5]
    whole = [[point] * (MOST_POINTS - 1), [point]]
    read = read_geometry(Kind.INK, as_json({"strokes": whole}))
    assert len(list(read.points())) == 10_000
    with pytest.raises(TooManyPoints) as refused:
        read_geometry(Kind.INK, as_json({"strokes": [*whole, [point]]}))
    assert refused.value.params == {"limit": MOST_POINTS}


def test_the_limit_of_marked_lines():
    line = [0.1, 0.1, 0.9, 0.12]
    read = read_geometry(Kind.STRIKE, as_json({"boxes": [line] * MOST_BOXES}))
    assert len(list(read.points())) == 2 * 500
    for wrong, refusal in ((MOST_BOXES + 1, TooManyPoints), (0, GeometryDoesNotFit)):
        with pytest.raises(refusal):
            read_geometry(Kind.STRIKE, as_json({"boxes": [line] * wrong}))


def test_the_points_of_every_geometry():
    found = {
        kind: list(read_geometry(kind, as_json(RIGHT[KINDS[kind].geometry])).points())
        for kind in Kind
    }
    assert found[Kind.INK] == [(0.1, 0.2), (0.3, 0.4)]
    assert found[Kind.NOTE] == [(0.1, 0.2)]
    assert found[Kind.ARROW] == [(0.9, 0.8), (0.1, 0.2)]
    assert found[Kind.RECTANGLE] == found[Kind.TEXT] == [(0.1, 0.2), (0.3, 0.4)]
    assert found[Kind.HIGHLIGHT] == [(0.1, 0.2), (0.3, 0.4), (0.0, 0.0), (1.0, 1.0)]


@given(
    st.sampled_from(Kind),
    st.binary(max_size=60)
    | st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(max_size=4),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(
                st.sampled_from(["strokes", "boxes", "at", "box", "from", "to", "x"]), inner
            )
        ),
        max_leaves=12,
    ).map(as_json),
)
def test_anything_is_read_or_refused_with_a_code(kind, raw):
    try:
        msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return  # What is no JSON is refused before the geometry is looked at.
    try:
        read = read_geometry(kind, raw)
    except (GeometryDoesNotFit, OffThePage):
        pass
    else:
        assert all(on_grid(x) == x and on_grid(y) == y for x, y in read.points())


PLAIN = [
    None,
    "",
    "a < b",
    "a < b và c > d",
    "x<y và y>z",
    "x<y and y>z",
    "tăng <5% so với năm 2025, > 3% so với kế hoạch",
    "1 <2> 3",
    "Cân đối thu < chi; chi > dự toán",
    "<-- xem mục này",
    "mũi tên --> và <--",
    "a <= b => c",
    "<3",
    "Kính gửi: <Ông Nguyễn Văn Tư>",
    "nếu a<b và c=d thì >",
    "R&D &lt;b&gt;",
    "< b >",
    "wow <?> và <!>",
]
HTML = [
    "<b>",
    "xem <b>kỹ</b>",
    "</p>",
    "<br/>",
    "<br />",
    "<BR>",
    "<script>alert(1)</script>",
    "<script src=//x>",
    "<img src=x onerror=alert(1)>",
    "<img\nsrc=x onerror=alert(1)",
    '<img alt="<" src=x>',
    "<svg/onload=alert(1)>",
    "<a href='x'>",
    "a<a href = x>",
    "<iframe srcdoc='<p>'>",
    "<!-- ẩn -->",
    "<!DOCTYPE html>",
    "<?xml version='1.0'?>",
    "<x-than>",
    "<h1 >",
]


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text_is_taken(text):
    check_plain(text)


@pytest.mark.parametrize("text", HTML)
def test_html_is_refused(text):
    with pytest.raises(HtmlInText):
        check_plain(text)


@given(st.text(alphabet=st.characters(exclude_characters="<")))
def test_what_opens_no_tag_is_plain(text):
    check_plain(text)


def test_a_text_box_has_a_text_and_only_that():
    for kind in Kind:
        KINDS[kind].check_text("Đề nghị làm rõ")
        if kind is not Kind.TEXT:
            KINDS[kind].check_text(None)
    for nothing in (None, ""):
        with pytest.raises(InvalidInput):
            KINDS[Kind.TEXT].check_text(nothing)


def test_a_text_is_as_long_as_it_may_be_and_no_longer():
    KINDS[Kind.NOTE].check_text("ấ" * LONGEST_TEXT)
    with pytest.raises(InvalidInput):
        KINDS[Kind.NOTE].check_text("ấ" * (LONGEST_TEXT + 1))


def test_one_person_is_named_exactly_when_it_is_for_one():
    for audience in Audience:
        for user_id in (None, "somebody"):
            if (audience is Audience.PERSON) == (user_id is not None):
                check_addressed(audience, user_id)
            else:
                with pytest.raises(InvalidInput):
                    check_addressed(audience, user_id)


@given(st.integers(0, MOST_ON_A_PAGE + 5), st.integers(1, 100))
def test_a_page_takes_so_many_of_one_person(before, more):
    if before + more <= MOST_ON_A_PAGE:
        check_room_on_page(before, more)
    else:
        with pytest.raises(TooManyAnnotations):
            check_room_on_page(before, more)


@given(st.integers(1, 5), st.integers(1, 5), st.booleans())
def test_a_deletion_wins_over_every_change_and_the_newer_revision_over_the_older(
    standing, said, deleted
):
    if deleted:
        with pytest.raises(AnnotationDeleted):
            check_revision(standing, said, deleted=True)
    elif standing != said:
        with pytest.raises(StaleRevision):
            check_revision(standing, said, deleted=False)
    else:
        check_revision(standing, said, deleted=False)


def merged(news: tuple[tuple[str, int], ...]) -> tuple[int | None, int | None]:
    """What is known of one annotation after these, as every receiver reckons: (shown, gone)."""
    known: int | None = None
    tombstone: int | None = None
    for what, revision in news:
        if what == "put":
            if put_applies(revision, known, tombstone):
                known, tombstone = revision, None
        elif removal_applies(revision, known, tombstone):
            known, tombstone = None, revision
    return known, tombstone


NEWS = st.lists(st.tuples(st.sampled_from(["put", "removed"]), st.integers(1, 4)), max_size=5)


@given(NEWS)
def test_the_same_news_in_any_order_end_the_same(news):
    ends = {merged(order) for order in permutations(news)}
    assert len(ends) == 1
    known, tombstone = ends.pop()
    newest_put = max((revision for what, revision in news if what == "put"), default=0)
    newest_end = max((revision for what, revision in news if what == "removed"), default=0)
    if newest_put and newest_put >= newest_end:
        # What left the room and went to its author has the same number in both: it stays.
        assert (known, tombstone) == (newest_put, None)
    elif newest_end:
        assert (known, tombstone) == (None, newest_end)
    else:
        assert (known, tombstone) == (None, None)


@given(NEWS, st.data())
def test_news_that_come_twice_change_nothing(news, data):
    doubled = data.draw(st.permutations(news + news))
    assert merged(tuple(doubled)) == merged(tuple(news))
