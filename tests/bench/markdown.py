"""Finds the code, tables and formulas of a text in Markdown."""

from __future__ import annotations

import re

FENCE = re.compile(r"^ *(`{3,}|~{3,})([^`\n]*)\n(.*?)^ *\1[`~]*[ \t]*$", re.MULTILINE | re.DOTALL)
INLINE_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
RULE = re.compile(r"^\|? *:?-+:? *(\| *:?-+:? *)*\|?$")
FORMULA = re.compile(r"\$\$(.+?)\$\$|(?<![\\$\w])\$(?=\S)([^$\n]*?[^\s$\\])\$(?![\w$])", re.DOTALL)


def code(markdown: str) -> str:
    """The fenced code blocks in order, without languages and trailing spaces."""
    pieces = (match[3] for match in FENCE.finditer(markdown))
    return "\n".join("\n".join(line.rstrip() for line in piece.splitlines()) for piece in pieces)


def formulas(markdown: str) -> str:
    """The formulas, one on each line, without white space, which rarely matters in LaTeX."""
    rest = INLINE_CODE.sub("", FENCE.sub("", markdown))
    return "\n".join("".join((match[1] or match[2]).split()) for match in FORMULA.finditer(rest))


def tables(markdown: str) -> list[list[list[str]]]:
    """The tables as rows of cells, without the line of dashes."""
    found: list[list[list[str]]] = []
    lines = FENCE.sub("", markdown).splitlines()
    for at, line in enumerate(lines):
        if at and RULE.match(line.strip()) and "|" in lines[at - 1] and "-" in line:
            rows = [cells(lines[at - 1])]
            for row in lines[at + 1 :]:
                if "|" not in row:
                    break
                rows.append(cells(row))
            found.append(rows)
    return found


def cells(line: str) -> list[str]:
    """The cells of a row."""
    line = line.strip()
    line = line[1:] if line.startswith("|") else line
    line = line[:-1] if line.endswith("|") and not line.endswith("\\|") else line
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)]


def plain(markdown: str) -> str:
    """The text with single line breaks, and without trailing spaces."""
    return "\n".join(line.rstrip() for line in markdown.splitlines() if line.strip())
