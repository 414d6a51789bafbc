"""What an audit says: counts and bounded samples, all that passes from Spark to the page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """A document of the corpus: its address or id, the file and row that it stands in, and the beginning of its text.

    `similarity` is the Jaccard similarity to the document that is kept for it, if it is a duplicate.
    """

    name: str
    place: str
    characters: int
    text: str
    similarity: float | None = None


@dataclass(frozen=True)
class Cluster:
    """A document that would be kept, and a few of those that would be removed for it. `size` counts all of them."""

    size: int
    kept: Text
    members: tuple[Text, ...]


@dataclass(frozen=True)
class Duplicates:
    """Duplicates that are left in a corpus.

    `exact` documents repeat an earlier text byte by byte. `near` documents have a kept one of the similarity, and
    `near_only` of these are not equal to it. `uncompared` documents have too few words to be compared other than byte
    by byte. `sizes` are ranges of sizes, each with the number of clusters and of documents in them.
    """

    exact: int
    near: int
    near_only: int
    uncompared: int
    sizes: tuple[tuple[str, int, int], ...]
    largest: tuple[Cluster, ...]


@dataclass(frozen=True)
class Host:
    """A host with its documents, their characters, and how many of the documents are near-duplicates."""

    name: str
    documents: int
    characters: int
    near: int


@dataclass(frozen=True)
class Hosts:
    """The number of hosts, that of documents without one, and the hosts with most documents."""

    hosts: int
    without: int
    largest: tuple[Host, ...]


@dataclass(frozen=True)
class Benchmark:
    """A file of questions: how many it has, how many have enough words to be looked for, and how many were found."""

    name: str
    questions: int
    long_enough: int
    found: int


@dataclass(frozen=True)
class Match:
    """A question that was found, in how many documents, and one of these with the share of the question's sequences."""

    benchmark: str
    question: str
    documents: int
    share: float
    example: Text


@dataclass(frozen=True)
class Contents:
    """All that the page says. `hosts` is None if no row has an address, `benchmarks` is empty if none was named."""

    inputs: tuple[str, ...]
    files: int
    bytes: int
    documents: int
    characters: int
    rejects: tuple[tuple[str, int, str], ...]
    """Why rows were not read, how many, and an example."""
    unread: tuple[str, ...]
    """What is wrong with files that could not be read."""
    similarity: float
    setting: str
    duplicates: Duplicates
    hosts: Hosts | None
    benchmarks: tuple[Benchmark, ...]
    matches: tuple[Match, ...]
    code: str
