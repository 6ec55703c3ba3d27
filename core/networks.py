"""The network that an address stands for, for limits that one client must not evade."""

import ipaddress

_IPV6_BITS = 64
"""Bits of an IPv6 address that one household or hall has in common."""


def network_of(address: str) -> str:
    """An IPv4 address itself, of an IPv6 address its /64; what is no address stays as it is."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if parsed.version == 4:
        return str(parsed)
    mapped = parsed.ipv4_mapped
    return str(mapped or ipaddress.ip_network((parsed, _IPV6_BITS), strict=False))
