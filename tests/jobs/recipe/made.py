"""A good document for each recipe that ships, one for each of its rules, and the models that it needs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from decantry.jobs.steps.step import Step
from decantry.jobs.steps.where import Where
from tests.fasttext_model import write_model
from tests.golden.cases import url_list
from tests.jobs.models.made_models import write_head
from tests.jobs.recipe.breaking import BREAKING, CHINESE, PROSE, QUESTIONS, WHERE, Document

GERMAN = """Die Bäckerin steht um drei Uhr auf, wenn die Straße noch dunkel ist und der Ofen etwas Wärme behalten hat.
Sie wiegt Mehl, Salz und Wasser ab, und sie kostet einen Krümel vom Teig des Vortags, bevor sie etwas mischt.
Ein Laib braucht mehr Geduld als Kraft: er muss zweimal ruhen, und niemand kann das beschleunigen.
Gegen fünf kommt ihr Lehrling mit kalten Händen, einer Fahrradlampe und Neuigkeiten aus der Mühle.
Um sechs klopfen die ersten Kunden; ein alter Lehrer möchte Roggenbrot, zwei Pflegerinnen bitten um Brötchen.
Was am Abend übrig bleibt, geht an die Nachbarn, und aus den Krusten wird Suppe oder Futter für die Hühner."""
_HERE: Document = {"language_score": 1.0, "url": "https://a.example.org/", "host": "a.example.org"}
GOOD: dict[str, Document] = {
    "en": _HERE | {"text": PROSE, "language": "en", "language_script": "Latn"},
    "de": _HERE | {"text": GERMAN, "language": "de", "language_script": "Latn"},
    "zh": _HERE | {"text": CHINESE, "language": "zh", "language_script": "Hani"},
}
"""A document that each recipe of the language keeps."""
CHINESE_RECIPES = ("fineweb-zhtw", "fineweb-edu-chinese")
OFF = {
    "fineweb2": {
        *(f"gopher_repetition.{rule}" for rule in ("dup_para_frac", "dup_para_char_frac", "dup_line_char_frac")),
        "fineweb_quality.short_line_ratio",
        "gopher_quality.enough_stop_words",
    }
}
"""Rules with bounds that no document is beyond, since the recipe switches them off."""
CONFIGURATION = """
language_score: 0.8
dup_line_frac: 0.3
top_n_grams: [[2, 0.2], [3, 0.18], [4, 0.16]]
dup_n_grams: [[5, 0.15], [6, 0.14], [7, 0.13], [8, 0.12], [9, 0.11], [10, 0.1]]
line_punct_thr: 0.12
new_line_ratio: 0.3
min_avg_word_length: 3
max_avg_word_length: 10
max_non_alpha_words_ratio: 0.8
"""
STOP_WORDS = {"eng_Latn": "[the, be, to, of, and, that, have, with]", "deu_Latn": "[die, der, und, um, ein]"}


def language_of(recipe: str) -> str:
    """The language of the made documents of a recipe."""
    return "zh" if recipe in CHINESE_RECIPES else "en"


def rules_of(recipe: str, step: Step) -> list[str]:
    """The names of the step's rules that the recipe does not switch off."""
    return [rule.name for rule in step.rules() if f"{step}.{rule.name}" not in OFF.get(recipe, ())]


def breaking(step: Step, rule: str) -> Document:
    """What a good document has to have instead, so that it breaks the rule."""
    broken = dict(WHERE[str(step)] if isinstance(step, Where) else BREAKING[step.kind][rule])
    if broken.get("language") == "given":
        del broken["language"]
    return broken


def put_in_cache(home: Path) -> None:
    """Write the address list, the configurations and the models that the recipes look for in this cache.

    A fastText model knows the last words of sentences, which end in a full stop or a question mark. A head takes 50
    times the question marks a word from 5.
    """
    models = home / "models"
    (models / "fineweb2").mkdir(parents=True)
    for language, words in STOP_WORDS.items():
        (models / "fineweb2" / f"{language}.yml").write_text(f"{CONFIGURATION}stopwords: {words}\n", encoding="utf-8")
    (home / "lists").mkdir()
    url_list(home / "lists").rename(home / "lists" / "ut1-adult")
    good, bad = ([word for word in text.split() if word[-1] == mark] for text, mark in ((PROSE, "."), (QUESTIONS, "?")))
    for label, names in _MODELS.items():
        for name in names:
            write_model(models / name, {f"__label__{label}": good, "__label__other": bad}, pull=20)
    for name in ("fineweb-edu-classifier", "fineweb-edu-chinese"):
        write_head(models / name, "questions", weight=-50, constant=5)


_MODELS = {"hq": ["fasttext-oh-eli5"], "1": ["nemotron-4-edu", "mixtral-edu", "PreSelect-classifier.bin"]}


@contextmanager
def home_at(folder: Path) -> Iterator[None]:
    """Recipes find lists, configurations and models in this cache; the jars stay where they are."""
    with (
        mock.patch("decantry.jobs.setup.cached.home", lambda: folder),
        mock.patch("decantry.jobs.setup.cache.home", lambda: folder),
    ):
        yield
