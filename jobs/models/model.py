"""A model that scores texts. The driver loads and tries it first, so that errors are reported before any work."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from decantry.jobs.models.fasttext_training import GOOD
from decantry.jobs.models.head_file import NotAHead, load
from decantry.jobs.models.scorer import gives, scorer
from decantry.jobs.process.errors import UserError, first_line
from decantry.jobs.setup.fasttext import shown, wants_words
from decantry.udfs.page.classifier import MAGIC, labels_of

FASTTEXT, HEAD, EXPORT = "fasttext", "head", "export"
VERSIONS = {FASTTEXT: 1, HEAD: 1, EXPORT: 1}
"""The versions of the code that computes a score from a text and a model's file, backends included. Raise one if the
score of any text changes, and with it the VERSION of the steps `score` and `edu_score`. Then silver/scores has no score
of this version, and texts are scored again."""


@dataclass(frozen=True)
class Model:
    """A model, and the label whose score counts."""

    kind: str
    path: Path
    """A file, or the folder of an export."""
    sha256: str
    label: str
    words: bool = False
    """Whether texts are passed to a fastText model in the form of `words`."""
    folders: tuple[tuple[str, str], ...] = ()
    """The backends of a head that are folders (`onnx:FOLDER`), with the sha256 of each."""

    @property
    def version(self) -> int:
        """The version of the code that scores with this kind of model."""
        return VERSIONS[self.kind]


def model_at(path: Path, sha256: str, label: str | None = None, named: str = "") -> Model:
    """The model in this file or folder. It is loaded once to check that it works.

    Messages call it `named`, or else by its path. `label` is a label of a fastText model; a model of `decantry train
    fasttext` needs none. Other models have the single label `score` or `probability`. Raises UserError if the file is
    damaged or not a model, if it has no such label, or if a library or backend is missing.
    """
    named = named or str(path)
    if path.is_dir():
        found = Model(EXPORT, path, sha256, _only("score", label, named))
    else:
        with path.open("rb") as file:
            fasttext = file.read(len(MAGIC)) == MAGIC
        found = _fasttext(named, path, sha256, label) if fasttext else _head(named, path, sha256, label)
    if found.kind != FASTTEXT:
        _try(named, found)
    return found


def _fasttext(named: str, path: Path, sha256: str, label: str | None) -> Model:
    try:
        labels = labels_of(str(path))
    except ValueError as error:
        raise UserError(f"the model {named} cannot be used: {error}") from None
    if not labels:
        raise UserError(f"the model {named} is not a classifier: it has no labels")
    words = wants_words(path, sha256)
    if label is None and words and GOOD in labels:
        label = GOOD
    if label not in labels:
        missing = "needs a label" if label is None else f"has no label {label}"
        raise UserError(f"the model {named} {missing}: name one of {shown(labels)}")
    return Model(FASTTEXT, path, sha256, label, words)


def _head(named: str, path: Path, sha256: str, label: str | None) -> Model:
    try:
        head, digests = load(path)
    except NotAHead as error:
        raise UserError(f"the model {named} is neither a fastText file nor a head: {error}") from None
    folders = tuple((name, own) for name, own in digests.items() if ":" in name)
    return Model(HEAD, path, sha256, _only(gives(head), label, named), folders=folders)


def _only(own: str, label: str | None, named: str) -> str:
    if label not in (None, own):
        raise UserError(f"the model {named} has no label {label}: its only label is {own}")
    return own


def _try(named: str, model: Model) -> None:
    """Score an empty text, which loads everything. Raises UserError if that fails."""
    try:
        scorer(str(model.path), model.sha256)("")
    except UserError:
        raise
    except Exception as error:
        raise UserError(f"the model {named} cannot be used: {first_line(error)}") from error
