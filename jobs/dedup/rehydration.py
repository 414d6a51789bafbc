"""Rehydration weights: how often a survivor is repeated, by the size of its cluster."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from decantry.jobs.process.errors import UserError

WINDOW = 5
"""The number of cluster sizes in the moving average. Source: huggingface/fineweb-2 misc/rehydration/README.md."""

TAIL = 200
"""In a recipe's own distribution, all clusters of at least this size are counted together. FineWeb2's distributions end
near it."""

MAX_BYTES = 16 << 20
"""The largest file of a distribution, in bytes. Published ones have some 10 KB."""

_Rate = Annotated[float, Field(ge=0, le=100.001, allow_inf_nan=False)]


class Distribution(BaseModel):
    """Removal rates by cluster size, in percent, in the form that FineWeb2 publishes them."""

    model_config = ConfigDict(frozen=True)
    cluster_sizes: Annotated[tuple[Annotated[int, Field(ge=1)], ...], Field(min_length=1)]
    cluster_removal_rates: tuple[_Rate, ...]
    global_removal_rate: _Rate
    tail_threshold: int | None = None
    tail_removal_rate: _Rate | None = None

    @model_validator(mode="after")
    def _is_a_distribution(self) -> Distribution:
        if len(self.cluster_sizes) != len(self.cluster_removal_rates):
            raise ValueError("cluster_sizes and cluster_removal_rates have different lengths")
        sizes = [size for size, _ in self.rates]
        if sizes != sorted(set(sizes)):
            raise ValueError("the cluster sizes, with the tail's last, are not in ascending order")
        return self

    @property
    def rates(self) -> list[tuple[int, float]]:
        """Each cluster size and its removal rate in percent. The last one may stand for all sizes in the tail."""
        pairs = list(zip(self.cluster_sizes, self.cluster_removal_rates, strict=False))
        if self.tail_threshold is not None and self.tail_removal_rate is not None:
            pairs.append((self.tail_threshold, self.tail_removal_rate))
        return pairs


@dataclass(frozen=True)
class SizeCount:
    """How many documents of one cluster size reached the filters, and how many of them were removed."""

    size: int
    documents: int
    removed: int


def read_distribution(path: Path) -> Distribution:
    """The distribution in a JSON file. Raises UserError if the file cannot be read or is not a distribution."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise UserError(f"the distribution {path} is larger than {MAX_BYTES} bytes: is it one?")
        return Distribution.model_validate_json(data.removeprefix(b"\xef\xbb\xbf"))
    except OSError as error:
        raise UserError(f"the distribution {path} cannot be read: {error.strerror}") from None
    except ValidationError as error:
        wrong = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in wrong["loc"])
        message = wrong["msg"].removeprefix("Value error, ")
        if wrong["type"] == "json_invalid":
            raise UserError(f"the distribution {path} is not JSON: {message.removeprefix('Invalid JSON: ')}") from None
        raise UserError(f"the distribution {path}: {f'`{key}`: ' if key else ''}{message}") from None


def distribution(counts: Sequence[SizeCount]) -> Distribution:
    """The distribution of a recipe's own removals. Cluster sizes from TAIL on are counted together.

    Raises UserError if `counts` has no document.
    """
    seen = sum(count.documents for count in counts)
    if not seen:
        raise UserError("no document has a cluster size: there is nothing to compute rehydration weights from")
    body = sorted((c for c in counts if c.size < TAIL and c.documents), key=lambda c: c.size)
    tail = [c for c in counts if c.size >= TAIL and c.documents]
    in_tail = sum(c.documents for c in tail)
    sizes = tuple(c.size for c in body)
    rates = tuple(100 * c.removed / c.documents for c in body)
    if tail:
        sizes, rates = (*sizes, TAIL), (*rates, 100 * sum(c.removed for c in tail) / in_tail)
    return Distribution(
        cluster_sizes=sizes,
        cluster_removal_rates=rates,
        global_removal_rate=100 * sum(c.removed for c in counts) / seen,
    )


def weights(found: Distribution, max_repetitions: int) -> dict[int, int]:
    """The repetitions by cluster size, run-length encoded: `{1: 1, 2: 3, 3: 4}` means 4 for size 3 and above.

    Sizes whose removal rate is at least the global rate are repeated once. The size with the lowest rate is repeated
    `max_repetitions` times, and those between in proportion. A moving average over WINDOW sizes follows, which does not
    change the first two and the last two sizes, and then rounding (half to even). Source: huggingface/fineweb-2
    misc/rehydration/README.md, "Computing your own weights".
    """
    import numpy as np

    sizes = [size for size, _ in found.rates]
    rates = np.array([rate for _, rate in found.rates])
    average, least = found.global_removal_rate, rates.min()
    raw = np.ones(len(rates))
    if least < average:
        raw = np.where(rates < average, 1 + (max_repetitions - 1) * ((rates - average) / (least - average)), 1.0)
    # With fewer sizes than WINDOW, the average has WINDOW values; both assignments then set its ends.
    smooth = np.convolve(raw, np.full(WINDOW, 1.0) / WINDOW, mode="same")
    edge = WINDOW // 2
    smooth[:edge] = raw[:edge]
    smooth[-edge:] = raw[-edge:]
    repetitions = np.round(smooth).astype(int).tolist()
    runs = groupby(zip(sizes, repetitions, strict=False), key=lambda pair: pair[1])
    return {next(pairs)[0]: repeated for repeated, pairs in runs}


def repetitions(table: Mapping[int, int], size: int) -> int:
    """The repetitions of a cluster size: those of the largest size in the table that is not above it, else 1."""
    below = [start for start in table if start <= size]
    return table[max(below)] if below else 1
