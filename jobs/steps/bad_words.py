"""C4's rule for pages with bad words, by a list that the recipe names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field, model_validator

from decantry.jobs.process.errors import UserError
from decantry.jobs.process.spark import F
from decantry.jobs.setup.cached import require_no_credentials
from decantry.jobs.setup.executors import on_executors
from decantry.jobs.setup.word_lists import word_list
from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import Step, native

if TYPE_CHECKING:
    from pyspark.sql import Column


class BadWords(Step):
    """Removes texts that contain a word or phrase of a list, in upper or lower case.

    The list has one entry on each line. An entry counts only as a whole word, except in Japanese, Thai and Chinese,
    where it may be part of a longer string. As in C4, `性` does not count in Chinese texts, and `sm`, `グロ` and
    `女の子` do not count in Japanese texts.

    `file` is a path, `cache:NAME` (a file in the folder `lists` of the cache), or a URI with its `sha256`.
    C4 uses the lists of github.com/LDNOOBW/List-of-Dirty-Naughty-Obscene-and-Otherwise-Bad-Words. Decantry ships none.
    """

    kind: ClassVar[str] = "bad_words"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "removes texts that contain a word of a list"
    source: ClassVar[str] = (
        "arXiv:1910.10683, 2.2; tensorflow/datasets c4_utils.py; datatrove 0.10.1 pipeline/filters/c4_filters.py"
    )

    file: Annotated[str, Field(min_length=1)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None

    @model_validator(mode="after")
    def _is_one_file(self) -> BadWords:
        if self.sha256 is None and "://" in self.file and not self.file.startswith("file://"):
            raise ValueError("give the `sha256` of the word list, so that every run uses the same file")
        require_no_credentials(self.file)
        return self

    def measure(self) -> Column:
        """The struct of `bad_words(text, language, list)`: how often the text contains words of the list."""
        path, sha256 = word_list(self.file, self.sha256)
        return native("bad_words", "text", "language", F.lit(f"{on_executors(path, sha256)}#sha256={sha256}"))

    def rules(self) -> list[Rule]:
        """One rule: a text with a bad word is removed."""
        return [Rule("bad_words", "bad_words", ">=", 1)]

    def resources(self) -> dict[str, str]:
        """The list's sha256. Raises UserError if the file is missing or has another sha256."""
        try:
            return {self.file: word_list(self.file, self.sha256)[1]}
        except UserError as error:
            raise UserError(f"the step {self}: {error}") from None
