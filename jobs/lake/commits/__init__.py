"""Commits that happen whole or not at all, and once, whatever other runs write and whatever answer is lost."""

from __future__ import annotations

from decantry.jobs.lake.commits.commit import Superseded, Transaction, commit, conflicts
from decantry.jobs.lake.commits.history import Commit

__all__ = ["Commit", "Superseded", "Transaction", "commit", "conflicts"]
