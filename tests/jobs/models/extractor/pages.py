"""Pages, and a stand-in for the code that measures blocks, for tests of the trainer."""

from __future__ import annotations

import base64
import gzip
import json
import sys
from pathlib import Path

DUMPER = """
import base64, json, re, sys
print(json.dumps({"features": ["length", "links", "number"]}), flush=True)
for line in sys.stdin:
    html = base64.b64decode(json.loads(line)["html"]).decode()
    texts = re.findall("<(p|a)>(.*?)</", html)
    blocks = [{"text": text, "features": [len(text), tag == "a", n]} for n, (tag, text) in enumerate(texts)]
    print(json.dumps({"url": "", "blocks": blocks}), flush=True)
"""
COMMAND = (sys.executable, "-c", DUMPER)
"""A program with the output of the native code. A block is a `<p>` or an `<a>`."""

CONTENT = "The wall of the harbour was built in three summers, {}."
LINK = "Read more about {} on our other pages"


def html(number: int) -> str:
    """A page of two links and two paragraphs."""
    content = "".join(f"<p>{CONTENT.format(f'part {number} {part}')}</p>" for part in ("a", "b"))
    return f"<html><body><a>{LINK.format(number)}</a>{content}<a>Home</a></body></html>"


def line(number: int, host: str) -> str:
    """The page as a line of annotated pages: its first paragraph is wanted, its link is not."""
    return json.dumps(
        {
            "url": f"https://{host}/{number}",
            "html": base64.b64encode(html(number).encode()).decode(),
            "with_": [CONTENT.format(f"part {number} a")],
            "without": [LINK.format(number)],
        }
    )


def write_annotated(path: Path, pages: int, hosts: int) -> Path:
    """A packed file of that many pages on that many hosts."""
    lines = [line(number, f"host{number % hosts}.example.org") for number in range(pages)]
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    return path
