"""The lakes that the tests in this folder share."""

from __future__ import annotations

from tests.faults.ferries import two_crawls

__all__ = ["two_crawls"]
