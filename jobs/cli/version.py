"""The installed version of Decantry."""

from __future__ import annotations

from importlib import metadata


def code_version() -> str:
    """The version of the installed package."""
    try:
        return metadata.version("decantry")
    except metadata.PackageNotFoundError:
        return "checkout"
