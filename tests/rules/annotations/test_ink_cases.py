"""The recorded cases of pens and notes: the server says what tablets say (ink_rules.test.js)."""

import json
from collections.abc import Iterator
from itertools import permutations
from typing import Any

import msgspec
import pytest

from core.errors import InvalidInput, MalformedRequest, Refusal
from core.paths import ROOT
from documents.annotations.kinds.registry import KINDS, Kind, read_geometry
from documents.annotations.rules import (
    MOST_BOXES,
    MOST_POINTS,
    GeometryDoesNotFit,
    OffThePage,
    put_applies,
    removal_applies,
)
from documents.annotations.views import AnnotationBody, draft_of

FILE = ROOT / "tests" / "js" / "ink_cases.json"
CASES: dict[str, list[Any]] = json.loads(FILE.read_text())


def whole(points: int = 0, boxes: int = 0, letters: int = 0, **draft: Any) -> dict[str, Any]:
    """What is too long to stand in the file is made from its length."""
    if points:
        draft["geometry"] = {"strokes": [[[0.5, 0.5, 0.5]] * points]}
    if boxes:
        draft["geometry"] = {"boxes": [[0.1, 0.1, 0.2, 0.2]] * boxes}
    if letters:
        draft["text"] = "ấ" * letters
    return draft


def fault_of(draft: dict[str, Any]) -> str | None:
    """The code that a request with this draft is refused with before anything is looked up."""
    try:
        draft_of(msgspec.json.decode(msgspec.json.encode(draft), type=AnnotationBody))
    except msgspec.ValidationError:
        return InvalidInput.code
    except msgspec.DecodeError:
        return MalformedRequest.code
    except Refusal as refusal:
        return refusal.code
    return None


@pytest.mark.parametrize("case", CASES["faults"], ids=lambda case: str(case["fault"]))
def test_a_draft_is_sound_or_at_fault_as_recorded(case):
    assert fault_of(whole(**case["draft"])) == case["fault"]


def test_the_recorded_faults_try_every_kind_and_limit():
    drafts = [whole(**case["draft"]) for case in CASES["faults"]]
    assert len(drafts) > 40
    assert {one["kind"] for one in drafts} >= set(Kind)
    sizes = {len(one["geometry"].get("boxes", ())) for one in drafts}
    sizes |= {sum(map(len, one["geometry"].get("strokes", ()))) for one in drafts}
    assert {MOST_BOXES, MOST_BOXES + 1, MOST_POINTS, MOST_POINTS + 1} <= sizes


def merged(events: tuple[dict[str, Any], ...]) -> dict[str, dict[str, int]]:
    """Revisions by id: of what stands, and of what is gone."""
    marks: dict[str, int] = {}
    gone: dict[str, int] = {}
    for event in events:
        one, revision = event["id"], event["revision"]
        if event["type"] == "put":
            if put_applies(revision, marks.get(one), gone.get(one)):
                marks[one] = revision
                gone.pop(one, None)
        elif removal_applies(revision, marks.get(one), gone.get(one)):
            gone[one] = revision
            marks.pop(one, None)
    return {"marks": marks, "gone": gone}


@pytest.mark.parametrize("case", CASES["merges"], ids=range(len(CASES["merges"])))
def test_news_merge_as_recorded_in_every_order(case):
    for order in permutations(case["events"]):
        assert merged(order) == case["state"]


def test_points_go_to_the_grid_as_recorded():
    for case in CASES["grid"]:
        raw = msgspec.json.encode({"strokes": [[case["in"]]]})
        if not all(0 <= number <= 1 for number in case["in"]):
            # A tablet draws at the edge what was off the page; a server is not told of such.
            with pytest.raises((OffThePage, GeometryDoesNotFit)):
                read_geometry(Kind.INK, raw)
        else:
            read = read_geometry(Kind.INK, raw)
            assert msgspec.to_builtins(read) == {"strokes": [[tuple(case["out"])]]}


def strokes() -> Iterator[list[list[float]]]:
    yield from (case["out"] for case in CASES["simplified"])


def test_what_a_tablet_sends_is_kept_to_the_last_figure():
    """Moved and simplified ones lie on the grid: reading, keeping and telling change nothing."""
    kinds = {"strokes": Kind.INK, "boxes": Kind.STRIKE, "at": Kind.NOTE, "box": Kind.TEXT}
    sent = [case["moved"] for case in CASES["moves"]]
    sent += [{"strokes": [stroke]} for stroke in strokes()]
    assert len(sent) >= 12
    for geometry in sent:
        kind = kinds.get(next(iter(geometry)), Kind.ARROW)
        read = read_geometry(kind, msgspec.json.encode(geometry))
        told = msgspec.json.encode(KINDS[kind].geometry.unpacked(read.packed()))
        assert json.loads(told) == geometry
