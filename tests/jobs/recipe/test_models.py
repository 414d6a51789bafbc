"""The models that recipes name: missing ones, and ones without a sha256."""

from __future__ import annotations

from pathlib import Path

import pytest

from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.hash import recipe_hash
from decantry.jobs.recipe.load import load, parse
from tests.command import decantry
from tests.fasttext_model import write_model

PUBLISHED = "openhermes_reddit_eli5_vs_rw_v2_bigram_200k_train.bin of huggingface.co/mlfoundations/fasttext-oh-eli5"


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("DECANTRY_HOME", str(tmp_path))
    (tmp_path / "models").mkdir()
    return tmp_path / "models"


def test_a_shipped_recipe_says_how_to_get_its_model_or_train_one(cache: Path) -> None:
    with pytest.raises(UserError) as caught:
        recipe_hash(load("dclm-fasttext"))
    path = f"{cache}/fasttext-oh-eli5"
    path = f"{cache}/fasttext-oh-eli5"
    assert str(caught.value) == (
        f"the step fasttext_oh_eli5 needs the model cache:fasttext-oh-eli5: put {PUBLISHED} at {path}, or train one "
        f"with `decantry train fasttext JUDGED.jsonl --to {path}` and give `words: true, label: __label__1` in a copy "
        "of the recipe"
    )
    with pytest.raises(UserError) as caught:
        recipe_hash(load("nemotron-cc-quality"))
    assert str(caught.value).endswith(f"`decantry train fasttext JUDGED.jsonl --to {cache}/nemotron-4-edu`")


@pytest.mark.parametrize(
    "name", ["dclm-baseline", "dclm-fasttext", "fineweb-edu-chinese", "nemotron-cc", "nemotron-cc-quality", "preselect"]
)
def test_it_is_listed_and_printed_without_the_model(name: str) -> None:
    assert f"\n{name} " in decantry("recipes").out
    assert decantry("recipes", name).code == 0
    assert parse(decantry("recipes", name, "--yaml").out, "printed") == load(name)


def test_the_hash_covers_the_file_in_the_cache_and_not_where_it_was_published(cache: Path) -> None:
    write_model(cache / "fasttext-oh-eli5", {"__label__hq": ["good"], "__label__lq": ["bad"]})
    first = recipe_hash(load("dclm-fasttext"))
    with_note = decantry("recipes", "dclm-fasttext", "--yaml").out
    assert recipe_hash(parse(with_note.replace(f"published: {PUBLISHED}", "published: elsewhere"), "m")) == first
    write_model(cache / "fasttext-oh-eli5", {"__label__hq": ["better"], "__label__lq": ["bad"]})
    assert recipe_hash(load("dclm-fasttext")) != first
    write_model(cache / "fasttext-oh-eli5", {"__label__1": ["better"], "__label__0": ["bad"]})
    with pytest.raises(UserError, match=r"has no label __label__hq: name one of __label__1, __label__0$"):
        recipe_hash(load("dclm-fasttext"))
    (cache / "fasttext-oh-eli5").write_bytes(b"<html>")
    with pytest.raises(UserError, match="cannot use the model cache:fasttext-oh-eli5: it is not a fastText model"):
        recipe_hash(load("dclm-fasttext"))


def test_a_model_that_was_trained_here_needs_words(cache: Path) -> None:
    recipe = decantry("recipes", "preselect", "--yaml").out
    write_model(cache / "PreSelect-classifier.bin", {"__label__1": ["good"], "__label__0": ["bad"]})
    assert recipe_hash(parse(recipe, "m"))
    write_model(cache / "PreSelect-classifier.bin", {"__label__1": ["good", "¶.s"], "__label__0": ["bad"]})
    with pytest.raises(UserError, match=r"was trained by `decantry train fasttext`: give the step `words: true`$"):
        recipe_hash(parse(recipe, "m"))
    assert recipe_hash(parse(recipe.replace("label: __label__1", "label: __label__1\n      words: true"), "m"))


def test_a_folder_of_the_cache_has_the_model_that_was_trained(cache: Path) -> None:
    (cache / "fasttext-oh-eli5").mkdir()
    with pytest.raises(UserError, match=f"--to {cache}/fasttext-oh-eli5` and give"):
        recipe_hash(load("dclm-fasttext"))
    write_model(cache / "fasttext-oh-eli5" / "model.bin", {"__label__hq": ["good"], "__label__lq": ["bad"]})
    assert recipe_hash(load("dclm-fasttext"))


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("models:/edu@champion", "give the `sha256` of the model"),
        ("https://a.example/m.bin", "give the `sha256` of the model"),
        ("cache:../m.bin", "is not of the form cache:NAME"),
    ],
)
def test_a_model_whose_content_may_change_needs_its_sha256(model: str, expected: str) -> None:
    with pytest.raises(UserError, match=expected):
        parse(f"recipe: a\nsteps:\n  - classifier: {{model: '{model}', label: hq, above: 0.5}}\n", "a.yaml")


@pytest.mark.parametrize(
    "uri", ["https://me:secret@a.example/m", "https://a.example/m?token=secret", "s3://k:secret@b/m"]
)
@pytest.mark.parametrize(
    "options",
    [
        "classifier: {model: URI, sha256: SHA, label: a, above: 0.5}",
        "score: {model: URI, sha256: SHA, column: a}",
        "edu_score: {model: URI, sha256: SHA}",
        "language_models: {models: ['URI#sha256=SHA']}",
        "bad_words: {file: URI, sha256: SHA}",
    ],
)
def test_an_address_with_credentials_is_refused_and_not_printed(uri: str, options: str) -> None:
    step = options.replace("SHA", "'" + "0" * 64 + "'" if "sha256: SHA" in options else "0" * 64)
    step = step.replace("URI", uri if "'URI" in step else f"'{uri}'")
    with pytest.raises(UserError, match="an address in it has credentials") as caught:
        parse(f"recipe: a\nsteps:\n  - {step}\n", "a.yaml")
    assert "secret" not in str(caught.value)
