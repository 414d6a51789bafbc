from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from decantry.jobs.models.extractor.blocks import Measured
from decantry.jobs.models.extractor.evaluate import Judged, best_threshold, snippets_found
from decantry.jobs.models.extractor.forest import from_bytes
from decantry.jobs.models.extractor.job import Training, train_extractor
from decantry.jobs.models.extractor.pages import TrainingPage, read_pages
from decantry.jobs.models.extractor.rows import PageRows, fold_of, gather
from decantry.jobs.models.extractor.snippets import Found
from decantry.jobs.process.errors import InfrastructureError, UserError
from decantry.jobs.tracking.tracker import Tracker
from tests.jobs.models.extractor.pages import COMMAND, CONTENT, LINK, html, line, write_annotated
from tests.warc_files import http, response, write


def _silent(line: str) -> None:
    pass


def _teach(markup: str) -> str:
    return "\n".join(part.split("</p>")[0] for part in markup.split("<p>")[1:])


def _train(folder: Path, given: Path) -> dict[str, float]:
    training = Training([str(given)], folder / "blocks.trees", folds=3, run=COMMAND, teach=_teach)
    return train_extractor(training, Tracker(None, "train extractor", _silent), _silent)


def test_a_model_is_trained_and_tried_on_other_hosts(tmp_path: Path) -> None:
    pytest.importorskip("lightgbm")
    given = write_annotated(tmp_path / "pages.jsonl.gz", 60, 12)
    told = _train(tmp_path / "one", given)
    assert (told["pages"], told["hosts"], told["annotated_pages"], told["blocks"]) == (60, 12, 60, 240)
    assert (told["snippet_f1"], told["snippet_f1_low"], told["block_f1"]) == (1, 1, 1)
    forest = from_bytes((tmp_path / "one" / "blocks.trees").read_bytes())
    assert forest.threshold == pytest.approx(told["threshold"])
    content, link = [len(CONTENT.format("part 1 a")), 0, 1], [len(LINK.format(1)), 1, 0]
    assert [*np.round(forest.probabilities(np.array([content, link], np.float32)))] == [1, 0]
    card = (tmp_path / "one" / "blocks.md").read_text(encoding="utf-8")
    assert "| snippet f1 | 1.0000 |" in card and "harbour" not in card

    assert _train(tmp_path / "two", given) == told
    assert (tmp_path / "two" / "blocks.trees").read_bytes() == (tmp_path / "one" / "blocks.trees").read_bytes()


def test_there_must_be_pages_of_two_hosts(tmp_path: Path) -> None:
    pytest.importorskip("lightgbm")
    with pytest.raises(UserError, match="pages of only 1 host"):
        _train(tmp_path, write_annotated(tmp_path / "pages.jsonl.gz", 4, 1))


def test_archives_give_a_share_of_their_pages(tmp_path: Path) -> None:
    archive = write(tmp_path / "a.warc.gz", *(response(f"host{n}", http(html(n))) for n in range(100)))
    every = list(read_pages([str(archive)], 1))
    some = list(read_pages([str(archive)], 0.3))
    assert len(every) == 100 and every[3] == TrainingPage("https://host3.example.org/", html(3))
    assert 15 < len(some) < 45 and set(some) < set(every)
    assert not every[0].annotated and every[0].host == "host0.example.org"


def test_files_that_are_no_pages_to_train_on_are_counted(tmp_path: Path) -> None:
    for name in ("a.warc.gz", "_temporary/b.warc.gz"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        write(tmp_path / name, response("host", http(html(1))))
    said: list[str] = []
    assert len(list(read_pages([str(tmp_path)], 1, said.append))) == 1
    assert ["passed over 1 file " in line for line in said] == [True]


@pytest.mark.parametrize(
    "spoiled", ["{}", "no", "[]", '{"url": "u", "html": "*"}', '{"url": "u", "html": "", "with_": "text"}']
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, spoiled: str) -> None:
    path = tmp_path / "pages.jsonl"
    path.write_text(f"{line(1, 'a.org')}\n\n{spoiled}\n")
    with pytest.raises(UserError, match=r"pages.jsonl, line 3: .* a line is "):
        list(read_pages([str(path)], 1))


def test_blocks_come_with_their_pages() -> None:
    pages = [TrainingPage("u", html(n)) for n in range(50)]
    measured = Measured(pages, COMMAND)
    read = list(measured)
    assert [page for page, _ in read] == pages
    assert measured.names == ["length", "links", "number"]
    assert read[7][1].texts[0] == LINK.format(7) and read[7][1].features.shape == (4, 3)
    assert list(Measured([], COMMAND)) == []


def test_a_command_that_fails_is_reported() -> None:
    with pytest.raises(InfrastructureError, match="DumpFeatures failed: the disk is full"):
        list(Measured([TrainingPage("u", "")], (sys.executable, "-c", "import sys; sys.exit('the disk is full')")))


def test_errors_of_reading_are_raised() -> None:
    with pytest.raises(UserError, match="no such path"):
        list(Measured(read_pages(["/nowhere/pages.jsonl"], 1), COMMAND))


def test_pages_that_nobody_judged_are_left_out() -> None:
    pages = [
        TrainingPage("https://a.org/", html(1)),
        TrainingPage("https://b.org/", html(2), ("part 2 a",)),
        TrainingPage("https://c.org/", ""),
    ]
    rows = gather(Measured(pages, COMMAND), lambda markup: None)
    assert [page.host for page in rows.pages] == ["b.org"]
    assert [*rows.weights] == [0, 6, 0, 0] and [*rows.of(rows.pages)] == [1]


def test_a_host_is_in_one_fold() -> None:
    assert {fold_of(f"host{n}", 10) for n in range(200)} == set(range(10))
    assert fold_of("a.org", 10) == fold_of("a.org", 10)


def test_the_threshold_with_the_best_f1() -> None:
    page = PageRows("a.org", 0, 3, ["one", "two", "three"], ("one", "two"), ("three",))
    judged = [Judged(page, np.array([0.9, 0.5, 0.3]))]
    assert best_threshold(judged) == 0.45
    assert snippets_found(judged, 0.45) == [Found(2, 0, 0)]
    assert judged[0].text(0.25) == "one\ntwo\nthree"
    assert best_threshold([]) == 0.5
