"""A notebook as a page: its text and its code."""

from __future__ import annotations

import re

from infra.site.contents import ROOT

_CELL = re.compile(r"^# %%(.*)\n", re.MULTILINE)


def names() -> list[str]:
    """The notebooks, by the names of their files."""
    return sorted(path.stem for path in (ROOT / "notebooks").glob("*.py"))


def page(name: str) -> str:
    """The notebook's page as Markdown."""
    _, *cells = _CELL.split((ROOT / "notebooks" / f"{name}.py").read_text(encoding="utf-8"))
    pieces = []
    for kind, cell in zip(cells[::2], cells[1::2], strict=True):
        if "markdown" in kind:
            pieces.append(re.sub(r"^# ?", "", cell, flags=re.MULTILINE).strip())
        elif cell.strip():
            pieces.append(f"```python\n{cell.strip()}\n```")
    return "\n\n".join([*pieces, f"The notebook is `notebooks/{name}.py`; Jupyter opens it with jupytext."]) + "\n"
