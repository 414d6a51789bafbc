"""Labels in a lake: requests, rows of silver/labels, SQL, and `forget`."""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.explore.sql import query, views
from decantry.jobs.label import of_lake
from decantry.jobs.label.ask import Asker
from decantry.jobs.label.bounds import Pace, Purse
from decantry.jobs.label.endpoint import Reply
from decantry.jobs.label.label import Judge, text_hash
from decantry.jobs.label.of_lake import journal_of, label_lake, labels_of
from decantry.jobs.label.rubric import Rubric, load
from decantry.jobs.label.texts import order
from decantry.jobs.lake.few_rows import few_rows
from decantry.jobs.lake.lake import Lake
from decantry.jobs.process.errors import UserError
from decantry.jobs.upkeep.forget import forget
from decantry.schemas import documents
from tests.command import decantry
from tests.faults.signalled import signalled
from tests.jobs.label.server import Answer as Sent
from tests.jobs.label.server import Server, scored

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=timezone.utc)
JUDGE = Judge("m", load("edu"))
TEXTS = {f"doc-{number}": f"{'Ö' * number} and more of it" for number in range(8)} | {"copy": "ÖÖÖ and more of it"}


@dataclass
class Endpoint:
    answer: Callable[[str], Reply] = lambda prompt: Reply(f"Hm.\nScore: {prompt.count('Ö') % 6}", (100, 10))
    address: str = "http://here"
    asked: list[str] = field(default_factory=list)

    def ask(self, rubric: Rubric, prompt: str) -> Reply:
        self.asked.append(prompt)
        return self.answer(prompt)


def asker(endpoint: Endpoint, judge: Judge = JUDGE) -> Asker:
    return Asker(judge, endpoint, Pace(None, lambda: 0.0, lambda seconds: None), Purse(), lambda: NOW)


def made(spark: SparkSession, folder: Path) -> Lake:
    lake = Lake(spark, str(folder), "run-1")
    columns = dict.fromkeys(documents.TABLE.column_names) | {"extractor": "given", "warc_path": "a.jsonl", "crawl": "c"}
    of = {"run_id": "run", "warc_offset": 0, "language": "de"}
    rows = [
        columns | of | {"id": id, "text": text, "url": f"https://{id}.org/", "host": f"{id}.org"}
        for id, text in TEXTS.items()
    ]
    lake.append("silver/documents", few_rows(spark, documents.TABLE, [list(row.values()) for row in rows]))
    return lake


