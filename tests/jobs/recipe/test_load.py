from __future__ import annotations

import re
from pathlib import Path

import pytest

from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.load import load, parse, shipped


def test_the_shipped_recipes_are_found_by_name() -> None:
    plain = ["c4", "dedup", "fineweb", "fineweb-decantry", "fineweb-trafilatura", "fineweb-zhtw", "fineweb2", "gopher"]
    plain += ["massivetext", "refinedweb"]
    scored = ["dclm-baseline", "dclm-fasttext", "fineweb-edu", "fineweb-edu-chinese", "fineweb-edu-score-2"]
    assert shipped() == sorted([*plain, *scored, "nemotron-cc", "nemotron-cc-quality", "preselect"])
    assert [str(step) for step in load("fineweb").steps] == [
        "url_filter",
        "language",
        "gopher_repetition",
        "gopher_quality",
        "c4",
        "fineweb_quality",
        "near_duplicates",
        "count_tokens",
        "redact_pii",
    ]


@pytest.mark.parametrize("name", shipped())
def test_every_shipped_recipe_is_valid_and_cites_its_source(name: str) -> None:
    recipe = load(name)
    assert recipe.recipe == name
    assert recipe.title
    assert recipe.reference
    assert recipe.corpus().name == "gold/" + name.replace("-", "_")


def test_finewebs_rules_have_the_names_of_the_peers_reasons() -> None:
    rules = {str(step): [rule.name for rule in step.rules()] for step in load("fineweb").steps}
    assert rules["url_filter"] == [
        "domain",
        "subdomain",
        "url",
        "hard_blacklisted",
        "soft_blacklisted",
        "blacklisted_subword",
    ]
    assert rules["gopher_repetition"][:5] == [
        "empty",
        "dup_para_frac",
        "dup_para_char_frac",
        "dup_line_frac",
        "dup_line_char_frac",
    ]
    assert rules["gopher_repetition"][5:] == [
        *(f"top_{n}_gram" for n in (2, 3, 4)),
        *(f"duplicated_{n}_n_grams" for n in range(5, 11)),
    ]
    assert rules["near_duplicates"] == ["duplicate"]


def test_a_rule_as_text() -> None:
    by_name = {str(step): [str(rule) for rule in step.rules()] for step in load("fineweb").steps}
    assert by_name["language"] == ["language not in en", "language_score <= 0.65"]
    assert by_name["gopher_quality"][0] == "words < 50"


def test_the_thresholds_of_fineweb_are_those_of_its_sources() -> None:
    rules = {str(step): [str(rule) for rule in step.rules()] for step in load("fineweb").steps}
    assert rules == {
        "url_filter": [
            *("domain >= 1", "subdomain >= 1", "url >= 1", "hard_words >= 1", "soft_words >= 2", "subword >= 1"),
        ],
        "language": ["language not in en", "language_score <= 0.65"],
        "gopher_repetition": [
            *("characters = 0", "dup_para_frac > 0.3", "dup_para_char_frac > 0.2"),
            *("dup_line_frac > 0.3", "dup_line_char_frac > 0.2"),
            *("top_2_gram > 0.2", "top_3_gram > 0.18", "top_4_gram > 0.16"),
            *("duplicated_5_n_grams > 0.15", "duplicated_6_n_grams > 0.14", "duplicated_7_n_grams > 0.13"),
            *("duplicated_8_n_grams > 0.12", "duplicated_9_n_grams > 0.11", "duplicated_10_n_grams > 0.1"),
        ],
        "gopher_quality": [
            *("words < 50", "words > 100000", "mean_word_length < 3", "mean_word_length > 10", "hash_ratio > 0.1"),
            *("ellipsis_ratio > 0.1", "bullet_line_ratio > 0.9", "ellipsis_line_ratio > 0.3"),
            *("alpha_word_ratio < 0.8", "stop_words < 2"),
        ],
        "c4": ["lorem_ipsum >= 1", "curly_bracket >= 1", "sentences < 5"],
        "fineweb_quality": [
            *("lines = 0", "line_punct_ratio < 0.12", "short_line_ratio > 0.67"),
            *("char_dup_ratio > 0.01", "list_ratio > 0.3"),
        ],
        "near_duplicates": ["cluster_size > 1"],
        "count_tokens": [],
        "redact_pii": [],
    }


