"""What each kind of annotation says of itself."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from documents.annotations import rules
from documents.annotations.kinds.geometry import Geometry
from documents.annotations.pdf.appearance import AppearanceStream, Style
from documents.annotations.pdf.embedded_font import FontSubset
from documents.annotations.pdf.page_space import PageSpace
from documents.annotations.pdf.pen_outline import OutlineBudget

G = TypeVar("G", bound=Geometry)


@dataclass(frozen=True, slots=True)
class Drawing:
    """With what a mark is drawn besides its geometry. number: of its text in a list, or empty."""

    style: Style
    text: str
    space: PageSpace
    letters: FontSubset
    outlines: OutlineBudget
    number: str = ""


class AnnotationKind(ABC, Generic[G]):
    """One kind of annotation."""

    geometry: type[G]
    subtype: ClassVar[str]
    """Of its PDF annotation (ISO 32000-1, 12.5.6)."""
    counted: ClassVar[bool] = False
    """A list of comments counts those without a text; of other kinds it quotes the marked words."""
    draws_text: ClassVar[bool] = False
    """Its text stands on the page itself, so no window and no list repeats it."""
    is_marker: ClassVar[bool] = False
    """It is a marker of one size, which readers never turn with the page, and on which the number
    of its text is written."""

    def check_text(self, text: str | None) -> None:
        """Raises HtmlInText, InvalidInput."""
        rules.check_text(text)

    @abstractmethod
    def look(self, geometry: G, drawing: Drawing) -> AppearanceStream:
        """How it looks, as the tablets draw it."""

    @abstractmethod
    def entries(self, geometry: G, style: Style, space: PageSpace) -> Iterator[str]:
        """What its PDF annotation has besides the entries of every annotation."""
