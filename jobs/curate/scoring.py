"""The scores that a recipe's steps need: from silver/scores, or computed if the text has none."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from decantry.jobs.curate.frames import with_texts
from decantry.jobs.curate.judge import reached
from decantry.jobs.models.lake_scores import Texts, known, scores
from decantry.jobs.models.model import Model, model_at
from decantry.jobs.models.scored import KEY, text_hash
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.spark import F

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.lake.staging import Staging
    from decantry.jobs.steps.score import ScoredByModel

TEXT_HASH = "text_hash"


@dataclass(frozen=True)
class Scoring:
    """Finds the scores that one run needs."""

    staging: Staging
    _numbers: count[int] = field(default_factory=count)

    def of_fates(self, step: ScoredByModel, fates: DataFrame, documents: DataFrame) -> DataFrame:
        """`id` and the score of the documents that are not removed.

        `fates` are staged and have TEXT_HASH. `documents` has the texts.
        """
        kept = fates.where("removed_by IS NULL")

        def texts(wanted: DataFrame) -> DataFrame:
            mine = with_texts(kept, documents, wanted).join(wanted, "id", "left_semi")
            return mine.select("crawl", "id", "text")

        return self._of(step, kept, texts)

    def of_texts(self, step: ScoredByModel, frame: DataFrame) -> DataFrame:
        """The working frame with the score, staged with its texts."""
        rows = self.staging.write(f"scored-{next(self._numbers)}", hashed(frame.drop(step.score_column)))

        def texts(wanted: DataFrame) -> DataFrame:
            return rows.join(wanted, "id", "left_semi").select("crawl", "id", "text")

        return rows.drop(TEXT_HASH).join(self._of(step, rows.where("removed_by IS NULL"), texts), "id", "left")

    def _of(self, step: ScoredByModel, kept: DataFrame, texts: Texts) -> DataFrame:
        name = f"scores-{next(self._numbers)}"
        wanted = kept.select(*KEY)
        crawls = [row["crawl"] for row in wanted.select("crawl").distinct().collect()]
        found = scores(self.staging.lake, model_for(step), wanted, crawls, texts, self.staging, name)
        return found.withColumnRenamed("score", step.score_column)


def hashed(frame: DataFrame) -> DataFrame:
    """The working frame with TEXT_HASH, the hash of the text in silver/scores; null for removed documents."""
    return frame.withColumn(TEXT_HASH, reached(text_hash()))


def model_for(step: ScoredByModel) -> Model:
    """The step's model. Raises UserError with the step's name if the model cannot be used."""
    path, sha256 = step.place()
    try:
        return model_at(path, sha256, step.label)
    except UserError as error:
        raise UserError(f"the step {step}: {error}") from None


def with_known(lake: Lake, step: ScoredByModel, frame: DataFrame) -> DataFrame:
    """The working frame with the score that silver/scores has for the current text; null if it has none."""
    found = known(lake, model_for(step)).groupBy("id", "text_hash").agg(F.max("score").alias(step.score_column))
    return hashed(frame.drop(step.score_column)).join(found, ["id", TEXT_HASH], "left").drop(TEXT_HASH)
