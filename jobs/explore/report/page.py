"""The report as one HTML page that needs no network and runs no script but its own.

Every value is escaped by the templates. A Content-Security-Policy lets nothing be loaded, no address be gone to by a
form, and only the one style and the one script run whose sha256 it names.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from itertools import groupby
from typing import TYPE_CHECKING, Any

from decantry.jobs.checks.alarm import LOST, SHARED
from decantry.jobs.explore.report import shapes, shown

if TYPE_CHECKING:
    from jinja2 import Environment

    from decantry.jobs.explore.report.contents import Check, Contents

TEMPLATES = "decantry.jobs.explore.report"


def page(contents: Contents) -> str:
    """The page."""
    style, script = _part("style.css"), _part("script.js")
    fates = [(fate, list(few)) for fate, few in groupby(contents.samples, key=lambda each: each.removed_by)]
    removed = {f"{step.step}.{rule.name}": (rule.removed, rule.when) for step in contents.flow for rule in step.rules}
    runs = [(run, list(each)) for run, each in groupby(contents.checks, key=lambda check: check.run_id)]
    raised = [check for check in contents.checks if _is_alarm(check, contents.publications[0].run_id)]
    return (
        _environment()
        .get_template("page.html")
        .render(
            c=contents,
            style=_ours(style),
            script=_ours(script),
            policy=policy(style, script),
            bands=shapes.bands(contents.flow),
            fates=fates,
            removed=removed,
            raised=raised,
            runs=runs,
            steps=[(step, list(each)) for step, each in groupby(contents.measures, key=lambda m: m.step)],
        )
    )


def _is_alarm(check: Check, run: str) -> bool:
    """Whether the check is an alarm that the run raised before it published."""
    return check.run_id == run and not check.success and check.expectation.startswith((f"{LOST}(", f"{SHARED}("))


def policy(style: str, script: str) -> str:
    """The Content-Security-Policy that lets this style and this script run, and nothing else."""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _part(name: str) -> str:
    return (resources.files(TEMPLATES) / "templates" / name).read_text(encoding="utf-8")


def _ours(text: str) -> Any:
    """Text of our own that is no text of a page, and is not escaped."""
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
    """Any text that is not marked as ours, with nothing in it that acts unseen."""
    return shown.visible(value) if type(value) is str else value
