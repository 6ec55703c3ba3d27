"""Where passkeys work, and when a counter shows a copied key. Pure.

A relying party is named by a domain: an IP address cannot be one, and browsers offer passkeys only
to pages over HTTPS or of `localhost` (WebAuthn Level 3, 5.1.3 and 13.4.9).
"""

import re
from typing import NamedTuple

MOST_PASSKEYS = 10
"""Of one account."""

_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")
_LONGEST_NAME = 253


class Site(NamedTuple):
    """rp_id: the host name of a request, without its port. origin: as browsers state it."""

    rp_id: str
    origin: str


def site_of(scheme: str, host: str) -> Site | None:
    """Return the site of a request; None where passkeys cannot work.

    host: as in the Host header, with the port where it is not the default one.
    """
    name, _, _port = host.lower().partition(":")
    if len(name) > _LONGEST_NAME or _NAME.fullmatch(name) is None or _is_address(name):
        return None
    if scheme != "https" and name != "localhost":
        return None
    return Site(name, f"{scheme}://{host.lower()}")


def counts_on(before: int, now: int) -> bool:
    """Whether a counter of signatures goes on (WebAuthn Level 3, 6.1.1). Devices that do not count
    always send 0."""
    return now > before or now == before == 0


def _is_address(name: str) -> bool:
    """A name whose last label is a number is read as an IPv4 address (WHATWG URL, 3.5)."""
    last = name.rpartition(".")[2]
    return last.isdecimal() or re.fullmatch(r"0x[0-9a-f]*", last) is not None
