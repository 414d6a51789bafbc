"""What may be read: which schemes, and which hosts and buckets a list of paths may name.

The user is trusted with the inputs that they name. A list of paths is not trusted: it may not lead into this machine
or its network, nor into buckets that the user did not name.
"""

from __future__ import annotations

from collections.abc import Iterable

from decantry.jobs.process.address import host_of, public
from decantry.jobs.process.errors import UserError
from decantry.jobs.sources.names import scheme
from decantry.jobs.sources.private_hosts import is_private_literal, private_line, words_of

SCHEMES = ("file", "s3", "http", "https")
COMMON_CRAWL_BUCKET = "commoncrawl"


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
        if bucket not in {*buckets, COMMON_CRAWL_BUCKET, *words_of("DECANTRY_BUCKETS")}:
            raise UserError(f"{what}: the bucket {bucket} is not one of the inputs'; allow it in DECANTRY_BUCKETS")
    elif kind in ("http", "https") and is_private_literal(host_of(address)):
        raise UserError(f"{what}: {private_line(host_of(address))}")
