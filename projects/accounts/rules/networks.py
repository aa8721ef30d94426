"""Which addresses count as one where wrong tries are counted.

Whoever has an address of IPv6 has the 2^64 of its network. Of IPv4 each counts by itself, also where it is
written as IPv6.
"""

import ipaddress

OWN_PART = 64  # bits that its holder chooses freely


def plain(address: str) -> str:
    """An address of IPv4 that came as one of IPv6 (::ffff:192.0.2.7) is that of IPv4; a zone is left out."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)


def network(address: str) -> str:
    """What its tries are counted under."""
    parsed = ipaddress.ip_address(plain(address))
    if parsed.version == 4:
        return str(parsed)
    return str(ipaddress.ip_network((parsed, 128 - OWN_PART), strict=False))
