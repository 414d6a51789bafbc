"""Made contents of an audit: one item of each kind, with a given text wherever a text may occur."""

from __future__ import annotations

from decantry.jobs.explore.audit.contents import (
    Benchmark,
    Cluster,
    Contents,
    Duplicates,
    Host,
    Hosts,
    Match,
    Text,
)


def contents(text: str = "A page about tides.") -> Contents:
    """An audit in which every text from a corpus, a file or a benchmark is `text`."""
    shown = Text(text, text, len(text), text)
    copy = Text(text, text, 5_000, text, 0.84)
    return Contents(
        inputs=(text,),
        files=3,
        bytes=1_234_567,
        documents=2_000,
        characters=56_789,
        rejects=((text, 7, text),),
        unread=(text,),
        similarity=0.8,
        setting="MinHash",
        duplicates=Duplicates(40, 300, 260, 11, (("2 to 3", 4, 9), ("4 to 7", 1, 5)), (Cluster(5, shown, (copy,)),)),
        hosts=Hosts(120, 6, (Host(text, 500, 9_000, 250), Host("small.example", 19, 400, 0))),
        benchmarks=(Benchmark(text, 100, 90, 9),),
        matches=(Match(text, text, 3, 0.75, shown),),
        code="0.1.0",
    )
