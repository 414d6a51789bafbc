"""What may be read: which schemes, which hosts, and which buckets a list of paths may name.

The user is trusted with the inputs that they name. A list of paths is not trusted: it may not lead into this machine
or its network, nor into buckets that the user did not name.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterable
from urllib.parse import unquote

from decantry.jobs.process.address import host_of, public
from decantry.jobs.process.errors import UserError
from decantry.jobs.sources.names import scheme

SCHEMES = ("file", "s3", "http", "https")
COMMON_CRAWL_BUCKET = "commoncrawl"
_GLOBAL_V6 = ipaddress.ip_network("2000::/3")
"""The part of IPv6 that has been allocated. Other addresses that Python calls global lead inside, or nowhere."""
_EMBEDDED_V4 = ipaddress.ip_network("64:ff9b::/96")
_CLOUD_V4 = ipaddress.ip_address("168.63.129.16")
"""The public address of Azure's internal services for a machine."""


def require_scheme(uri: str, what: str) -> None:
    """Raise UserError unless the address has a known scheme; `what` says in the message where it was given."""
    kind = scheme(uri)
    if kind not in SCHEMES:
        raise UserError(f"{what} has the scheme {kind}, which is not known: use {', '.join(SCHEMES)}")


def require_listed(name: str, address: str, listing: str, buckets: Iterable[str]) -> None:
    """Raise UserError unless the list at `listing` may name `name`, which stands for `address`.

    It refuses unknown schemes, `file://`, local paths in a list that came over the network, hosts that are written as
    private addresses, and buckets other than Common Crawl's, those of the inputs and those of DECANTRY_BUCKETS.
    """
    shown, what = public(name), f"the list {public(listing)} names {public(name)}"
    kind = scheme(address)
    if kind not in SCHEMES:
        raise UserError(f"{what}, whose scheme is not known: use {', '.join(SCHEMES)}")
    if name.lower().startswith("file:"):
        raise UserError(f"{what}: a list may not name file:// addresses; name {shown} with --input")
    if kind == "file" and scheme(listing) != "file":
        raise UserError(f"{what}: a list from elsewhere may not name files of this machine")
    if scheme(listing) != "file" and ".." in name.split("/"):
        raise UserError(f"{what}: a list from elsewhere may not lead out of its folder by ..")
    if kind == "s3":
        bucket = address.split("://", 1)[1].partition("/")[0]
        if bucket not in {*buckets, COMMON_CRAWL_BUCKET, *_named("DECANTRY_BUCKETS")}:
            raise UserError(f"{what}: the bucket {bucket} is not one of the inputs'; allow it in DECANTRY_BUCKETS")
    elif kind in ("http", "https") and is_private_literal(host_of(address)):
        raise UserError(f"{what}: {private_line(host_of(address))}")


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
    return host.lower() in {name.lower() for name in _named("DECANTRY_PRIVATE_HOSTS")}


def private_line(host: str) -> str:
    """The message for a host that is not public."""
    return f"{host} is in a private network; if it is a mirror of yours, name it in DECANTRY_PRIVATE_HOSTS"


def _named(variable: str) -> list[str]:
    return [name.strip() for name in os.environ.get(variable, "").split(",") if name.strip()]
