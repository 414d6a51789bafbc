"""Commits: each whole or not at all, and once, whoever else writes and whatever answer is lost."""

from __future__ import annotations

from decantry.jobs.commits.claims import claimed
from decantry.jobs.commits.commit import Transaction, commit

__all__ = ["Transaction", "claimed", "commit"]
