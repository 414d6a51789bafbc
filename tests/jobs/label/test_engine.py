"""Many texts: which requests are made, which answers are kept, and when a run ends."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timezone

import pytest

from decantry.jobs.label.ask import Asker
from decantry.jobs.label.bounds import Pace, Purse
from decantry.jobs.label.endpoint import Reply, Unanswered
from decantry.jobs.label.engine import Labelled, label
from decantry.jobs.label.label import Judge, Label, Text, text_hash
from decantry.jobs.label.rubric import Rubric, load
from decantry.jobs.process.errors import InfrastructureError, UserError

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=timezone.utc)
JUDGE = Judge("m", load("edu"))


@dataclass
class Endpoint:
    """Answers with the result of `answer` for the text between the marks."""

    answer: Callable[[str], Reply]
    address: str = "http://here"
    asked: list[str] = field(default_factory=list)

    def ask(self, rubric: Rubric, prompt: str) -> Reply:
        text = prompt.split("PAGE ")[1].split("-----\n")[1].split("\n-----")[0]
        self.asked.append(text)
        return self.answer(text)


def by_length(text: str) -> Reply:
    return Reply(f"Score: {len(text) % 6}", (100, 10))


def text(id: str, content: str | None = None) -> Text:
    content = id if content is None else content
    return Text(id, text_hash(content), content)


def run(
    endpoint: Endpoint,
    texts: Iterable[Text],
    known: Iterable[Label] = (),
    parallel: int = 1,
    purse: Purse | None = None,
) -> tuple[Labelled, list[Label]]:
    kept: list[Label] = []
    pace = Pace(None, lambda: 0.0, lambda seconds: None)
    asker = Asker(JUDGE, endpoint, pace, purse or Purse(), lambda: NOW)
    return label(texts, asker, kept.append, known, parallel=parallel), kept


@pytest.mark.parametrize("parallel", [1, 3, 16])
def test_every_text_is_asked_about_once(parallel: int) -> None:
    endpoint = Endpoint(by_length)
    texts = [text("x" * length) for length in range(1, 31)]
    done, kept = run(endpoint, texts, parallel=parallel)
    assert sorted(endpoint.asked, key=len) == [each.id for each in texts]
    assert {each.id: each.score for each in kept} == {each.id: len(each.id) % 6 for each in texts}
    assert done.scores == dict.fromkeys(range(6), 5)


def test_so_many_are_under_way_at_the_same_time() -> None:
    together = threading.Barrier(3, timeout=60)

    def met(text: str) -> Reply:
        together.wait()  # each waits for two others
        return by_length(text)

    done, _ = run(Endpoint(met), [text(name) for name in "abcdef"], parallel=3)
    assert done.scores == {1: 6}


@pytest.mark.parametrize("parallel", [1, 8])
def test_a_labelled_text_is_not_asked_about_again_and_equal_texts_share_a_label(parallel: int) -> None:
    _, known = run(Endpoint(by_length), [text("one"), text("four")])
    endpoint = Endpoint(by_length)
    texts = [
        text("one"),
        text("copy", "one"),
        text("seven"),
        text("again", "seven"),
        text("seven"),
        text("four", "more"),
    ]
    _, kept = run(endpoint, texts, known, parallel)
    assert sorted(endpoint.asked) == ["more", "seven"]
    assert len(kept) == 4
    assert {each.id: (each.score, each.attempts) for each in kept} == {
        "copy": (3, 0), "seven": (5, 1), "again": (5, 0), "four": (4, 1),
    }  # fmt: skip


def test_a_label_is_kept_before_the_next_text_is_asked_about() -> None:
    events: list[str] = []

    def answer(text: str) -> Reply:
        events.append(f"asked {text}")
        return by_length(text)

    asker = Asker(JUDGE, Endpoint(answer), Pace(None), Purse(), lambda: NOW)
    label([text("a"), text("b")], asker, lambda made: events.append(f"kept {made.id}"))
    assert events == ["asked a", "kept a", "asked b", "kept b"]


def test_a_bound_ends_the_run_and_what_was_answered_stays() -> None:
    purse = Purse(max_tokens=3000)
    done, kept = run(Endpoint(by_length), [text(name) for name in "abcdefghijklmnopqrst"], purse=purse)
    assert done.stopped == "--max-tokens 3,000"
    assert 5 < len(kept) < 20
    assert purse.prompt + purse.completion == 110 * len(kept)


def test_requests_under_way_are_waited_for_before_a_bound_ends_the_run() -> None:
    """The reserved tokens of four requests exceed the bound together, but the used tokens do not."""
    done, kept = run(Endpoint(by_length), [text(name) for name in "abcd"], parallel=4, purse=Purse(max_tokens=3000))
    assert (done.stopped, len(kept)) == (None, 4)


def test_an_endpoint_that_refuses_ends_the_run_at_once() -> None:
    def refuses(text: str) -> Reply:
        if text == "b":
            raise Unanswered("HTTP (402) no credit", 402, sent=False)
        return by_length(text)

    endpoint = Endpoint(refuses)
    with pytest.raises(UserError, match=r"http://here refuses: HTTP \(402\) no credit; 1 labels of this run are kept"):
        run(endpoint, [text(name) for name in "abc"])
    assert endpoint.asked == ["a", "b"]


def test_labelling_stops_after_five_texts_without_an_answer() -> None:
    def fails(text: str) -> Reply:
        raise Unanswered("HTTP (400) too long", 400)

    endpoint = Endpoint(fails)
    with pytest.raises(
        InfrastructureError, match=r"did not answer for 5 texts in a row: HTTP \(400\) too long; 0 labels"
    ):
        run(endpoint, [text(name) for name in "abcdefgh"])
    assert len(endpoint.asked) == 5


def test_one_text_without_an_answer_does_not() -> None:
    def fails(text: str) -> Reply:
        if text == "b":
            raise Unanswered("HTTP (400) too long", 400)
        return by_length(text)

    done, kept = run(Endpoint(fails), [text(name) for name in "abcdefgh"] + [text("of b", "b")])
    assert [each.id for each in kept] == list("acdefgh")
    assert done.unanswered == {"HTTP (400) too long": 1, "the same text with another id got no answer": 1}


def test_a_model_that_gives_no_scores_ends_it_and_its_failures_are_kept() -> None:
    endpoint = Endpoint(lambda text: Reply("It is good.", (1, 1)))
    with pytest.raises(UserError, match=r"m gave no score for 5 texts in a row \(no_score: 'It is good\.'\)"):
        run(endpoint, [text(name) for name in "abcdefgh"])
    assert len(endpoint.asked) == 20


def test_an_answer_without_a_score_is_kept_if_the_next_attempt_would_pass_a_bound() -> None:
    done, kept = run(Endpoint(lambda text: Reply("Good.", (2000, 10))), [text("a")], purse=Purse(max_tokens=3500))
    assert [(made.id, made.failure, made.attempts, made.prompt_tokens) for made in kept] == [("a", "no_score", 1, 2000)]
    assert done.stopped is None


def test_an_answer_without_a_score_is_kept_if_the_next_attempt_is_refused() -> None:
    answers = [Reply("Good.", (100, 10)), Unanswered("HTTP (400) too long", 400, sent=False)]

    def answer(text: str) -> Reply:
        found = answers.pop(0)
        if isinstance(found, Unanswered):
            raise found
        return found

    _, kept = run(Endpoint(answer), [text("a")])
    assert [(made.failure, made.attempts, made.prompt_tokens) for made in kept] == [("no_score", 2, 100)]


def test_an_error_of_ours_leaves_the_answers_under_way() -> None:
    slow = threading.Event()

    def answer(text: str) -> Reply:
        if text == "a":
            raise ZeroDivisionError
        slow.wait(5)
        return by_length(text)

    kept: list[Label] = []
    asker = Asker(JUDGE, Endpoint(answer), Pace(None), Purse(), lambda: NOW)
    timer = threading.Timer(0.2, slow.set)
    timer.start()
    with pytest.raises(ZeroDivisionError):
        label([text("a"), text("b")], asker, kept.append, parallel=2)
    assert [made.id for made in kept] == ["b"]


def test_our_own_error_does_not_count_as_an_answer() -> None:
    def wrong(text: str) -> Reply:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(Endpoint(wrong), [text("a"), text("b")], parallel=2)
