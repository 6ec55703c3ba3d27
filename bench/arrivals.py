"""Everything that the tablets of a crowd hear: each packet once, with who got it when.

All tablets of an audience get the same bytes, so packets are told apart by their bytes and read
only afterwards.
"""

from array import array
from collections.abc import Iterator

from bench.crowd import Crowd, Tablet


class Heard:
    """One packet: the numbers of the tablets that have it, and the moments of their reads."""

    def __init__(self) -> None:
        self.who = array("H")
        self.at = array("d")


class Arrivals:
    """The ear of all tablets of a crowd from its making on."""

    def __init__(self, crowd: Crowd) -> None:
        self._number = {tablet: number for number, tablet in enumerate(crowd.tablets)}
        self._packets: dict[bytes, Heard] = {}
        for tablet in crowd.tablets:
            tablet.heard = self._hear

    def named(self, event: str) -> Iterator[tuple[bytes, Heard]]:
        """The packets of an event in the order of their first arrival."""
        start = b'42["%s"' % event.encode()
        return ((packet, at) for packet, at in self._packets.items() if packet.startswith(start))

    def deliveries(self) -> int:
        """How many packets were heard in all."""
        return sum(len(heard.at) for heard in self._packets.values())

    def volume(self) -> int:
        """Bytes of them."""
        return sum(len(packet) * len(heard.at) for packet, heard in self._packets.items())

    def everywhere(self, heard: Heard) -> bool:
        """Whether every tablet got this packet, once."""
        return len(heard.who) == len(set(heard.who)) == len(self._number)

    def _hear(self, tablet: Tablet, payload: bytes, at: float) -> None:
        heard = self._packets.get(payload)
        if heard is None:
            heard = self._packets[payload] = Heard()
        heard.who.append(self._number[tablet])
        heard.at.append(at)
