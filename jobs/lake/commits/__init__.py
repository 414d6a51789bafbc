"""Commits that are atomic, and that happen once even if other runs write at the same time or an answer is lost."""

from __future__ import annotations

from decantry.jobs.lake.commits.commit import Superseded, Transaction, commit, conflicts
from decantry.jobs.lake.commits.history import Commit

__all__ = ["Commit", "Superseded", "Transaction", "commit", "conflicts"]
