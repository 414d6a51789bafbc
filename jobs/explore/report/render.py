"""Renders HTML pages from templates. Every value is escaped, and a page uses only our own style and script.

A Content-Security-Policy forbids everything else: loading files, sending forms, and any style or script but the ones
whose sha256 it names.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from decantry.jobs.explore.report import shapes, shown

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = "decantry.jobs.explore.report"


def rendered(template: str, *, scripted: bool, **values: Any) -> str:
    """The page from the template and these values. If it is `scripted`, the page's script may run."""
    style, script = _part("style.css"), _part("script.js") if scripted else ""
    ours = {"style": _ours(style), "script": _ours(script), "policy": policy(style, script)}
    return _environment().get_template(template).render(**ours, **values)


def policy(style: str, script: str) -> str:
    """The Content-Security-Policy that allows this style, and this script if there is one, and nothing else."""
    may_run = f"'{_digest(script)}'" if script else "'none'"
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src {may_run}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _part(name: str) -> str:
    return (resources.files(TEMPLATES) / "templates" / name).read_text(encoding="utf-8")


def _ours(text: str) -> Any:
    """Our own text, which is not escaped."""
    from markupsafe import Markup

    return Markup(text)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    found = Environment(
        loader=FunctionLoader(_part),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    names = ("count", "cut", "documents", "moment", "short", "size", "value")
    found.filters |= {name: getattr(shown, name) for name in names}
    found.globals |= {"chart": shapes.chart, "outline": shapes.outline, "percent": shown.percent}
    found.tests["spread"] = shapes.spread
    return found


def _finalize(value: Any) -> Any:
    """The value; text that is not our own is shown without invisible control characters."""
    return shown.visible(value) if type(value) is str else value
