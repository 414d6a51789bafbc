"""Labels texts, several at a time. Each label is kept before the next text is labelled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from queue import SimpleQueue
from threading import Thread

from decantry.jobs.label.ask import Asker
from decantry.jobs.label.bounds import Spent
from decantry.jobs.label.endpoint import Unanswered
from decantry.jobs.label.label import Label, Text
from decantry.jobs.process.errors import DecantryError, InfrastructureError, UserError
from decantry.schemas.labels import BLANK

IN_A_ROW = 5
"""Labelling stops if this many texts in a row get no answer, or no answer with a score."""


@dataclass
class Labelled:
    """The result: the number of new labels by score and by failure, and the number of texts that had labels before."""

    scores: Counter[int] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    unanswered: Counter[str] = field(default_factory=Counter)
    """The number of texts without an answer, by reason. They have no label."""
    before: int = 0
    stopped: str | None = None
    """The bound that stopped the run; None if none did."""


def label(
    texts: Iterable[Text],
    asker: Asker,
    keep: Callable[[Label], None],
    known: Iterable[Label] = (),
    *,
    parallel: int = 1,
    tell: Callable[[str], None] = lambda line: None,
) -> Labelled:
    """Label the texts, `parallel` at a time, and call `keep` with each label.

    Texts that have one of the labels `known` are skipped. The same text with another id gets the same label. Raises
    UserError or InfrastructureError if the endpoint refuses or does not answer, or if no answer has a score.
    """
    run = _Run(asker, keep, known)
    later: list[Text] = []
    asked: set[str] = set()

    def due() -> Iterable[Text]:
        for text in texts:
            if run.has(text):
                run.done.before += 1
            elif text.text_hash in run.by_hash or text.text_hash in asked:
                later.append(text)
            else:
                asked.add(text.text_hash)
                yield text

    _in_parallel(due(), asker, parallel, lambda text, outcome: run.take(text, outcome, tell))
    for text in later:
        if not run.has(text):
            run.copy(text)
    return run.done


class _Run:
    """Collects the labels of a run."""

    def __init__(self, asker: Asker, keep: Callable[[Label], None], known: Iterable[Label]) -> None:
        self._asker, self._keep = asker, keep
        self._there: set[tuple[str, str]] = set()
        self.by_hash: dict[str, Label] = {}
        self.done, self._row, self._count = Labelled(), 0, 0
        for each in known:
            self._there.add((each.id, each.text_hash))
            self.by_hash[each.text_hash] = each

    def has(self, text: Text) -> bool:
        return (text.id, text.text_hash) in self._there

    def take(self, text: Text, outcome: Label | Exception, tell: Callable[[str], None]) -> bool:
        """Keep the label, or count why there is none. Returns whether to continue."""
        if isinstance(outcome, Label):
            self._add(outcome)
            if outcome.failure != BLANK:
                self._row = 0 if outcome.score is not None else self._row + 1
            self._count += 1
            if self._count % 100 == 0:
                tell(f"{self._count:,} texts, {self._asker.purse.prompt + self._asker.purse.completion:,} tokens")
        elif isinstance(outcome, Spent):
            self.done.stopped = str(outcome)
            return False
        elif isinstance(outcome, Unanswered):
            self.done.unanswered[str(outcome)] += 1
            self._row += 1
            if outcome.hopeless:
                raise UserError(f"{self._asker.endpoint.address} refuses: {outcome}; {self._kept()}")
        else:
            raise outcome
        if self._row >= IN_A_ROW:
            raise self._in_vain(outcome)
        return True

    def copy(self, text: Text) -> None:
        """Keep a copy of the label of the same text with another id, if there is one."""
        if (same_text := self.by_hash.get(text.text_hash)) is None:
            self.done.unanswered["the same text with another id got no answer"] += 1
            return
        same = replace(same_text, id=text.id, url=text.url, host=text.host, labelled_at=self._asker.now())
        self._add(replace(same, prompt_tokens=0, completion_tokens=0, attempts=0))

    def _add(self, made: Label) -> None:
        self._keep(made)
        self._there.add((made.id, made.text_hash))
        self.by_hash[made.text_hash] = made
        if made.score is not None:
            self.done.scores[made.score] += 1
        else:
            self.done.failures[str(made.failure)] += 1

    def _in_vain(self, last: Label | Unanswered) -> DecantryError:
        where = self._asker.endpoint.address
        if isinstance(last, Unanswered):
            return InfrastructureError(f"{where} did not answer for {IN_A_ROW} texts in a row: {last}; {self._kept()}")
        said = " ".join(last.detail.split())[:80]
        return UserError(
            f"{self._asker.judge.model} gave no score for {IN_A_ROW} texts in a row ({last.failure}: {said!r}): try "
            f"another model, or allow longer answers in your own rubric; {self._kept()}"
        )

    def _kept(self) -> str:
        return f"{self._count:,} labels of this run are kept"


def _in_parallel(
    texts: Iterable[Text], asker: Asker, parallel: int, take: Callable[[Text, Label | Exception], bool]
) -> None:
    """Label the texts in threads, in order. `take` is called in this thread with each result, until it returns False.

    The threads are daemons, so that Ctrl-C does not wait for answers.
    """
    asked: SimpleQueue[Text | None] = SimpleQueue()
    came: SimpleQueue[tuple[Text, Label | Exception]] = SimpleQueue()

    def work() -> None:
        while (text := asked.get()) is not None:
            try:
                came.put((text, asker.label(text)))
            except Exception as error:
                came.put((text, error))

    for _ in range(parallel):
        Thread(target=work, daemon=True).start()
    source, under_way = iter(texts), 0
    going, failed = True, None
    try:
        while True:
            while going and under_way < parallel and (text := next(source, None)) is not None:
                asked.put(text)
                under_way += 1
            if not under_way:
                break
            outcome = came.get()
            under_way -= 1
            try:
                going = take(*outcome) and going
            except Exception as error:  # answers under way are paid for, so they are kept, too
                going, failed = False, failed or error
    finally:
        for _ in range(parallel):
            asked.put(None)
    if failed is not None:
        raise failed
