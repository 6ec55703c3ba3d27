"""Rules for when pages that cannot be rendered make the whole document fail. Pure functions."""

from documents.render_protocol import RenderFault

MOST_HEAVY_PAGES = 3
"""A document with this many pages over the limits is refused: each costs seconds of work."""

PAGE_FAULTS = frozenset({RenderFault.PAGE_BROKEN, RenderFault.PAGE_TOO_HEAVY})
"""Faults of a single page. All other faults concern the whole document."""


class Tally:
    """Counts the pages of a document that cannot be rendered."""

    def __init__(self) -> None:
        self._broken = 0
        self._heavy = 0

    def add_fault(self, fault: RenderFault) -> None:
        """Count one page with this fault."""
        if fault is RenderFault.PAGE_TOO_HEAVY:
            self._heavy += 1
        else:
            self._broken += 1

    def verdict(self, page_count: int) -> RenderFault | None:
        """The fault of the whole document, or None when its other pages can be read."""
        every_page = self._heavy + self._broken >= page_count
        if self._heavy >= MOST_HEAVY_PAGES or (every_page and self._heavy):
            return RenderFault.TOO_HEAVY
        return RenderFault.BROKEN if every_page else None
