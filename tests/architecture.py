"""The picture in docs/architecture.md, drawn from the imports: `python -m tests.architecture` writes it anew."""

from __future__ import annotations

import re

from tests import house

PAGE = house.ROOT / "docs" / "architecture.md"
_PICTURE = re.compile(r"```mermaid\nflowchart TD\n.*?```", re.DOTALL)


def reduced(graph: house.Graph) -> dict[str, set[str]]:
    """The graph without the edges that a longer path implies; the graph must have no circles."""
    below: dict[str, set[str]] = {}
    for part in house.components(graph):
        if len(part) > 1:
            raise ValueError(f"these import each other, so no picture can be drawn: {', '.join(part)}")
        below[part[0]] = {far for near in graph[part[0]] for far in {near, *below[near]}}
    return {node: targets - {far for near in targets for far in below[near]} for node, targets in graph.items()}


def picture(graph: house.Graph) -> str:
    """A Mermaid flow chart of the rooms, in which an arrow says that one room imports another."""
    arrows = [
        f"    {_name(node)} --> {_name(target)}"
        for node, targets in sorted(reduced(graph).items())
        for target in sorted(targets)
    ]
    return "\n".join(["```mermaid", "flowchart TD", *arrows, "```"])


def _name(room: str) -> str:
    return room.removeprefix("jobs.").replace(".", "/")


def page(text: str) -> str:
    """The page with the picture of the current imports. Raises ValueError if it has no block for the picture."""
    graph = house.house().graph
    drawn, count = _PICTURE.subn(lambda _: picture(house.rooms(graph)), text)
    if count != 1:
        raise ValueError(f"{PAGE} must have one block of Mermaid, and has {count}")
    return drawn


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
