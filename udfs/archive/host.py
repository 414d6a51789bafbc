"""Host names in their ASCII form, as the URL standard parses them."""

from __future__ import annotations

import ipaddress
import re
from itertools import takewhile
from urllib.parse import unquote_to_bytes

MAX_HOST = 253
"""The longest host name, in characters (RFC 1035)."""

_PLAIN = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.?")
_FORBIDDEN = re.compile(r"[\x00-\x20#%/:<>?@\[\\\]^|\x7f]")
"""Characters that a domain must not contain (https://url.spec.whatwg.org/#forbidden-domain-code-point)."""
_DOTS = re.compile("[.\u3002\uff0e\uff61]")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_JOINERS = "\u200c\u200d"


def ascii_host(name: str) -> str | None:
    """The host for a name in any spelling: lower case, ASCII, without a dot at its end; None if it is not a host.

    Percent-encoded bytes are UTF-8. A name in ASCII is written in lower case even if its punycode is not valid, as
    browsers do. Other letters are mapped by non-transitional UTS 46, so `ß`, the final sigma and the joiners stay. An
    IPv4 address may be written in any of its forms. Source: https://url.spec.whatwg.org/#host-parsing.
    """
    host = _name(name)
    return host if host is None or not _NUMBER.fullmatch(host.rpartition(".")[2]) else _ipv4(host)


def _name(name: str) -> str | None:
    host = name.lower() if _PLAIN.fullmatch(name) else _mapped(name)
    host = host.rstrip(".") if host is not None else ""
    return host if host and len(host) <= MAX_HOST else None


def ipv6(name: str) -> str | None:
    """The shortest form of an IPv6 address, without brackets; None if the name is not one."""
    try:
        return ipaddress.IPv6Address(int(ipaddress.IPv6Address(name))).compressed if "%" not in name else None
    except ValueError:
        return None


def valid_end(name: str) -> str | None:
    """The longest ending of an invalid name whose labels are all valid; None if the last label is not valid."""
    labels = map(_name, reversed(_DOTS.split(_decoded(name)[-MAX_HOST:].rstrip(".\u3002\uff0e\uff61"))[1:]))
    valid = [host for host in takewhile(lambda host: host and not _NUMBER.fullmatch(host), labels) if host]
    return ".".join(reversed(valid)) or None


def _decoded(name: str) -> str:
    return unquote_to_bytes(name).decode("utf-8", "replace") if "%" in name else name


def _mapped(name: str) -> str | None:
    """The name's ASCII form; None if it has none."""
    import idna

    name = _decoded(name)
    if len(name) > 4 * MAX_HOST:
        return None
    try:
        name = name.lower() if name.isascii() else _encoded(idna.uts46_remap(name, std3_rules=False).split("."))
    except (idna.IDNAError, ValueError):
        return None
    return None if _FORBIDDEN.search(name) else name


def _encoded(labels: list[str]) -> str:
    """The labels in ASCII. Raises IDNAError or ValueError for one that is not valid (UTS 46, 4.1)."""
    import unicodedata

    import idna

    shown = [label if label.isascii() and not label.startswith("xn--") else _shown(label) for label in labels]
    right_to_left = any(unicodedata.bidirectional(letter) in ("R", "AL", "AN") for label in shown for letter in label)
    for label in shown:
        if right_to_left and label:
            idna.check_bidi(label, check_ltr=True)
        if label.isascii():
            continue
        idna.check_initial_combiner(label)
        for at, letter in enumerate(label):
            if letter in _JOINERS and not idna.valid_contextj(label, at):
                raise idna.IDNAError("a joiner joins nothing")
    return ".".join(label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii") for label in labels)


def _shown(label: str) -> str:
    """The label in Unicode. Raises ValueError for invalid punycode, or characters that names cannot have."""
    import idna

    if not label.startswith("xn--"):
        return label
    if not label.isascii():
        raise ValueError("punycode is ASCII")
    decoded = label[4:].encode("ascii").decode("punycode")
    if decoded.isascii() or decoded.startswith("xn--") or idna.uts46_remap(decoded, std3_rules=False) != decoded:
        raise ValueError("punycode of letters that names do not have")
    return decoded


def _ipv4(host: str) -> str | None:
    """The IPv4 address for a name that ends in a number; None if it is not an address."""
    parts = host.split(".")
    if len(parts) > 4 or not all(map(_NUMBER.fullmatch, parts)):
        return None
    try:
        *first, last = [_number(part) for part in parts]
    except ValueError:
        return None
    if any(number > 255 for number in first) or last >= 256 ** (4 - len(first)):
        return None
    return str(ipaddress.IPv4Address(sum(number << 8 * (3 - at) for at, number in enumerate(first)) + last))


def _number(part: str) -> int:
    """A number in decimal, octal after `0`, or hexadecimal after `0x`. Raises ValueError."""
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    return int(part, 8 if part.startswith("0") else 10)
