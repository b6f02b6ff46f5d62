"""Which other hosts a redirect of the Hub may lead to: none inside the user's own network."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from provenance.errors import SourceError

_SERVICES = frozenset({80, 443})
_FIRST_FREE = 1024
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""What stands for an IPv4 address where a network has only IPv6 (RFC 6052, 2.1)."""


def check_elsewhere(url: str, endpoint: str) -> None:
    """Refuse an address that a redirect should not lead to.

    Args:
        url: where the redirect leads.
        endpoint: the Hub's own address; its host may be private, as a mirror's is.

    Raises:
        SourceError: it carries a user name, names a port of another service, or a host that is, or
            resolves to, a private, loopback or otherwise special address.

    """
    parts = urlsplit(url)
    if "@" in parts.netloc:
        raise SourceError(f"a redirect leads to {parts.hostname} with a user name: not followed")
    if parts.port is not None and parts.port < _FIRST_FREE and parts.port not in _SERVICES:
        raise SourceError(f"a redirect leads to port {parts.port}, no web server's: not followed")
    if parts.hostname == urlsplit(endpoint).hostname:
        return
    special = next((a for a in _addresses(parts.hostname or "") if is_special(a)), None)
    if special is not None:
        raise SourceError(
            f"a redirect leads to {parts.hostname} ({special}), inside this network: not followed"
        )


def is_special(address: str) -> bool:
    """Whether an address is not one of the public Internet (IANA's special-purpose registries)."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return True
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed in _NAT64:
            return is_special(f"{ipaddress.IPv4Address(int(parsed) & 0xFFFF_FFFF)}")
        mapped = parsed.ipv4_mapped or parsed.sixtofour
        if parsed.is_site_local or (mapped is not None and is_special(f"{mapped}")):
            return True
    return not parsed.is_global or parsed.is_multicast or parsed.is_reserved


def _addresses(host: str) -> list[str]:
    """Addresses that a host has; none when its name is only known to a proxy, or to nobody."""
    try:
        resolved = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return []
    return [str(place[4][0]) for place in resolved]
