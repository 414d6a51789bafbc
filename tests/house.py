"""Measures the structure of the code: `python -m tests.house` prints import cycles, chains and sizes, read from the
sources."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("jobs", "udfs", "schemas")
"""The folders that are imported as `decantry`."""
MOST_LINES = 250
"""The largest number of lines in a file."""

Graph = Mapping[str, set[str]]
"""The modules that each module imports, or the rooms that each room imports."""


@dataclass
class Imports:
    """What a module imports of our own modules: at the top, inside its functions, and by `import_module("name")`."""

    plain: set[str] = field(default_factory=set)
    hidden: list[str] = field(default_factory=list)
    by_name: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class House:
    """All imports of each module, and those inside functions and by name, each as `module -> module`."""

    graph: dict[str, set[str]]
    hidden: list[str]
    by_name: list[str]


def modules(root: Path = ROOT) -> dict[str, Path]:
    """The file of each module of the package, by the module's name."""
    found = {}
    for file in sorted(file for folder in FOLDERS for file in (root / folder).rglob("*.py")):
        parts = file.relative_to(root).with_suffix("").parts
        found[".".join(("decantry", *(parts[:-1] if parts[-1] == "__init__" else parts)))] = file
    return found


def imports(file: Path, names: Iterable[str]) -> Imports:
    """The imports of the file that name one of our modules; those that only types need are left out."""
    known, found = set(names), Imports()
    for node, hidden in _statements(ast.parse(file.read_text()), hidden=False):
        targets = {target if target in known else target.rpartition(".")[0] for target in _targets(node)} & known
        if isinstance(node, ast.Call):
            found.by_name.extend(targets)
        elif hidden:
            found.hidden.extend(sorted(targets))
        else:
            found.plain.update(targets)
    return found


def _statements(node: ast.AST, *, hidden: bool) -> Iterator[tuple[ast.AST, bool]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and isinstance(child.test, ast.Name) and child.test.id == "TYPE_CHECKING":
            continue
        yield child, hidden
        yield from _statements(child, hidden=hidden or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef))


def _targets(node: ast.AST) -> list[str]:
    """The names that a statement imports, each after its module's name."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [f"{node.module}.{alias.name}" for alias in node.names]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "import_module":
        return [str(name.value) for name in node.args if isinstance(name, ast.Constant)]
    return []


def room(module: str) -> str:
    """The room of a module: a folder in `jobs` or `udfs`, else the module's own name there; `schemas` is one room."""
    parts = module.split(".")[1:]
    return parts[0] if parts[0] == "schemas" else ".".join(parts[:2])


def rooms(graph: Graph) -> dict[str, set[str]]:
    """The other rooms that each room imports."""
    found: dict[str, set[str]] = {}
    for module, targets in graph.items():
        found.setdefault(room(module), set()).update({room(target) for target in targets} - {room(module)})
    return found


def components(graph: Graph) -> list[list[str]]:
    """The strongly connected parts of the graph, each before those that import it (Tarjan 1972)."""
    number: dict[str, int] = {}
    low: dict[str, int] = {}
    open_: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        number[node] = low[node] = len(number)
        open_.append(node)
        for target in sorted(graph.get(node, ())):
            if target not in number:
                visit(target)
            if target in open_:
                low[node] = min(low[node], low[target])
        if low[node] == number[node]:
            at = open_.index(node)
            found.append(sorted(open_[at:]))
            del open_[at:]

    for node in sorted(graph):
        if node not in number:
            visit(node)
    return found


def circles(graph: Graph) -> list[list[str]]:
    """The groups of modules, or rooms, that import each other."""
    return [part for part in components(graph) if len(part) > 1]


def longest_chain(graph: Graph) -> list[str]:
    """A longest chain of modules in which each imports the next. All modules of a circle count."""
    best: dict[str, list[str]] = {}
    for part in components(graph):
        beyond = [best[target] for node in part for target in graph[node] if target not in part]
        chain = part + max(beyond, key=len, default=[])
        best |= dict.fromkeys(part, chain)
    return max(best.values(), key=len)


def loose() -> list[str]:
    """The files directly in `jobs/`, except the entry point."""
    return sorted({file.name for file in (ROOT / "jobs").glob("*.py")} - {"__init__.py", "main.py"})


def sources() -> list[Path]:
    """The files whose lines are counted."""
    return sorted(file for folder in (*FOLDERS, "infra") for file in (ROOT / folder).rglob("*.py"))


def long() -> list[str]:
    """The files with more than MOST_LINES lines, tests among them, each with its number of lines."""
    files = [*sources(), *sorted((ROOT / "tests").rglob("*.py"))]
    return [f"{file.relative_to(ROOT)} ({lines(file)})" for file in files if lines(file) > MOST_LINES]


def lines(file: Path) -> int:
    """The number of lines of the file."""
    return len(file.read_text().splitlines())


def house() -> House:
    """The imports of all modules."""
    files = modules()
    found = {name: imports(file, files) for name, file in files.items()}
    return House(
        {name: {*each.plain, *each.hidden, *each.by_name} - {name} for name, each in found.items()},
        [f"{name} -> {target}" for name, each in found.items() for target in each.hidden],
        [f"{name} -> {target}" for name, each in found.items() for target in each.by_name],
    )


def main() -> None:
    """Print each figure, and what it counts."""
    found = house()
    for title, items in (
        ("circles of modules", [", ".join(circle) for circle in circles(found.graph)]),
        ("circles of rooms", [", ".join(circle) for circle in circles(rooms(found.graph))]),
        ("modules in the longest chain of imports", longest_chain(found.graph)),
        ("imports of our own inside functions", found.hidden),
        ("imports of our own by name", found.by_name),
        ("loose modules in jobs/", loose()),
        (f"files over {MOST_LINES} lines", long()),
    ):
        print(f"{len(items)} {title}")
        for line in items:
            print(f"    {line}")
    print(f"{sum(map(lines, sources()))} lines in jobs, udfs, schemas and infra")


if __name__ == "__main__":
    main()
