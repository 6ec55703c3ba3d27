"""Annotations that members of the demonstration have made before a visitor arrives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.actor import Actor
from core.app_context import AppContext
from core.ids import new_id
from documents.annotations.declares import Anchor, Style
from documents.annotations.kinds.geometry import Boxes, Geometry
from documents.annotations.kinds.note import At
from documents.annotations.kinds.registry import Kind
from documents.annotations.rules import Audience, Box, box_on_grid
from documents.annotations.service import Draft, add_annotations
from documents.queries import version_facts
from documents.render_protocol import Word
from documents.rendering.children import WAITED_FOR, DocumentRenderer

HIGHLIGHTER = Style("#ffd84d", 20.0, 0.45, 20.0)
RED_PEN = Style("#b3261e", 2.6, 1.0, 20.0)
BLUE_PEN = Style("#1c4fa1", 2.6, 1.0, 20.0)


@dataclass(frozen=True)
class Mark:
    """A phrase that a member marked on a page of a document, optionally with a note beside it."""

    who: str
    paper: str
    page: int
    phrase: str
    kind: Kind
    style: Style
    audience: Audience
    note: str | None = None


MARKS = (
    Mark(
        "bui.van.duc",
        "bao_cao",
        2,
        "giảm từ 165 phút xuống 110 phút",
        Kind.UNDERLINE,
        RED_PEN,
        Audience.MEETING,
        "Cách tính có gồm thời gian giải lao không? Đề nghị nói rõ khi trình bày.",
    ),
    Mark(
        "le.van.ut",
        "bao_cao",
        3,
        "giống lúa thơm, chất lượng cao chiếm 78% diện tích",
        Kind.HIGHLIGHT,
        HIGHLIGHTER,
        Audience.MEETING,
    ),
    Mark(
        "phan.thanh.tung",
        "bao_cao",
        2,
        "thực hiện 11 trong 12 kiến nghị",
        Kind.UNDERLINE,
        BLUE_PEN,
        Audience.PRIVATE,
        "Hỏi kiến nghị còn lại ở phần thảo luận.",
    ),
    Mark(
        "dang.thi.ngoc.anh",
        "tham_tra",
        2,
        "phụ thuộc hoàn toàn vào kết quả đấu giá hai khu đất",
        Kind.HIGHLIGHT,
        HIGHLIGHTER,
        Audience.MEETING,
        "Đề nghị Ủy ban nhân dân xã nêu phương án nếu đấu giá không thành.",
    ),
)


def write(context: AppContext, people: Mapping[str, str], papers: Mapping[str, str]) -> None:
    """Create the annotations. people: user ids by key; papers: document ids by key."""
    for paper in sorted({mark.paper for mark in MARKS}):
        with context.database.read() as session:
            facts = version_facts(session, papers[paper], None)
        assert facts is not None
        with DocumentRenderer(context.storage.original(facts.sha256), WAITED_FOR) as renderer:
            for mark in (one for one in MARKS if one.paper == paper):
                found = boxes_of(renderer.read_words(mark.page).words, mark.phrase)
                actor = Actor(people[mark.who], mark.who, is_admin=False, sign_in_id="")
                add_annotations(actor, papers[paper], list(_drafts(mark, found)))


def boxes_of(words: Sequence[Word], phrase: str) -> list[Box]:
    """The boxes of a phrase on a page, one for each line. Raises ValueError if it is not found."""
    wanted = phrase.split()
    for start in range(len(words) - len(wanted) + 1):
        run = words[start : start + len(wanted)]
        if all(
            word[4].strip(".,;:") == one.strip(".,;:")
            for word, one in zip(run, wanted, strict=True)
        ):
            return _lines(run)
    raise ValueError(f"not on this page: {phrase}")


def _lines(run: Sequence[Word]) -> list[Box]:
    lines: list[Box] = []
    for x0, y0, x1, y1, _ in run:
        last = lines[-1] if lines else None
        if last is not None and y0 < last[3] and x0 >= last[2]:
            lines[-1] = (last[0], min(last[1], y0), x1, max(last[3], y1))
        else:
            lines.append((x0, y0, x1, y1))
    return [box_on_grid(box) for box in lines]


def _drafts(mark: Mark, found: list[Box]) -> Sequence[Draft]:
    anchor = Anchor(mark.phrase)
    drafts = [_draft(mark, mark.kind, Boxes(found), None, anchor)]
    if mark.note is not None:
        beside = At((0.955, found[0][1]))
        drafts.append(_draft(mark, Kind.NOTE, beside, mark.note, anchor))
    return drafts


def _draft(mark: Mark, kind: Kind, geometry: Geometry, text: str | None, anchor: Anchor) -> Draft:
    return Draft(
        id=new_id(),
        version=None,
        page=mark.page,
        kind=kind,
        audience=mark.audience,
        user_id=None,
        geometry=geometry,
        style=mark.style,
        text=text,
        anchor=anchor,
    )