ZEROS = "0" * 64
WRONG = {
    "steps: [{language: {keep: [en, eng]}}]": "eng is not a language code of lid.176, such as en, de or ceb",
    "steps: [{language: {keep: [en, English]}}]": "English is not a language code of a model",
    "steps:\n  - c4: {min_sentence: 3}": (
        "step 1 (c4): there is no key `min_sentence`; did you mean `min_sentences`? choose from "
    ),
    "steps:\n  - gopher_quality: {min_words: fifty}": (
        "step 1 (gopher_quality): `min_words` is 'fifty': Input should be a valid integer"
    ),
    "steps:\n  - gopher_quality: {min_words: '50'}": (
        "step 1 (gopher_quality): `min_words` is '50': Input should be a valid integer"
    ),
    "steps:\n  - gopher_quality: {min_words: -1}": (
        "step 1 (gopher_quality): `min_words` is -1: Input should be greater than or equal to 0"
    ),
    "steps:\n  - gopher_quality: {stop_words: [der]}": "no text can have 2 of 1 stop_words",
    "steps:\n  - gopher: {}": (
        "step 1 (gopher): there is no such kind of step; did you mean `gopher_quality`? choose from bad_words, c4,"
    ),
    "steps:\n  - xyz: {}": "step 1 (xyz): there is no such kind of step; choose from bad_words, c4,",
    "stepz:\n  - c4: {}": "there is no key `stepz`; did you mean `steps`? choose from checks, recipe, reference,",
    "steps:\n  - gopher_quality: {min_words: -1, min_wrods: 5}": "no key `min_wrods`; did you mean `min_words`? choose",
    "steps:\n  - where: {keep: 'true'}": "step 1 (where): the key `name` is missing",
    "steps:\n  - c4: {}\n  - c4: {}": "two steps are called c4: give one of them a `name`",
    "steps: []": "`steps` is (): Tuple should have at least 1 item",
    "steps: 3": "has no list of `steps`",
    "colour: red\nsteps:\n  - c4: {}": "there is no key `colour`",
    "steps:\n  - c4: {}\nchecks:\n  - kept_shar: {between: [0, 1]}": "metric `kept_shar`; did you mean `kept_share`?",
    "steps:\n  - c4: {}\nchecks:\n  - kept_share: {between: [0.9, 0.1]}": "in the wrong order: 0.9 is more than 0.1",
    "steps:\n  - c4: {}\nchecks:\n  - removed_share: {step: c5, between: [0, 1]}": "a check names the step c5",
    "steps:\n  - classifier: {model: m, sha256: abc, label: x}": "`sha256` is 'abc': String should match pattern",
    "steps:\n  - sample: {share: 0.0000001}": "`share` is 1e-07: Input should be greater than or equal to 0.000001",
    "steps:\n  - sample: {share: 1, seed: 9223372036854775808}": "`seed` is 9223372036854775808: Input should be less",
    "steps:\n  - fineweb_quality: {short_line_length: 0}": "`short_line_length` is 0: Input should be greater than 0",
    "steps:\n  - gopher_quality: {min_words: 9, max_words: 8}": "no text can have min_words 9 and max_words 8",
    "steps:\n  - gopher_quality: {max_mean_word_length: 2}": "min_mean_word_length 3 and max_mean_word_length 2",
    "steps:\n  - c4: {}\nchecks:\n  - kept_share: {between: [0.1, 2]}": "kept_share cannot be 2: it is from 0 to 1",
    "steps:\n  - c4: {}\nchecks:\n  - kept: {between: [-1, null]}": "kept cannot be -1: it is 0 or more",
    f"steps:\n  - classifier: {{model: m, sha256: '{ZEROS}', label: x, column: text}}": "adds the column `text`",
    f"steps:\n  - classifier: {{model: m, sha256: '{ZEROS}', label: x, column: rank}}": "adds the column `rank`",
    "steps:\n  - c4: {}\n? [a, b]\n: 1": "line 4 is not YAML: found unhashable key",
    "steps:\n  - c4: {}\n c4": "line 4 is not YAML",
    "steps:\n  - c4: {}\ntitle: a\0b": r"line 4 is not YAML: it has the character '\x00'",
    "title: \x07": r"line 2 is not YAML: it has the character '\x07'",
    "steps:\n  - near_duplicates: {}\n  - rehydrate: {weights: {1: 2, 0x1: 3}}": "the key `0x1` is there twice",
    "steps:\n  - near_duplicates: {}\n  - rehydrate: {weights: {9223372036854775808: 2}}": "less than 2147483648",
    f"steps:\n  - sample: {{share: 1, seed: 0x{'f' * 9000}}}": "has an integer of 36000 bits: 1000 bits are allowed",
    "steps:\n  - near_duplicates: {keep: [url, url]}": "url is named twice",
    "steps:\n  - near_duplicates: {keep: [run_id]}": "run_id is not a property of a document",
    "steps:\n  - near_duplicates: {keep: [_original]}": "_original is not a property of a document",
    "steps:\n  - near_duplicates: {keep: [longest_text asc]}": "longest_text has no direction: write it alone",
    "steps:\n  - near_duplicates: {verify: 0.8, rounds: 3}": "there is no key `rounds`",
    "steps:\n  - c4: {}\nchecks: false": "`checks` is not a list",
    "steps:\n  - c4: {}\nchecks:\n  - kept_share: {metric: kept, between: [0, 1]}": "there is no key `metric`",
    "steps:\n  - c4: {}\nsteps:\n  - fineweb_quality: {}": "line 4 is not YAML: the key `steps` is there twice",
    "steps:\n  - gopher_quality: {min_words: 5, min_words: 9}": "line 3 is not YAML: the key `min_words` is there",
}


