"""Made contents of a report: one item of each kind, with a given text wherever a text may occur."""

from __future__ import annotations

from datetime import datetime

from decantry.jobs.explore.report.bins import Bars, Range
from decantry.jobs.explore.report.contents import (
    Alarm,
    Check,
    ClusterSizes,
    Comparison,
    Contents,
    Intake,
    Measured,
    Move,
    Pace,
    Publication,
    Reading,
    RuleLoss,
    Sample,
    Share,
    StepLoss,
    Threshold,
)

AT = datetime(2026, 11, 30, 2, 5)
COUNTS = tuple((n * 7) % 11 for n in range(40))
SHORT = Threshold("short_doc", "<", 50)
WORDS = Range(0.0, 4.0, logarithmic=True)


def contents(text: str = "A page about tides.\nIts second line.", *, samples: int = 1) -> Contents:
    """A report in which every text from a page, a recipe or a lake is `text`."""
    bars = Bars(WORDS, COUNTS, 214.0)
    share = Share(text, 50, 20)
    words = StepLoss("words", text, 50, 30, (RuleLoss("short_doc", text, 30), RuleLoss("long_doc", "words > 9", 0)))
    reading = Reading("words", "short_doc", 12, text, True)
    return Contents(
        recipe="quiet-pets",
        title=text,
        references=(text,),
        definition=f"recipe: quiet-pets\ntitle: {text}",
        recipe_hash="dcd0774d230aa044",
        publication=3,
        published_at=AT,
        lake=text,
        code="0.1.0",
        intake=Intake(3, 1, 1_234_567, 150, 90, ((text, 10),)),
        documents=50,
        kept=20,
        flow=(words, StepLoss("redact_pii", "replaces addresses", 20, 0, ())),
        tokens=12_345,
        characters=56_789,
        domains=7,
        languages=(share,),
        top_domains=(share,),
        years=(Share("2024", 50, 20),),
        crawls=(share,),
        lengths=(("characters of documents", bars),),
        measures=(Measured("words", "words", (SHORT,), bars, ((text, bars), ("de", bars))),),
        measured=40,
        unmeasured=None,
        clusters=(ClusterSizes("near_duplicates", (("2 to 3", 4, 9),), ((3, text),)),),
        alarms=(Alarm("domain", text, 30, "words", 0.9, 0.6),),
        samples=tuple(
            Sample(f"{text}{n}", text, text, text, len(text), text, by, (reading,), text)
            for by in (None, "words.short_doc")
            for n in range(samples)
        ),
        publications=(Publication(3, 8, "20261130T020500-0a1b2c", "amend", AT, (text,), 50, 20),),
        checks=(
            Check("20261130T020500-0a1b2c", AT, text, text, False, "error", text, text),
            Check("20261130T020500-0a1b2c", AT, "silver/verdicts", "unique", True, "error", "50 rows", "every row"),
        ),
        paces=(Pace("curate", "20261130T020500-0a1b2c", 50, 12.5),),
        comparison=Comparison(text, 15, 5, 2, (Move(None, text, 2, (text,)), Move("absent", None, 5, (text,)))),
    )  # fmt: skip
