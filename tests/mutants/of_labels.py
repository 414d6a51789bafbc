"""Mutants of labels: how answers are judged, paid for and kept."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

ASK = "tests/jobs/label/test_ask.py"

LABELS = (
    Mutant(
        "scores-with-more-behind",
        "an answer counts although its last line does not end with the score",
        "jobs/label/answer.py",
        "found = re.fullmatch(",
        "found = re.match(",
        f"{ASK}::test_a_wrong_answer_is_asked_again_and_then_kept_as_a_failure",
    ),
    Mutant(
        "two-scores",
        "an answer with two scores counts",
        "jobs/label/answer.py",
        "if len(begun) > 1:",
        "if len(begun) > 2:",
        f"{ASK}::test_a_wrong_answer_is_asked_again_and_then_kept_as_a_failure",
    ),
    Mutant(
        "bounds-that-are-passed",
        "the tokens of an answer may pass the bound",
        "jobs/label/bounds.py",
        "tokens = self.prompt + self.completion + prompt + completion",
        "tokens = self.prompt + self.completion",
        f"{ASK}::test_no_request_could_pass_a_bound",
    ),
    Mutant(
        "texts-that-end-the-page",
        "a text can hold the line that ends it",
        "jobs/label/question.py",
        "fence = text_hash[:16]",
        'fence = ""',
        f"{ASK}::test_instructions_in_a_text_are_judged_and_not_followed",
    ),
    Mutant(
        "copies-that-are-paid-for",
        "the same text under two ids is asked about twice",
        "jobs/label/engine.py",
        " or text.text_hash in asked:",
        ":",
        "tests/jobs/label/test_engine.py::test_a_labelled_text_is_not_asked_about_again_and_equal_texts_share_a_label",
    ),
    Mutant(
        "lines-that-are-cut",
        "a file of somebody else loses its last line",
        "jobs/label/journal.py",
        "elif not (last.startswith(BEGINNING) or BEGINNING.startswith(last)):",
        "elif False:",
        "tests/jobs/label/test_file.py::test_a_file_with_other_lines_is_not_changed",
    ),
)
