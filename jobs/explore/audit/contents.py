"""The results of an audit: counts and bounded samples. Nothing else passes from Spark to the page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """A document of the corpus: its address or id, its file and row, and the beginning of its text.

    `similarity` is the Jaccard similarity to its cluster's kept document, if it is a duplicate.
    """

    name: str
    place: str
    characters: int
    text: str
    similarity: float | None = None


@dataclass(frozen=True)
class Cluster:
    """A cluster: the document that would be kept, and a few that would be removed. `size` counts all of them."""

    size: int
    kept: Text
    members: tuple[Text, ...]


@dataclass(frozen=True)
class Duplicates:
    """The duplicates in a corpus.

    `exact` documents repeat an earlier text byte by byte. `near` documents are as similar to a kept document as asked
    for, or more; `near_only` of these are not equal to it. `uncompared` documents have no words, so they are only
    compared byte by byte. `sizes` has ranges of cluster sizes, with their numbers of clusters and
    documents.
    """

    exact: int
    near: int
    near_only: int
    uncompared: int
    sizes: tuple[tuple[str, int, int], ...]
    largest: tuple[Cluster, ...]


@dataclass(frozen=True)
class Host:
    """A host: its number of documents, their characters, and how many of the documents are near-duplicates."""

    name: str
    documents: int
    characters: int
    near: int


@dataclass(frozen=True)
class Hosts:
    """The number of hosts, the number of documents without a host, and the hosts with most documents."""

    hosts: int
    without: int
    largest: tuple[Host, ...]


@dataclass(frozen=True)
class Benchmark:
    """A file of questions: how many it has, how many are long enough to search for, and how many were found."""

    name: str
    questions: int
    long_enough: int
    found: int


@dataclass(frozen=True)
class Match:
    """A question that was found: in how many documents, and one of these with its share of the question's sequences."""

    benchmark: str
    question: str
    documents: int
    share: float
    example: Text


@dataclass(frozen=True)
class Contents:
    """The contents of the page. `hosts` is None if no row has an address; `benchmarks` is empty if none were given."""

    inputs: tuple[str, ...]
    files: int
    bytes: int
    documents: int
    characters: int
    rejects: tuple[tuple[str, int, str], ...]
    """The reasons why rows were rejected, each with the number of rows and an example."""
    unread: tuple[str, ...]
    """The errors of files that could not be read."""
    similarity: float
    setting: str
    duplicates: Duplicates
    hosts: Hosts | None
    benchmarks: tuple[Benchmark, ...]
    matches: tuple[Match, ...]
    code: str
