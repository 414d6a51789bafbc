"""The table of contents: docs/README.md, in which each heading has a list of links to pages."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CONTENTS = "docs/README.md"
_LINK = re.compile(r"(?<!\!)\[[^\]]*\]\(([^)\s]+)\)")
_ENTRY = re.compile(r"^- \[([^\]]+)\]\(([^)\s]+)\)$", re.MULTILINE)


@dataclass(frozen=True)
class Part:
    """A heading of the contents, and its pages: the title that the contents give each, by its path from the root."""

    heading: str
    pages: dict[str, str]


def parts() -> list[Part]:
    """The parts of the contents, in their order."""
    _, *found = re.split(r"^## ", text(CONTENTS), flags=re.MULTILINE)
    return [
        Part(each.splitlines()[0], {resolved(CONTENTS, link): title for title, link in _ENTRY.findall(each)})
        for each in found
    ]


def pages() -> list[str]:
    """The paths of all pages that are in the repository: those of the contents, and the decisions."""
    listed = [page for part in parts() for page in part.pages]
    return [*listed, *(str(path.relative_to(ROOT)) for path in sorted((ROOT / "docs" / "decisions").glob("0*.md")))]


def links(page: str) -> Iterator[tuple[str, str]]:
    """The relative links of a page outside of its code: the path that each leads to, and the anchor there."""
    prose = re.sub(r"^```.*?^```|`[^`\n]*`", "", text(page), flags=re.MULTILINE | re.DOTALL)
    for link in _LINK.findall(prose):
        if not re.match(r"[a-z]+:", link):
            path, _, anchor = link.partition("#")
            yield (resolved(page, path) if path else page), anchor


def resolved(page: str, link: str) -> str:
    """The path from the root that a link of the page leads to; a folder's is that of its README."""
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), link))
    return f"{path}/README.md" if (ROOT / path / "README.md").is_file() else path


def anchors(markdown: str) -> set[str]:
    """The anchors of a page's headings, as GitHub and the site make them."""
    headings = re.findall(r"^#+ (.+)$", re.sub(r"^```.*?^```", "", markdown, flags=re.M | re.S), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower().replace("`", "")).replace(" ", "-") for heading in headings}


def text(page: str) -> str:
    """The Markdown of a page of the repository."""
    return (ROOT / page).read_text(encoding="utf-8")
