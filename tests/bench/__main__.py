"""`python -m tests.bench` prints all figures of the main job as a Markdown table."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

from tests.bench import archives, bare_loop, cold, fasttext, native, peer

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
PEER = ROOT.parent / "shared" / "tools" / "peer_fineweb.py"
WORK = ROOT / "build" / "bench"
COPIES = 10
BARE = 3
"""How many crawls the bare loop reads, before the ingest and after it. The speed of a machine may change in between."""


def main() -> None:
    """Measure, with progress on standard error, and print the tables on standard output."""
    sources = sorted((DATA / "warc").glob("web-*.warc.gz"))
    if not sources:
        sys.exit(f"the bench reads real pages from {DATA / 'warc'}, which is not here")
    _say("re-issuing the pages, a crawl a copy")
    crawls = archives.reissue(sources, WORK / "crawls", COPIES)
    cut = archives.reissue(sources, WORK / "cut", 1, pages=450)[0]

    _say("cold start")
    lake = WORK / "lake-cold"
    run, sql, run_memory = cold.main_job(cut, lake)
    sparkless = max(cold.timed(words)[0] for words in (*cold.SPARKLESS, ["inputs", "--lake", str(lake)]))

    _say("the bare loop")
    some = [path for crawl in crawls[:BARE] for path in crawl]
    bare_before = bare_loop.rate(some)
    _say("ingest and curate in a warm session")
    from tests.bench import rates

    measured = rates.measure(crawls, WORK / "rates")
    _say("the bare loop again")
    bare = 2 / (1 / bare_before + 1 / bare_loop.rate(some))
    _say("the native measurements")
    from decantry.jobs.lake.session import start

    texts = DATA / "oracle" / "fineweb-texts.jsonl.gz"
    natively = native.rate(start(lake), texts)
    _say("fastText, native and by the library")
    predicted = fasttext.measure(start(lake), texts, WORK / "fasttext")

    _say("the peer")
    python = peer.environment(WORK / "peer")
    pages = measured.ingest.documents[0]
    theirs = pages / peer.chain_seconds(python, PEER, DATA / "warc", "web-*.warc.gz", WORK / "peer-out")
    their_filters = peer.filter_rate(python, texts)

    both = 1 / (1 / measured.ingest.marginal + 1 / measured.curate.marginal)
    rows = [
        ("bare loop, two processes", f"{bare:,.0f} pages/s", ""),
        ("ingest, marginal", f"{measured.ingest.marginal:,.0f} pages/s", "0.6 of the bare loop"),
        ("ingest beside the bare loop", f"{measured.ingest.marginal / bare:.2f}", "0.60"),
        ("curate (fineweb), marginal", f"{measured.curate.marginal:,.0f} documents/s", "1,000"),
        ("fixed cost of ingest, of curate", f"{measured.ingest.fixed:.1f} s, {measured.curate.fixed:.1f} s", ""),
        ("the peer's chain, two workers", f"{theirs:.1f} pages/s", ""),
        ("ingest and curate together, beside the peer", f"{both / theirs:.1f} x", "12 x"),
        ("native measurements, one core", f"{natively:,.0f} texts/s", ""),
        ("the peer's filters, one core", f"{their_filters:.1f} texts/s", ""),
        ("native beside the peer's filters", f"{natively / their_filters:.0f} x", "30 x"),
        *fasttext.rows_of(predicted),
        ("cold `decantry run fineweb`, 4 archives, 1,800 pages", f"{run:.1f} s", "60 s"),
        ("cold `decantry sql`", f"{sql:.1f} s", "30 s"),
        ("slowest command without Spark", f"{sparkless:.2f} s", "2 s"),
        ("peak memory: cold run", f"{run_memory:.2f} GiB", "4 GiB"),
        ("peak memory: warm session, N and 10 N", f"{measured.peaks[0]:.2f}, {measured.peaks[1]:.2f} GiB", "4 GiB"),
    ]
    print(f"N = {pages:,} pages; {os.cpu_count()} cores, Python {platform.python_version()}, {_commit()}\n")
    print("| what | measured | wanted |\n|---|---|---|")
    for row in rows:
        print("| " + " | ".join(row) + " |")


def _commit() -> str:
    answer = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return answer.stdout.strip() or "no commit"


def _say(line: str) -> None:
    print(f"bench: {line} ...", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
