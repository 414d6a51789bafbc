"""Data docs that need no network, and whose first page lists the results of the newest runs."""

from __future__ import annotations

import html
import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote

KEPT_RUNS = 100
"""Runs whose pages stay in a folder of data docs."""
_REMOTE = re.compile(
    r"<script\b[^>]*\bsrc=[\"']https?://[^>]*>\s*</script>"
    r"|<link\b[^>]*\bhref=[\"']https?://[^>]*>"
    r"|<img\b[^>]*\bsrc=[\"']https?://[^>]*>",
    re.IGNORECASE,
)
_PICTURE = re.compile(r"url\([\"']?https?://[^)]*\)", re.IGNORECASE)
_HEAD_END = re.compile(r"</head>", re.IGNORECASE)
_BODY_END = re.compile(r"</body>", re.IGNORECASE)
STYLE = """<style>
:root{color-scheme:light dark}body{font:15px system-ui,sans-serif;margin:1rem auto;max-width:72rem;padding:0 1rem}
table{border-collapse:collapse;margin:.5rem 0}td,th{border:1px solid #8886;padding:.25rem .6rem;text-align:left}
.modal,.sticky-top .btn,button,footer,#ge-cta-footer{display:none!important}
.collapse{display:block}.breadcrumb,ol{padding-left:1.2rem}
</style></head>"""
"""In place of Bootstrap: tables with lines, and nothing folded that only its scripts unfold."""


def without_remote(text: str) -> str:
    """The page without scripts, styles and images from elsewhere, and with a style of its own."""
    return _HEAD_END.sub(lambda _: STYLE, _PICTURE.sub("none", _REMOTE.sub("", text)), count=1)


def list_newest(folder: Path) -> None:
    """Remove the results of all but the newest KEPT_RUNS runs, and put links to those that stay onto the first page."""
    found = [Path(where, name) for where, _, names in os.walk(folder / "validations") for name in names]
    pages = [page for page in found if page.suffix == ".html"]
    stay = sorted({page.parent.name for page in pages}, reverse=True)[:KEPT_RUNS]
    for old in {page.parent for page in pages if page.parent.name not in stay}:
        shutil.rmtree(old, ignore_errors=True)  # another run may remove it at the same time
    first = folder / "index.html"
    results = [page.relative_to(folder).parts for page in pages if page.parent.name in stay]
    text = first.read_text(encoding="utf-8")
    first.write_text(with_links(text, results), encoding="utf-8")


def with_links(text: str, results: Sequence[tuple[str, ...]]) -> str:
    """The page with links to the results, which are paths whose last folder is the time of the check."""
    newest = sorted(results, key=lambda parts: (parts[-2], parts), reverse=True)
    rows = "".join(
        f'<li><a href="{quote("/".join(parts))}">{html.escape(" ".join((parts[-2], *parts[1:-3])))}</a></li>'
        for parts in newest
    )
    return _BODY_END.sub(lambda _: f"<h2>The results of the newest runs</h2><ul>{rows}</ul></body>", text, count=1)
