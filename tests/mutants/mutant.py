"""One mutant: a literal replacement in one file, and the test that must catch it."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path


class OutOfDate(Exception):
    """The text to replace does not exist any more, or the test does not, or it left `make test`: update the list."""


@dataclass(frozen=True)
class Mutant:
    """`old` occurs exactly once in `file`. `test` is `path::name`, with all of its parameters."""

    id: str
    breaks: str
    file: str
    old: str
    new: str
    test: str

    @property
    def is_scala(self) -> bool:
        """Whether the file is Scala."""
        return self.file.endswith(".scala")

    def applied(self, root: Path) -> str:
        """The file's text with the mutant. Raises OutOfDate."""
        text = (root / self.file).read_text(encoding="utf-8") if (root / self.file).is_file() else ""
        if (times := text.count(self.old)) != 1:
            raise OutOfDate(f"{self.id}: {self.old!r} stands {times} times in {self.file}, not once")
        made = text.replace(self.old, self.new)
        if self.file.endswith(".py"):
            compile(made, self.file, "exec")
        return made

    def require_test(self, root: Path) -> None:
        """Raise OutOfDate if the test is not in its file."""
        path, _, name = self.test.partition("::")
        text = (root / path).read_text(encoding="utf-8") if (root / path).is_file() else ""
        there = f'  test("{name}")' in text if self.is_scala else name in _fast_tests(text)
        if not there:
            raise OutOfDate(f"{self.id}: `make test` has no test {self.test}")


def _fast_tests(module: str) -> list[str]:
    """The tests of a module that are not marked as slow."""
    body = ast.parse(module).body
    marks = [ast.unparse(node.value) for node in body if isinstance(node, ast.Assign) and _is_marks(node.targets[0])]
    if any("mark.slow" in mark for mark in marks):
        return []
    functions = [node for node in body if isinstance(node, ast.FunctionDef)]
    return [node.name for node in functions if not any("mark.slow" in ast.unparse(d) for d in node.decorator_list)]


def _is_marks(target: ast.expr) -> bool:
    return isinstance(target, ast.Name) and target.id == "pytestmark"
