"""Marks for annotated PDFs, and papers with them, made by a real render child."""

import io
import math
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pypdf

from documents.annotations.kinds.registry import Kind
from documents.annotations.pdf.appearance import Style
from documents.annotations.pdf.spec import Head, Mark, write_spec
from documents.render_protocol import Annotated
from documents.rendering.children import FOR_AN_EXPORT, DocumentRenderer, RenderChild, WallLimits

MADE = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
CHANGED = datetime(2026, 11, 24, 2, 30, 5, tzinfo=UTC)
AUTHOR = "Nguyễn Thị Minh Khai"
WORDS = "Đề nghị Ủy ban nhân dân xã giải trình, bổ sung kinh phí cho thôn Phước Lộc"
HEAD = Head(notes_title="Nội dung ghi chú", page_word="Trang")
ROOM = 64 * 1024 * 1024

COLORS = {
    "ink": "#1c4fa1",
    "highlight": "#ffd84d",
    "underline": "#b3261e",
    "strike": "#17694c",
    "note": "#ff9ec4",
    "text": "#1d1a16",
    "arrow": "#6a3fa0",
    "rectangle": "#0a8f9a",
}
"""Of each kind, so that a picture tells them apart."""

SHAPES: dict[str, Any] = {
    "ink": {"strokes": [[[0.1, 0.1, 0.5], [0.2, 0.12, 0.9], [0.3, 0.1, 0.2]]]},
    "highlight": {"boxes": [[0.1, 0.2, 0.6, 0.22], [0.1, 0.23, 0.35, 0.25]]},
    "underline": {"boxes": [[0.1, 0.3, 0.5, 0.32]]},
    "strike": {"boxes": [[0.1, 0.35, 0.5, 0.37]]},
    "note": {"at": [0.8, 0.15]},
    "text": {"box": [0.55, 0.4, 0.9, 0.5]},
    "arrow": {"from": [0.2, 0.7], "to": [0.45, 0.55]},
    "rectangle": {"box": [0.6, 0.6, 0.85, 0.8]},
}


def mark(kind: str, page: int = 1, shape: Any = None, **facts: Any) -> Mark:
    """One mark; `facts` may hold a style's color, width, opacity, size, and what a Mark has."""
    style = Style(
        facts.pop("color", COLORS[kind]),
        facts.pop("width", 2.6),
        facts.pop("opacity", 1.0),
        facts.pop("size", 20.0),
    )
    given = {
        "id": f"{kind}-{page:04d}-0000000",
        "text": WORDS if kind in ("note", "text") else None,
        "author": AUTHOR,
        "subject": "Chỉ mình tôi thấy",
        "byline": f"{AUTHOR} · 09:00, 24/11/2026",
        "created_at": MADE,
        "updated_at": CHANGED,
        **facts,
    }
    geometry = msgspec.Raw(msgspec.json.encode(shape or SHAPES[kind]))
    return Mark(page=page, kind=Kind(kind), geometry=geometry, style=style, **given)


def every_kind(page: int = 1) -> list[Mark]:
    """A mark of each kind."""
    return [mark(kind, page) for kind in SHAPES]


def pages_of(paper: Path | bytes) -> list[Any]:
    """The pages of a paper as another program sees them."""
    file = io.BytesIO(paper) if isinstance(paper, bytes) else paper
    return list(pypdf.PdfReader(file).pages)


def wave(points: int, x: float = 0.1, y: float = 0.5, wide: float = 0.3) -> list[list[float]]:
    """A stroke like handwriting."""
    return [
        [
            round(x + wide * at / points, 5),
            round(y + 0.02 * math.sin(at / 3), 5),
            round(0.3 + 0.5 * abs(math.sin(at / 7)), 2),
        ]
        for at in range(points)
    ]


def spec_of(marks: Sequence[Mark], path: Path) -> Path:
    """The specification of these marks."""
    with path.open("wb") as file:
        write_spec(file, HEAD, marks)
    return path


def annotated(
    original: bytes | Path,
    folder: Path,
    marks: Sequence[Mark],
    *,
    flat: bool = False,
    limits: WallLimits = FOR_AN_EXPORT,
) -> tuple[Path, Annotated]:
    """A copy of a paper with these marks. Raises RenderRefused."""
    result = folder / f"{'flat' if flat else 'annotated'}.pdf"
    result.unlink(missing_ok=True)
    if isinstance(original, bytes):
        result.write_bytes(original)
    else:
        shutil.copyfile(original, result)
    spec = spec_of(marks, folder / "marks.spec")
    limit = result.stat().st_size + ROOM
    start = partial(RenderChild, file_bytes=limit)
    with DocumentRenderer(result, limits, start=start, results=folder) as paper:
        return result, paper.annotate(spec, flat=flat)
