"""One heavy library is imported at a time: two threads that import into each other's halves see broken modules."""

from __future__ import annotations

from threading import RLock

IMPORTING = RLock()
"""Held by who imports MLflow or Great Expectations, or calls what may import more of them."""
