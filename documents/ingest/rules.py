"""When pages that cannot be drawn are the paper's failure. Pure: values in, values out."""

from documents.render_protocol import RenderFault

MOST_HEAVY_PAGES = 3
"""A paper with this many pages over the limits is refused: each costs seconds of work."""

PAGE_FAULTS = frozenset({RenderFault.PAGE_BROKEN, RenderFault.PAGE_TOO_HEAVY})
"""Faults of one page; any other is the whole paper's."""


class Tally:
    """Counts a paper's pages that cannot be drawn."""

    def __init__(self) -> None:
        self._broken = 0
        self._heavy = 0

    def add(self, fault: RenderFault) -> None:
        """One more page with this fault."""
        if fault is RenderFault.PAGE_TOO_HEAVY:
            self._heavy += 1
        else:
            self._broken += 1

    def verdict(self, page_count: int) -> RenderFault | None:
        """Why the whole paper fails, or None: the pages that are fine can be read."""
        every_page = self._heavy + self._broken >= page_count
        if self._heavy >= MOST_HEAVY_PAGES or (every_page and self._heavy):
            return RenderFault.TOO_HEAVY
        return RenderFault.BROKEN if every_page else None
