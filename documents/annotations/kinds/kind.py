"""The interface of a kind of annotation."""

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
    """Drawing parameters besides the geometry. number: of the text in a list, or empty."""

    style: Style
    text: str
    space: PageSpace
    letters: FontSubset
    outlines: OutlineBudget
    number: str = ""


class AnnotationKind(ABC, Generic[G]):
    """Base of the kinds of annotations."""

    geometry: type[G]
    subtype: ClassVar[str]
    """Subtype of the PDF annotation (ISO 32000-1, 12.5.6)."""
    counted: ClassVar[bool] = False
    """A list of comments counts annotations without text. For other kinds it quotes the words."""
    draws_text: ClassVar[bool] = False
    """The text is drawn on the page, so no popup and no list repeats it."""
    is_marker: ClassVar[bool] = False
    """The annotation is a marker of fixed size that readers never rotate with the page. The number
    of its text is drawn on it."""

    def check_text(self, text: str | None) -> None:
        """Raises: HtmlInText, InvalidInput."""
        rules.check_text(text)

    @abstractmethod
    def look(self, geometry: G, drawing: Drawing) -> AppearanceStream:
        """Return the appearance, identical to that in the browser."""

    @abstractmethod
    def entries(self, geometry: G, style: Style, space: PageSpace) -> Iterator[str]:
        """Yield the PDF dictionary entries that are specific to this kind."""
