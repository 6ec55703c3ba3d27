"""The registry of features: the order of hooks, and views that features add fields to."""

from typing import cast

import msgspec
import pytest

from core.transactions.transaction import Tx
from meetings.shared.feature import Feature, Features
from meetings.shared.models import Meeting
from meetings.shared.view_parts import ViewPart, composed, composed_type

TX, MEETING = cast(Tx, None), Meeting(id="m")


class View(msgspec.Struct, frozen=True, kw_only=True):
    """A view."""

    first: int
    last: int = 9


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What a feature adds."""

    between: str


def part(after: str | None = "first", note: str = "") -> ViewPart[str]:
    """One that gives what it is read for."""
    return ViewPart(fields=Added, read=lambda given: Added(between=given), after=after, note=note)


def test_a_meeting_is_deleted_from_the_last_feature_to_the_first():
    calls: list[str] = []

    def noting(name: str) -> Feature:
        return Feature(
            name=name,
            on_meeting_created=lambda tx, meeting, template: calls.append(name),
            on_meeting_deleting=lambda tx, meeting: calls.append(f"without {name}"),
        )

    features = Features([noting("agenda"), Feature(name="nothing"), noting("voting")])
    features.meeting_created(TX, MEETING, None)
    features.meeting_deleting(TX, MEETING)
    assert calls == ["agenda", "voting", "without voting", "without agenda"]


def test_no_two_features_have_the_same_name():
    with pytest.raises(ValueError):
        Features([Feature(name="agenda"), Feature(name="agenda")])


def test_the_fields_of_a_part_follow_the_one_that_it_names():
    made = composed_type(View, (part(),))
    assert made.__name__ == "View"
    assert msgspec.json.encode(composed(made, (part(),), "x", first=1)) == (
        b'{"first":1,"between":"x","last":9}'
    )
    assert composed_type(View, (part(after=None),)).__struct_fields__[-1] == "between"


def test_a_note_of_a_part_stands_in_the_description():
    shape = msgspec.json.schema(composed_type(View, (part(note="between: a word."),)))
    assert shape["$defs"]["View"]["description"] == "A view.\n\nbetween: a word."


def test_a_part_without_its_place_is_an_error():
    with pytest.raises(ValueError, match="nowhere"):
        composed_type(View, (part(after="nowhere"),))
