"""A page of the sample web as the HTML that a small site would send, encoded as its server would encode it."""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

from decantry.jobs.sample.pages import Page

_LABELS = ("header", "meta", "both", "none")
_REPEATS = 12


def content_type(page: Page) -> str:
    """The Content-Type header, with the charset that the server claims, if it claims one."""
    label = _label(page)
    return "text/html" if label is None or page.declare in ("meta", "none") else f"text/html; charset={label}"


def body(page: Page) -> bytes:
    """The page's bytes, in its real charset."""
    if page.template == "empty":
        return b"<!DOCTYPE html><html><head><title></title></head><body>\n</body></html>\n"
    host = urlsplit(page.url).netloc
    label = _label(page)
    meta = f'<meta charset="{label}">' if label and page.declare != "header" else ""
    navigation = "".join(f'<li><a href="/{name}">{name.title()}</a></li>' for name in ("home", "news", "shop", "about"))
    document = (
        f'<!DOCTYPE html>\n<html lang="{page.lang}">\n<head>{meta}<title>{escape(page.title)}</title>\n'
        "<style>body { font-family: serif }</style><script>var visited = true;</script></head>\n<body>\n"
        f"<header><nav><ul>{navigation}</ul></nav></header>\n<main><article>\n<h1>{escape(page.title)}</h1>\n"
        f"{_content(page)}\n</article></main>\n"
        f"<footer><p>&copy; {escape(host)} | Imprint | Privacy</p></footer>\n</body>\n</html>\n"
    )
    return document.encode(page.charset, errors="xmlcharrefreplace")


def _label(page: Page) -> str | None:
    if page.declare == "none":
        return None
    return page.charset if page.declare in _LABELS else page.declare


def _content(page: Page) -> str:
    if page.template == "repeat":
        return "\n".join(_block(block) for block in page.blocks * _REPEATS)
    if page.template == "forum":
        quotes = ("Me too.", "Same here.", "Thanks!", "Bump.", "Any news?", "Solved, thanks.")
        return "".join(f'<div class="post"><b>user{n}</b><p>{text}</p></div>\n' for n, text in enumerate(quotes)) + (
            "\n".join(_block(block) for block in page.blocks)
        )
    return "\n".join(_block(block) for block in page.blocks)


def _block(block: str) -> str:
    """A list with typed bullets for a block of `- ` lines; a line break at each new line of any other block."""
    lines = block.split("\n")
    if all(line.startswith("- ") for line in lines):
        return "\n".join(f"<div>\u2022 {escape(line[2:])}</div>" for line in lines)
    return f"<p>{'<br>'.join(escape(line) for line in lines)}</p>"
