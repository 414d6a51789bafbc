"""The fields of a WARC record's header, read leniently, and the record's id and address."""

from __future__ import annotations

from typing import Any


class Headers:
    """A record's fields, by name in any case, without NULs. Of several fields with one name, the first counts."""

    def __init__(self, block: bytes) -> None:
        """`block` is the header without its first line."""
        self._values: dict[str, str] = {}
        folded: dict[str, list[str]] = {}
        name = ""
        for line in block.decode("utf-8", "replace").replace("\0", "").split("\n"):
            if line[:1] in (" ", "\t"):
                if name and (more := line.strip()):
                    folded.setdefault(name, []).append(more)
                continue
            key, colon, value = line.partition(":")
            key = key.strip().lower()
            name = key if colon and key not in self._values else ""
            if name:
                self._values[name] = value.strip()
        for name, lines in folded.items():
            self._values[name] = " ".join([self._values[name], *lines]).strip()

    def get(self, name: str) -> str | None:
        """The field's value; None if there is none."""
        return self._values.get(name.lower())


def names_of(headers: Any) -> tuple[str | None, str | None]:
    """The record's id and address."""
    return record_id(headers), url_of(headers)


def record_id(headers: Any) -> str | None:
    """The record's id, in angle brackets as WARC 1.1 writes it."""
    return (headers.get("WARC-Record-ID") or "").strip() or None


def url_of(headers: Any) -> str | None:
    """The record's address, without the angle brackets that some WARC 1.0 writers put around it."""
    value = (headers.get("WARC-Target-URI") or "").strip().removeprefix("<").removesuffix(">")
    return value or None
