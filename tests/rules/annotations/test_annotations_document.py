"""docs/annotations.md says what the program does: its examples are tried, its numbers compared."""

import json
import re
from collections.abc import Iterator
from itertools import permutations

import msgspec
import pytest

import app  # noqa: F401 - everything that declares is imported
from core import errors
from core.db.resync_rules import KEPT
from core.http.endpoints import MAX_JSON
from core.paths import ROOT
from core.permissions import Role
from documents.annotations import declares, rules, views
from documents.annotations.declares import Action
from documents.annotations.kinds.registry import Kind, read_geometry
from documents.annotations.rules import Audience, HtmlInText, check_plain
from meetings.room import live_ink, ticks
from tests.rules.annotations.test_annotation_rules import merged

TEXT = (ROOT / "docs" / "annotations.md").read_text()


def table(first: str) -> Iterator[list[str]]:
    """The rows of the table whose head begins with this cell."""
    lines = TEXT.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"| {first} |"))
    for line in lines[start + 2 :]:
        if not line.startswith("|"):
            return
        yield [cell.strip() for cell in line.strip("|").split("|")]


def test_every_kind_has_an_example_that_is_taken():
    examples = {kind.strip("`"): cell.split("`")[1] for kind, cell in table("Kind")}
    assert set(examples) == {kind.value for kind in Kind}
    for kind, example in examples.items():
        read = read_geometry(Kind(kind), example.encode())
        assert json.loads(msgspec.json.encode(read)) == json.loads(example)


def test_texts_are_taken_or_refused_as_said():
    found = {text.strip("`"): said for text, said in table("Text")}
    assert set(found.values()) == {"taken", "refused"}
    for text, said in found.items():
        if said == "taken":
            check_plain(text)
        else:
            with pytest.raises(HtmlInText):
                check_plain(text)


def test_audiences_and_permissions_are_those_of_the_program():
    assert [row[0].strip("`") for row in table("Audience")] == [
        "private",
        "person",
        "meeting",
    ]
    assert {row[0].strip("`") for row in table("Audience")} == set(Audience)
    columns = (Role.GUEST, Role.MEMBER, Role.SECRETARY, Role.CHAIR)
    actions = (Action.READ, Action.WRITE, Action.SHARE, Action.CLEAR)
    rows = list(table("May"))
    assert len(rows) == len(actions)
    for action, (_, *cells) in zip(actions, rows, strict=True):
        allowed = {role for role, cell in zip(columns, cells, strict=True) if cell == "yes"}
        assert allowed == declares.permissions[action]
    assert set(actions) == set(Action)


def test_events_are_those_of_the_program():
    mine = {
        kind: event.mine
        for kind, event in vars(declares).items()
        if isinstance(event, type)
        and hasattr(event, "mine")
        and event.__module__ == declares.__name__
        for kind in [event.type]  # type: ignore[attr-defined]
    }
    said = {kind.strip("`"): stream != "room" for kind, stream, _ in table("Event")}
    assert said == mine


@pytest.mark.parametrize(("news", "stands"), list(table("News, in any order")))
def test_news_merge_as_said(news, stands):
    told = [(what, int(revision)) for what, revision in re.findall(r"`(put|removed) (\d)`", news)]
    assert told
    for order in permutations(told):
        known, gone = merged(order)
        assert stands.strip("`") == ("gone" if known is None and gone else str(known))


def number(text: str) -> float:
    return float(text.replace(",", "").split(" ")[0])


def test_limits_are_those_of_the_program():
    said = dict(table("What"))
    assert number(said["points of all strokes of one annotation"]) == rules.MOST_POINTS
    assert number(said["marked lines of one annotation"]) == rules.MOST_BOXES
    on_a_page = said["annotations of one person on one page of a version"]
    assert number(on_a_page) == rules.MOST_ON_A_PAGE
    assert number(said["characters of a text"]) == rules.LONGEST_TEXT
    assert number(said["characters of each part of an anchor"]) == views.LONGEST_QUOTE
    assert number(said["annotations in a batch"]) == views.MOST_AT_ONCE
    assert number(said["body of a request"]) * 1024 == MAX_JSON
    assert said["width of lines"] == f"{rules.NARROWEST:g} to {rules.WIDEST:g}"
    assert said["size of letters"] == f"{rules.SMALLEST_LETTERS:g} to {rules.LARGEST_LETTERS:g}"
    assert said["opacity"] == f"{rules.FAINTEST:g} to 1"
    assert len(said) == 10
    assert f"at most {live_ink.MOST_STROKES} parts" in TEXT
    assert f"and {live_ink.MOST_POINTS} points" in TEXT
    assert f"`room.tick` {1 / ticks.TICK:g} times" in TEXT
    assert f"last {KEPT:,} events" in TEXT
    assert f"1/{rules.GRID:,}" in TEXT


def test_refusals_are_those_of_the_program():
    said = {code.strip("`"): int(status) for code, status, _ in table("Refusal")}
    assert said == {code: errors.known[code].status for code in said}
    assert {refusal.code for refusal in views.REFUSES} | {"stale_revision"} <= set(said)
    assert list(said.values()) == sorted(said.values())


def test_the_packed_example_is_what_is_kept():
    shape, kept = re.findall(r"`([^`]+)` is kept as\s+`([0-9a-f ]+)`", TEXT)[0]
    assert read_geometry(Kind.INK, shape.encode()).packed().hex() == kept.replace(" ", "")
