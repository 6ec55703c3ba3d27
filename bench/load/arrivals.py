"""Everything that the tablets of a crowd hear: each packet once, with who got it when.

All tablets of an audience get the same bytes, so packets are told apart by their bytes and read
only afterwards.
"""

from array import array
from collections.abc import Iterator
from itertools import chain

from bench.load.crowd import Crowd, Tablet


class Heard:
    """One packet: the numbers of the tablets that have it, and the moments of their reads."""

    def __init__(self) -> None:
        self.who = array("H")
        self.at = array("d")


class Arrivals:
    """The ear of all tablets of a crowd from its making on."""

    def __init__(self, crowd: Crowd) -> None:
        self._number = {tablet: number for number, tablet in enumerate(crowd.tablets)}
        self._packets: dict[tuple[bytes, bytes], list[tuple[bytes, Heard]]] = {}
        for tablet in crowd.tablets:
            tablet.heard = self._hear

    def named(self, event: str) -> Iterator[tuple[bytes, Heard]]:
        """The packets of an event in the order of their first arrival."""
        start = b'42["%s"' % event.encode()
        named = [pair for pair in self._all() if pair[0].startswith(start)]
        return iter(sorted(named, key=lambda pair: pair[1].at[0]))

    def deliveries(self) -> int:
        """How many packets were heard in all."""
        return sum(len(heard.at) for _, heard in self._all())

    def volume(self) -> int:
        """Bytes of them."""
        return sum(len(packet) * len(heard.at) for packet, heard in self._all())

    def everywhere(self, heard: Heard) -> bool:
        """Whether every tablet got this packet, once."""
        return len(heard.who) == len(set(heard.who)) == len(self._number)

    def _all(self) -> Iterator[tuple[bytes, Heard]]:
        return chain.from_iterable(self._packets.values())

    def _hear(self, tablet: Tablet, payload: bytes, at: float) -> None:
        # Comparing is cheaper than hashing all of it, 13,000 times a second.
        alike = self._packets.setdefault((payload[:64], payload[-40:]), [])
        heard = next((heard for packet, heard in alike if packet == payload), None)
        if heard is None:
            heard = Heard()
            alike.append((payload, heard))
        heard.who.append(self._number[tablet])
        heard.at.append(at)
