"""Commits: each whole or not at all, and once, whoever else writes and whatever answer is lost."""

from __future__ import annotations

from decantry.jobs.commits.claims import claimed
from decantry.jobs.commits.commit import Overtaken, Transaction, anew, commit

__all__ = ["Overtaken", "Transaction", "anew", "claimed", "commit"]
