"""A preview from kept measurements of a lake that is written and read without Spark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from decantry.jobs.explore.preview import quick as preview_without_spark
from decantry.jobs.explore.preview.affected import NeedsSpark
from decantry.jobs.explore.preview.kept_rows import looked_up
from decantry.jobs.explore.preview.quick import quick
from decantry.jobs.explore.preview.thresholds import swept, with_settings
from decantry.jobs.recipe.load import parse
from tests.command import decantry
from tests.jobs.explore.preview.written import Judged, write, write_lake

if TYPE_CHECKING:
    from pathlib import Path

    from decantry.jobs.explore.preview.contents import Preview

DEFINITION = """
recipe: some
steps:
  - gopher_quality: {min_words: 30, min_stop_words: 0}
  - c4: {min_sentences: 3}
  - near_duplicates: {}
  - count_tokens: {}
"""
GOOD = {"gopher_quality.mean_word_length": 5.0, "gopher_quality.alpha_word_ratio": 0.9, "c4.sentences": 5.0}
SHORT = "gopher_quality.short_doc"


def measured(words: float | None, **more: float) -> dict[str, float | None]:
    sizes = {"characters": 100.0, "tokens": 20.0}
    return {**GOOD, "gopher_quality.words": words, **sizes, **{name.replace("__", "."): n for name, n in more.items()}}


DOCUMENTS = [
    Judged("kept", None, measured(50)),
    Judged("leaves", None, measured(35, characters=9, tokens=2), text="A" * 3000),
    Judged("no-words", None, measured(None), language=None),
    Judged("enters", SHORT, measured(20), language="de"),
    Judged("enters not", SHORT, measured(20, c4__sentences=1)),
    Judged("too short", SHORT, measured(5)),
    Judged("duplicate", "near_duplicates.duplicate", measured(20)),
    Judged("few", "c4.too_few_sentences", measured(20, c4__sentences=2)),
    Judged("amended", None, measured(50), run="run-1", crawl="c2"),
    Judged("amended", SHORT, measured(29), run="run-2", crawl="c2"),
]


def preview(lake: str, *settings: str) -> Preview:
    return quick(lake, parse(DEFINITION, "some"), lambda recipe: [with_settings(recipe, settings)])


@pytest.fixture
def lake(tmp_path: Path) -> str:
    return write_lake(tmp_path / "lake", "some", DEFINITION, DOCUMENTS)


def test_documents_leave_and_enter(lake: str) -> None:
    found = preview(lake, "gopher_quality.min_words=40")
    assert (found.kept, found.measured, found.population, found.publication) == (3, 7, 0, 3)
    total = found.outcomes[0].total
    assert (total.enter.documents.value, total.leave.documents.value) == (0, 1)
    assert total.leave.tokens is not None
    assert (total.leave.characters.value, total.leave.tokens.value) == (9, 2)
    (example,) = found.examples
    assert (example.id, example.enters, example.text) == ("leaves", False, "A" * 2000)
    assert (example.url, example.measured) == ("https://example.org/leaves", {"gopher_quality.words": 35})

    found = preview(lake, "gopher_quality.min_words=10")
    total = found.outcomes[0].total
    assert (total.enter.documents.value, total.enter.characters.value, total.leave.documents.value) == (2, 200, 0)
    assert {(each.id, each.removed_by) for each in found.examples} == {("enters", SHORT), ("amended", SHORT)}
    languages = {share.language: (share.kept, share.enter.documents.value) for share in found.outcomes[0].languages}
    assert languages == {"en": (2, 1), "none": (1, 0), "de": (0, 1)}

    both = preview(lake, "gopher_quality.min_words=10", "c4.min_sentences=1").outcomes[0].total
    assert (both.enter.documents.value, both.leave.documents.value) == (4, 0)


def test_a_sweep(lake: str) -> None:
    found = quick(lake, parse(DEFINITION, "some"), lambda recipe: swept(recipe, "gopher_quality.min_words=0:60:20")[1])
    moved = [(o.total.enter.documents.value, o.total.leave.documents.value) for o in found.outcomes]
    assert moved == [(3, 0), (2, 0), (0, 1), (0, 2)]
    assert (found.examples, found.now, found.tokens) == ((), 30, 6)


def test_sizes_are_looked_up_in_the_corpus_if_they_are_not_kept(tmp_path: Path) -> None:
    old = {"gopher_quality.words": 35.0}
    documents = [Judged("leaves", None, old, text="naïve 字", tokens=7), Judged("short", SHORT, old)]
    lake = write_lake(tmp_path, "some", DEFINITION, documents)
    total = preview(lake, "gopher_quality.min_words=40").outcomes[0].total
    assert total.leave.tokens is not None
    assert (total.leave.characters.value, total.leave.tokens.value) == (7, 7)
    with pytest.raises(NeedsSpark, match="do not decide 1 document of c1"):
        preview(lake, "gopher_quality.min_words=20")


def test_duplicates_of_a_document_that_leaves(lake: str, tmp_path: Path) -> None:
    cluster = {"recipe": "some", "crawl": "c1", "survivor": "leaves", "run_id": "run-1", "size": 3}
    rows = [{**cluster, "member": "leaves"}, {**cluster, "member": "duplicate"}]
    write(tmp_path / "lake", "silver/clusters", [*rows, {**rows[0], "run_id": "run-0", "size": 9}])
    notes = preview(lake, "gopher_quality.min_words=40").notes
    assert any(note.startswith("1 of the documents that leave have 2 removed duplicates, ") for note in notes)
    assert not any("removed duplicates" in note for note in preview(lake, "gopher_quality.min_words=10").notes)


def test_the_newest_text_of_a_page_counts(lake: str, tmp_path: Path) -> None:
    newer = Judged("leaves", None, None, language="fr", more={"extractor": "resiliparse-10.0", "text": "newer"})
    other = Judged("leaves", None, None, language="it", more={"extractor": "trafilatura-2.0"})
    for each in (newer, other):
        row = {"id": each.id, "crawl": "c1", "language": each.language, "text": each.text, **each.more}
        write(tmp_path / "lake", "silver/documents", [row])
    found = preview(lake, "gopher_quality.min_words=40")
    assert [each.text for each in found.examples] == ["newer"]
    assert {share.language: share.leave.documents.value for share in found.outcomes[0].languages}["fr"] == 1


def test_previews_that_need_spark(lake: str, tmp_path: Path) -> None:
    bare = write_lake(tmp_path / "bare", "some", DEFINITION, [Judged("kept", None, None)])
    with pytest.raises(NeedsSpark, match="do not decide 1 document of c1"):
        preview(bare, "gopher_quality.min_words=40")
    with pytest.raises(NeedsSpark, match="in a catalogue"):
        preview("main.lake", "gopher_quality.min_words=40")
    for file in (tmp_path / "lake" / "silver" / "signals").glob("*.parquet"):
        file.unlink()
    with pytest.raises(NeedsSpark, match=r"signals.* cannot be read"):
        preview(lake, "gopher_quality.min_words=40")


def test_measurements_that_memory_does_not_hold_need_spark(lake: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview_without_spark, "MOST_BYTES", 1000)
    with pytest.raises(NeedsSpark, match=r"^measurements of 20 documents would take more than 0 GB of memory$"):
        preview(lake, "gopher_quality.min_words=40")
    monkeypatch.setattr(preview_without_spark, "MOST_BYTES", 20_000)
    assert preview(lake, "gopher_quality.min_words=40").measured == 7


def test_a_document_that_enters_passes_a_predicate_on_its_cluster(tmp_path: Path) -> None:
    """It had no cluster when it was measured, so its `holds` says nothing."""
    definition = DEFINITION + "  - where: {name: rare, keep: 'cluster_size <= 3'}\n"
    lake = write_lake(tmp_path, "some", definition, [Judged("enters", SHORT, measured(20, rare__holds=0))])
    found = quick(
        lake, parse(definition, "some"), lambda recipe: [with_settings(recipe, ["gopher_quality.min_words=10"])]
    )
    assert found.outcomes[0].total.enter.documents.value == 1
    assert found.notes[0] == (
        "not judged again: near_duplicates, rare; a document that enters is counted as if it passed them"
    )


def test_the_command_does_not_start_spark(lake: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("decantry.jobs.cli.preview.open_lake", lambda *_, **__: pytest.fail("Spark is started"))
    (tmp_path / "some.yaml").write_text(DEFINITION)
    said = decantry("preview", str(tmp_path / "some.yaml"), "--lake", lake, "--set", "gopher_quality.min_words=40")
    assert (said.code, said.err.split(" s  ")[1]) == (0, "reading verdicts and measurements\n")
    assert said.out.splitlines()[:2] == [
        "some@3 with gopher_quality.min_words=40",
        "7 documents were decided by kept measurements",
    ]
    (total,) = [line.split() for line in said.out.splitlines() if line.startswith("all ")]
    assert total == ["all", "3", "0", "1", "2", "-9", "-2"]


def test_a_value_of_each_map() -> None:
    rows = [[("a", 1.0), ("b", None)], [], None, [("b", 2.0)], [("a", 3.0)]]
    maps = pa.array(rows, pa.map_(pa.string(), pa.float64()))
    a, b, c = (column.to_pylist() for column in looked_up(maps, ["a", "b", "c"]))
    assert a == [1.0, None, None, None, 3.0]
    assert b == [None, None, None, 2.0, None]
    assert c == [None] * 5
    a, b = (column.to_pylist() for column in looked_up(maps.slice(1, 3), ["a", "b"]))
    assert (a, b) == ([None, None, None], [None, None, 2.0])
