"""Which hosts are private: addresses of this machine and of its network, unless DECANTRY_PRIVATE_HOSTS names them."""

from __future__ import annotations

import ipaddress
import os
import socket
from urllib.parse import unquote

_GLOBAL_V6 = ipaddress.ip_network("2000::/3")
"""The part of IPv6 that has been allocated. Other addresses that Python calls global lead inside, or nowhere."""
_EMBEDDED_V4 = ipaddress.ip_network("64:ff9b::/96")
_CLOUD_V4 = ipaddress.ip_address("168.63.129.16")
"""The public address of Azure's internal services for a machine."""


def is_private_literal(host: str) -> bool:
    """Whether the host is written as an address that is neither public nor allowed.

    `2130706433`, `0x7f.1` and `127.1` count as addresses, because resolvers read them as such.
    """
    bare = unquote(host).rstrip(".")
    try:
        address = str(ipaddress.ip_address(bare))
    except ValueError:
        try:
            address = socket.inet_ntoa(socket.inet_aton(bare))
        except OSError:
            return bare == "localhost" and not is_opted_in(bare)
    return not may_connect(host, address)


def may_connect(host: str, peer: str) -> bool:
    """Whether `peer`, the address to which `host` resolved, may be connected to: it is public, or allowed."""
    return is_opted_in(host) or is_opted_in(peer) or is_public(peer)


def is_public(peer: str) -> bool:
    """Whether the address is on the public Internet, and not local, link-local or private."""
    address = ipaddress.ip_address(peer.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _EMBEDDED_V4:
            inner = ipaddress.ip_address(int(address) & 0xFFFFFFFF)  # type: ignore[assignment]
        if inner is not None:
            return is_public(str(inner))
        return address in _GLOBAL_V6 and address.is_global
    return address.is_global and not address.is_multicast and address != _CLOUD_V4


def is_opted_in(host: str) -> bool:
    """Whether DECANTRY_PRIVATE_HOSTS names the host or address."""
    return host.lower() in {name.lower() for name in words_of("DECANTRY_PRIVATE_HOSTS")}


def private_line(host: str) -> str:
    """The message for a host that is not public."""
    return f"{host} is in a private network; if it is a mirror of yours, name it in DECANTRY_PRIVATE_HOSTS"


def words_of(variable: str) -> list[str]:
    """The words of an environment variable, which are separated by commas."""
    return [word.strip() for word in os.environ.get(variable, "").split(",") if word.strip()]