@pytest.mark.parametrize(("yaml", "expected"), WRONG.items(), ids=list(WRONG.values()))
def test_an_invalid_recipe_is_an_error_in_one_line(yaml: str, expected: str) -> None:
    with pytest.raises(UserError) as caught:
        parse(f"recipe: mine\n{yaml}\n", "mine.yaml")
    message = str(caught.value)
    assert message.startswith("the recipe mine.yaml")
    assert expected in message
    assert "\n" not in message


def test_an_unknown_recipe_is_an_error_that_lists_the_shipped_ones() -> None:
    told = r"no recipe finewb: did you mean fineweb\? name a YAML file or one of c4, dclm-baseline, dclm-fasttext"
    with pytest.raises(UserError, match=told):
        load("finewb")


def test_a_recipe_may_be_a_file(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("recipe: mine\nsteps:\n  - where: {name: long, keep: length(text) > 100}\n")
    assert str(load(str(file)).steps[0]) == "long"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("recipe: verdicts-all\nsteps:\n  - c4: {}\n", "verdicts-all is the name of a table that every lake has"),
        ("recipe: x\nsteps:\n  - c4: {name: 'coin[/x]'}\n", "the step name 'coin[/x]' may have only letters, digits"),
        ("recipe: x\nsteps:\n  - c4: {name: a.b}\n", "the step name 'a.b' may have only letters, digits"),
    ],
)
def test_names_that_could_be_mistaken_are_refused(text: str, why: str) -> None:
    with pytest.raises(UserError, match=re.escape(why)):
        parse(text, "x.yaml")


def test_a_recipe_that_names_no_checks_has_one() -> None:
    plain = "recipe: mine\nsteps:\n  - c4: {}\n"
    (check,) = parse(plain, "mine.yaml").checks
    assert (check.metric, check.between, check.severity) == ("kept_share", (0.01, None), "error")
    assert parse(plain + "checks: []\n", "mine.yaml").checks == ()
