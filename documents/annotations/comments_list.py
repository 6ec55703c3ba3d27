"""Builds the list of comments on a document in reading order, as text. Pure.

Annotations with text are listed with author and quote. Text marks without text take one line each.
Strokes, arrows and rectangles are counted.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import msgspec

from core.i18n import Language, text_in
from documents.annotations.declares import AnnotationView
from documents.annotations.kinds.geometry import Geometry
from documents.annotations.kinds.registry import KINDS, Kind

LONGEST_QUOTE = 600


@dataclass(frozen=True, slots=True)
class Comment:
    """heading: author, audience and time. quote: the anchor text. lines: the annotation's text."""

    heading: str
    quote: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CommentedPage:
    """Comments, text marks and counted strokes of one page; each may be empty."""

    title: str
    comments: tuple[Comment, ...]
    marked: tuple[str, ...]
    counted: str


@dataclass(frozen=True, slots=True)
class CommentsPaper:
    """The whole list. facts: lines below the title. nothing: the text of an empty list."""

    language: Language
    title: str
    subject: str
    author: str
    facts: tuple[str, ...]
    pages: tuple[CommentedPage, ...]
    nothing: str


@dataclass(frozen=True, slots=True)
class About:
    """The subject of a list: document title, version, requesting person, time, and filter."""

    title: str
    version: int
    person: str
    taken_at: str
    wanted: str


def comments_paper(
    about: About, found: Sequence[AnnotationView], headings: Sequence[str], language: Language
) -> CommentsPaper:
    """Return the list of these annotations. headings: for each, author, audience and time."""

    def localized(key: str, **facts: object) -> str:
        return text_in(language, f"comments.{key}", **facts)

    placed = sorted(
        zip(found, headings, strict=True), key=lambda one: (one[0].page, *_place(one[0]))
    )
    pages = tuple(
        _page(page, list(some), language) for page, some in groupby(placed, lambda one: one[0].page)
    )
    return CommentsPaper(
        language=language,
        title=localized("title"),
        subject=_clean(about.title),
        author=_clean(about.person),
        facts=(
            localized("version", number=about.version),
            localized("taken", person=_clean(about.person), at=about.taken_at),
            text_in(language, f"comments.of_{about.wanted}"),
        ),
        pages=pages,
        nothing="" if pages else localized("nothing"),
    )


def _page(
    page: int, found: Sequence[tuple[AnnotationView, str]], language: Language
) -> CommentedPage:
    counts = Counter(Kind(one.kind) for one, _ in found if _is_counted(one))
    counted = [
        text_in(language, f"comments.count_{kind.value}", count=counts[kind])
        for kind in KINDS
        if counts[kind]
    ]
    return CommentedPage(
        title=text_in(language, "comments.page", page=page),
        comments=tuple(
            Comment(_clean(heading), _quote(one), tuple(_lines(one.text)))
            for one, heading in found
            if one.text
        ),
        marked=tuple(
            _marked(one, language) for one, _ in found if not one.text and not _is_counted(one)
        ),
        counted=" · ".join(counted),
    )


def _is_counted(one: AnnotationView) -> bool:
    """Return whether the list shows only the number of such annotations."""
    return not one.text and KINDS[Kind(one.kind)].counted


def _marked(one: AnnotationView, language: Language) -> str:
    quote = _quote(one)
    kind = text_in(language, f"comments.kind_{one.kind}")
    return text_in(language, "comments.marked", kind=kind, quote=quote) if quote else f"{kind}."


def _quote(one: AnnotationView) -> str:
    """Return the marked or nearest words, shortened; empty without an anchor."""
    if one.anchor is None:
        return ""
    quote = " ".join(_clean(one.anchor.text).split())
    return quote if len(quote) <= LONGEST_QUOTE else f"{quote[:LONGEST_QUOTE].rstrip()}…"


def _lines(text: str | None) -> Iterator[str]:
    yield from filter(None, (_clean(line).strip() for line in (text or "").splitlines()))


def _place(one: AnnotationView) -> tuple[float, float]:
    """Return the sort key: top to bottom, then left to right. Counted ones are not sorted."""
    if _is_counted(one):
        return 0.0, 0.0
    kind = KINDS[Kind(one.kind)]
    geometry: Geometry = msgspec.json.decode(one.geometry, type=kind.geometry)
    return min((y, x) for x, y in geometry.points())


def _clean(text: str) -> str:
    """Remove characters that a document cannot contain and those that change text direction."""
    return "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Cn"})
