"""The audit as one HTML page that needs no network and runs no script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.explore.audit.matches import SHARE, WORDS
from decantry.jobs.explore.report.render import rendered

if TYPE_CHECKING:
    from decantry.jobs.explore.audit.contents import Contents

DOMINATES = 0.01
"""A host with at least this share of the documents dominates the corpus."""


def page(contents: Contents) -> str:
    """The HTML page of the audit."""
    return rendered(
        "audit.html",
        scripted=False,
        c=contents,
        dominant=dominant(contents),
        dominates=DOMINATES,
        words=WORDS,
        matched=SHARE,
    )


def dominant(contents: Contents) -> tuple[str, ...]:
    """The hosts with at least the share DOMINATES of all documents; none if the corpus has only one host."""
    if contents.hosts is None or contents.hosts.hosts == 1:
        return ()
    return tuple(host.name for host in contents.hosts.largest if host.documents >= DOMINATES * contents.documents)