@pytest.fixture(scope="module")
def lake(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(of_lake, "BATCH", 3)
        yield made(spark, tmp_path_factory.mktemp("labels") / "lake")


def test_a_sample_is_labelled_once(lake: Lake) -> None:
    first = sorted(TEXTS, key=lambda id: order(7, id))[:4]
    endpoint = Endpoint()
    done = label_lake(lake, asker(endpoint), 4, 7)
    assert done.scores.total() == 4
    rows = {row["id"]: row for row in lake.rows("silver/labels")}
    assert {id: row["score"] for id, row in rows.items()} == {id: TEXTS[id].count("Ö") % 6 for id in first}
    row = rows[first[0]]
    assert (row["text_hash"], row["url"], row["model"]) == (text_hash(TEXTS[first[0]]), f"https://{first[0]}.org/", "m")
    assert (row["label"], row["rubric_sha256"], row["detail"]) == ("edu", JUDGE.rubric.sha256, "Hm.")
    assert (row["prompt_tokens"], row["labelled_at"], row["run_id"]) == (100, NOW.replace(tzinfo=None), "run-1")
    assert journal_of(lake, JUDGE).read_bytes() == b""

    more = Endpoint()
    done = label_lake(lake, asker(more), 100, 7)
    assert (done.before, done.scores.total()) == (4, 5)
    assert len(endpoint.asked) + len(more.asked) == 8  # the copy costs nothing
    assert len(lake.rows("silver/labels")) == len(TEXTS)
    version = lake.version("silver/labels")
    assert label_lake(lake, asker(Endpoint()), 100, 7).before == len(TEXTS)
    assert lake.version("silver/labels") == version

    views(lake, "labels documents")
    shown = query(lake, "select id, score from labels join documents using (id) where text_hash = sha2(text, 256)")
    assert {row["id"]: row["score"] for row in shown.collect()} == {
        id: text.count("Ö") % 6 for id, text in TEXTS.items()
    }


def test_another_model_is_another_judge_and_they_are_compared(lake: Lake) -> None:
    other = Judge("n", JUDGE.rubric)
    half = Endpoint(lambda prompt: Reply("Score: 0" if "ÖÖ" in prompt else "none", (1, 1)))
    done = label_lake(lake, asker(half, other), 100, 1, where="id in ('doc-0', 'doc-2', 'doc-4') and language = 'de'")
    assert (done.scores, done.failures) == ({0: 2}, {"no_score": 1})
    assert [(each.id, each.failure) for each in labels_of(lake, other) if each.failure] == [("doc-0", "no_score")]
    assert label_lake(lake, asker(Endpoint(), other), 1, 1, where="id = 'doc-0'").before == 1
    assert label_lake(lake, asker(Endpoint(), other), 1, 1, where="id = 'doc-0'", again=True).scores == {0: 1}
    assert sorted((each.id, each.score) for each in labels_of(lake, other)) == [
        ("doc-0", 0),
        ("doc-2", 0),
        ("doc-4", 0),
    ]
    (pair,) = json.loads(decantry("agreement", "--lake", lake.uri, "--output", "json").out)
    assert (pair["one"], pair["other"], pair["count"]) == ("m", "n", 3)
    assert [row[0] for row in pair["confusion"]] == [1, 0, 1, 0, 1, 0]
    assert (
        "has no labels of the rubric tone (there are labels of: edu)"
        in decantry("agreement", "--lake", lake.uri, "--rubric", "tone").line
    )


@pytest.mark.slow
def test_labels_of_a_dead_run_are_added_first_except_of_forgotten_pages(lake: Lake, spark: SparkSession) -> None:
    judge = Judge("dies", JUDGE.rubric)
    kept: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(of_lake, "label", lambda texts, asker, keep, known, **more: _two(texts, asker, keep, kept))
        with pytest.raises(KeyboardInterrupt):
            label_lake(lake, asker(Endpoint(lambda prompt: Reply("Score: 1", (1, 1))), judge), 5, 1)
    assert len(journal_of(lake, judge).read_bytes().splitlines()) == 2
    assert labels_of(lake, judge) == []
    forget(lake, [("domain", f"{kept[0]}.org")])
    assert kept[0] not in {row["id"] for row in lake.rows("silver/labels")}
    resumed = Endpoint(lambda prompt: Reply("Score: 1", (1, 1)))
    label_lake(lake, asker(resumed, judge), 5, 1)
    ids = [each.id for each in labels_of(lake, judge)]
    assert len(ids) == len(set(ids)) == 5
    assert kept[0] not in ids and kept[1] in ids
    assert len(resumed.asked) <= 4
    assert journal_of(lake, judge).read_bytes() == b""


def _two(texts, asker, keep, kept):  # type: ignore[no-untyped-def]
    """A run that ends after two labels."""
    for number, text in enumerate(texts):
        if number == 2:
            raise KeyboardInterrupt
        keep(asker.label(text))
        kept.append(text.id)


def test_nothing_to_judge(lake: Lake, server: Server) -> None:
    with pytest.raises(UserError, match=r"has no documents with id = 'none'"):
        label_lake(lake, asker(Endpoint()), 5, 1, where="id = 'none'")
    with pytest.raises(UserError, match=r"--where colour = 1 is not a predicate over documents"):
        label_lake(lake, asker(Endpoint()), 5, 1, where="colour = 1")
    words = ["label", "--endpoint", server.address, "--model", "m", "--lake"]
    assert "there is no lake at" in decantry(*words, lake.uri + "-none").line
    assert "--where is not a predicate" in decantry(*words, lake.uri, "--where", "rand() < 0.5").line
    assert server.asked == []


def test_a_command_labels_a_lake(lake: Lake, server: Server) -> None:
    words = ["label", "--endpoint", server.address, "--model", "http", "--lake", lake.uri, "-n", "3", "-q"]
    answer = decantry(*words)
    assert answer.code == 0, answer.err
    assert answer.out.splitlines()[0] == "labelled    3 texts; 0 more had a label already"
    assert answer.out.splitlines()[-1] == f"kept in     `labels` of {lake.uri}"


@pytest.mark.slow
def test_a_run_on_a_lake_that_is_killed_pays_nothing_twice(spark: SparkSession, server: Server, tmp_path: Path) -> None:
    """The server delays the sixth answer, and the process is killed. The next run asks about that text and the
    others."""
    held = threading.Event()

    def answer(prompt: str) -> Sent:
        if len(server.asked) == 6:
            held.set()
            return Sent(stalls=True)
        return scored(prompt.count("Ö") % 6)

    server.answer = answer
    lake = made(spark, tmp_path / "lake")
    words = ["label", "--endpoint", server.address, "--model", "m", "--lake", lake.uri, "--parallel", "1", "-q"]
    signalled(words, signal.SIGKILL, lambda _: held.is_set(), tmp_path)
    assert len(journal_of(lake, JUDGE).read_bytes().splitlines()) == 5
    assert not lake.exists("silver/labels")
    server.answer = lambda prompt: scored(prompt.count("Ö") % 6)
    answered = decantry(*words)
    assert answered.code == 0, answered.err
    times = [server.prompts.count(prompt) for prompt in set(server.prompts)]
    assert sorted(times) == [1] * 7 + [2]
    assert server.prompts.count(server.prompts[5]) == 2  # the answer that never came cost nothing
    rows = lake.rows("silver/labels")
    assert {row["id"]: row["score"] for row in rows} == {id: text.count("Ö") % 6 for id, text in TEXTS.items()}
    assert len(rows) == len(TEXTS)
