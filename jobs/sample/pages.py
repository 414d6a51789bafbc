"""The pages of the sample web, read from the text files in `web/`: all of them written for this project."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

KEYS = {"lang", "title", "archive", "charset", "declare", "template", "record", "truncated", "like", "swap"}


@dataclass(frozen=True)
class Page:
    """One page.

    `blocks` are its paragraphs (a block of `- ` lines is a list). `archive` says which file holds it. `charset` is what
    the bytes are in, `declare` what the server says of it: `header`, `meta`, `both`, `none`, or another charset's name,
    which is then a lie. `template` is the page's form, `record` the WARC record's type, `truncated` why it was cut.
    """

    url: str
    title: str = ""
    lang: str = "en"
    archive: int = 0
    charset: str = "utf-8"
    declare: str = "both"
    template: str = "article"
    record: str = "response"
    truncated: str | None = None
    blocks: tuple[str, ...] = ()


def pages() -> list[Page]:
    """Every page, in the order of the files' names and of the pages in them. Raises ValueError for a faulty file."""
    found: dict[str, Page] = {}
    folder = resources.files("decantry.jobs.sample") / "web"
    for entry in sorted(folder.iterdir(), key=lambda path: path.name):
        for url, keys, body in _entries(entry.read_text(encoding="utf-8")):
            if url in found or keys.keys() - KEYS:
                raise ValueError(f"{entry.name}: {url} stands twice, or has an unknown key")
            found[url] = _page(url, keys, body, found)
    return list(found.values())


def _entries(text: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Split a file into entries: a line `@ URL`, lines `key: value`, an empty line, the body."""
    for entry in f"\n{text}".split("\n@ ")[1:]:
        head, _, body = entry.partition("\n\n")
        url, *lines = head.strip().split("\n")
        pairs = (line.partition(":") for line in lines)
        yield url.strip(), {key.strip(): value.strip() for key, _, value in pairs}, body


def _page(url: str, keys: dict[str, str], body: str, earlier: dict[str, Page]) -> Page:
    """The page of an entry; `like` takes another page's text, `swap` puts other words into it."""
    blocks = tuple(block.strip() for block in body.split("\n\n") if block.strip())
    if "like" in keys:
        old, _, new = keys["swap"].partition(" => ")
        source = "\n\n".join(earlier[keys["like"]].blocks)
        if old not in source:
            raise ValueError(f"{url}: {old!r} is not in the page it is like")
        blocks = tuple(source.replace(old, new).split("\n\n"))
    return Page(
        url=url,
        title=keys.get("title", ""),
        lang=keys.get("lang", Page.lang),
        archive=int(keys.get("archive", Page.archive)),
        charset=keys.get("charset", Page.charset),
        declare=keys.get("declare", Page.declare),
        template=keys.get("template", Page.template),
        record=keys.get("record", Page.record),
        truncated=keys.get("truncated"),
        blocks=blocks,
    )
