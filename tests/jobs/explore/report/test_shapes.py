from __future__ import annotations

from decantry.jobs.explore.report.bins import Range, bars
from decantry.jobs.explore.report.contents import StepLoss, Threshold
from decantry.jobs.explore.report.shapes import Mark, bands, chart, outline


def test_what_a_rule_removes_is_a_part_of_its_bar_and_the_threshold_is_drawn() -> None:
    drawn = chart(
        bars(Range(0, 40), {4: 2, 5: 8, 30: 2}, removed={4: 2, 30: 1}),
        [Threshold("short", "<", 5), Threshold("long", ">", 30)],
    )
    assert [(bar.about, bar.height, bar.removed) for bar in drawn.bars] == [
        ("4 to 5: 2", 36.0, 36.0),
        ("5 to 6: 8", 72.0, 0.0),
        ("30 to 31: 2, 1 of them removed", 36.0, 18.0),
    ]
    assert drawn.thresholds == (Mark(50.0, "5", "end"), Mark(300.0, "30", "start"))


def test_a_threshold_outside_is_not_drawn() -> None:
    assert chart(bars(Range(0, 1), {0: 1}), [Threshold("far", ">", 3)]).thresholds == ()


def test_no_documents_make_no_bars() -> None:
    assert chart(bars(Range(0, 1), {})).bars == ()


def test_an_outline_is_closed() -> None:
    path = outline(bars(Range(0, 1), {0: 1, 1: 4}))
    assert path.startswith("M0 100V50.0H2.5V0.0H5V100.0H7.5")
    assert path.endswith("V100Z")


def test_bands_narrow_as_documents_go() -> None:
    flow = [StepLoss("a", "", 200, 50, ()), StepLoss("b", "", 150, 150, ())]
    assert bands(flow) == [(100.0, 75.0), (75.0, 0.0)]
    assert bands([StepLoss("a", "", 0, 0, ())]) == [(0.0, 0.0)]
    assert bands([]) == []
