"""The folder that Sphinx reads: the pages of the repository at their paths, and the pages generated from the code."""

from __future__ import annotations

import html
import posixpath
import re
import shutil
from pathlib import Path

from infra.site import contents, notebook, recipes, steps

_MERMAID = re.compile(r"^```mermaid\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"^<!-- .*? -->\n", re.MULTILINE)
Made = dict[str, tuple[str, dict[str, str]]]
"""Folders of pages that are made: the title of each, and its pages as Markdown by their names."""


def made() -> Made:
    """The pages that are generated from notebooks and from the code."""
    return {
        "notebooks": ("Notebooks", {name: notebook.page(name) for name in notebook.names()}),
        "steps": ("Steps", steps.pages()),
        "recipes": ("Recipes", recipes.pages()),
    }


def write(folder: Path) -> None:
    """Empty the folder and fill it."""
    more = made()
    shutil.rmtree(folder, ignore_errors=True)
    for page in contents.pages():
        _put(folder / page, of_site(page, contents.text(page)))
        for path, _ in contents.links(page):
            if not path.endswith(".md") and (contents.ROOT / path).is_file() and not path.startswith("notebooks/"):
                _put(folder / path, contents.text(path))
    for name, (_, pages) in more.items():
        for page, markdown in pages.items():
            _put(folder / name / f"{page}.md", markdown)
    _put(folder / "index.md", index(more))


def index(more: Made) -> str:
    """The first page: the contents, lists of the pages that are made, and a tree of each part for the side of pages."""
    text = re.sub(r"^`make site` .*?\n\n", "", contents.text(contents.CONTENTS), flags=re.MULTILINE | re.DOTALL)
    trees = [
        _tree(part.heading, [f"{title} <{page}>" for page, title in part.pages.items()]) for part in contents.parts()
    ]
    lists = []
    for name, (title, pages) in more.items():
        lists.append(f"## {title}\n\n" + ", ".join(f"[{page}]({name}/{page}.md)" for page in pages) + "\n")
        trees.append(_tree(title, [f"{name}/{page}" for page in pages]))
    return "\n".join([of_site(contents.CONTENTS, text, "."), *lists, *trees])


def of_site(page: str, markdown: str, folder: str | None = None) -> str:
    """The page as the site has it: pictures to be drawn, no comments, and links from its folder to pages there."""
    drawn = _MERMAID.sub(lambda found: _picture(found[1]), markdown)
    if page == "docs/decisions/README.md":
        drawn += "\n```{toctree}\n:hidden:\n:glob:\n\n0*\n```\n"
    return re.sub(r"\]\(([^)#\s:]+)(#[^)]*)?\)", lambda link: _link(page, link, folder), _COMMENT.sub("", drawn))


def _picture(source: str) -> str:
    """A picture that the browser draws; from top to bottom, because a column of text is narrow."""
    told = html.escape(source.replace("flowchart LR", "flowchart TD"))
    return f'```{{raw}} html\n<pre class="mermaid">{told}</pre>\n```\n'


def _link(page: str, link: re.Match[str], folder: str | None) -> str:
    path, anchor = contents.resolved(page, link[1]), link[2] or ""
    path = "index.md" if path == contents.CONTENTS else path
    path = f"{path.removesuffix('.py')}.md" if path.startswith("notebooks/") else path
    return f"]({posixpath.relpath(path, folder or posixpath.dirname(page) or '.')}{anchor})"


def _tree(caption: str, entries: list[str]) -> str:
    lines = "\n".join(entry.removesuffix(".md") for entry in entries)
    return f"```{{toctree}}\n:hidden:\n:caption: {caption}\n:maxdepth: 1\n\n{lines}\n```\n"


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
