"""Personal data by backtracking regular expressions and the blocks that are not globally reachable.

Source: datatrove 0.10.1 pipeline/formatters/pii.py, the two patterns; IANA IPv4 Special-Purpose Address Registry.
Quadratic on hostile text. The choice of a replacement by the match is the project's own.
"""

from __future__ import annotations

import hashlib
import ipaddress
import re

OCTET = "(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)"
ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
ADDRESS = re.compile(rf"(?:{OCTET}\.){{3}}{OCTET}")
EMAIL = re.compile(
    rf"\b{ATOM}(?:\.{ATOM})*@(?:(?:{LABEL}\.)+{LABEL}"
    rf"|\[(?:{OCTET}\.){{3}}(?:{OCTET}|[A-Za-z0-9-]*[A-Za-z0-9]:)])"
)
EMAILS = ("email@example.com", "firstname.lastname@example.org")
ADDRESSES = (
    "22.214.171.124",
    "126.96.36.199",
    "188.8.131.52",
    "184.108.40.206",
    "220.127.116.11",
    "18.104.22.168",
)
NOT_REACHABLE = [
    ipaddress.ip_network(block)
    for block in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"),
        *("192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24"),
        "240.0.0.0/4",
    )
]
REACHABLE = {ipaddress.ip_address("192.0.0.9"), ipaddress.ip_address("192.0.0.10")}


def redact(text: str) -> str:
    """The text with e-mail addresses and then public IPv4 addresses replaced."""
    text = EMAIL.sub(lambda found: replacement(found[0], EMAILS), text)
    return ADDRESS.sub(lambda found: replacement(found[0], ADDRESSES) if is_public(found[0]) else found[0], text)


def is_public(found: str) -> bool:
    """Whether it is an address without leading zeros that is globally reachable."""
    try:
        address = ipaddress.ip_address(found)
    except ValueError:
        return False
    return address in REACHABLE or not any(address in block for block in NOT_REACHABLE)


def replacement(found: str, among: tuple[str, ...]) -> str:
    """The replacement whose number is the first 8 bytes of the match's SHA-1, little-endian, modulo their count."""
    return among[int.from_bytes(hashlib.sha1(found.encode()).digest()[:8], "little") % len(among)]
