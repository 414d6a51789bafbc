"""Configurations of languages, from folders and archives, and invalid ones."""

from __future__ import annotations

import tarfile
import zipfile
from pathlib import Path

import pytest

from decantry.jobs.process.errors import UserError
from decantry.jobs.steps.configurations import configurations, digest_of

GERMAN = """
language_score: 0.8
dup_line_frac: 0
top_n_grams: [[2, 0.2], [3, 0.18], [4, 0.16]]
dup_n_grams:
- - 5
  - 0.15
- [6, 0.14]
- [7, 0.13]
- [8, 0.12]
- [9, 0.11]
- [10, 0.1]
line_punct_thr: -1
new_line_ratio: 0.3
min_avg_word_length: 2
max_avg_word_length: 15
max_non_alpha_words_ratio: 0.7
stopwords: [der, die, "no"]
"""


def folder(tmp_path: Path, **files: str) -> Path:
    place = tmp_path / "configs"
    place.mkdir()
    for name, text in files.items():
        (place / f"{name}.yml").write_text(text, encoding="utf-8")
    return place


def test_a_configuration_is_read_under_the_names_of_the_options(tmp_path: Path) -> None:
    found = configurations(str(folder(tmp_path, deu_Latn=GERMAN, README="text: no configuration")))
    assert list(found) == ["deu_Latn"]
    assert found["deu_Latn"].stopwords == ("der", "die", "no")
    assert found["deu_Latn"].thresholds() == {
        "language_score": 0.8,
        "dup_line_frac": None,
        "top_2_gram": 0.2,
        "top_3_gram": 0.18,
        "top_4_gram": 0.16,
        **{f"duplicated_{n}_n_grams": (20 - n) / 100 for n in range(5, 11)},
        "min_line_punct_ratio": -1,
        "max_list_ratio": 0.3,
        "min_mean_word_length": 2,
        "max_mean_word_length": 15,
        "min_alpha_word_ratio": 0.7,
    }


def test_a_folder_and_archives_of_it_give_the_same_configurations(tmp_path: Path) -> None:
    place = folder(tmp_path, deu_Latn=GERMAN, fra_Latn=GERMAN.replace("0.8", "0.7"))
    zipped, packed = tmp_path / "c.zip", tmp_path / "c.tar.gz"
    with zipfile.ZipFile(zipped, "w") as archive:
        for file in place.iterdir():
            archive.write(file, f"fineweb-2-main/configs/{file.name}")
    with tarfile.open(packed, "w:gz") as tar:
        tar.add(place, "configs")
    read = [configurations(str(where)) for where in (place, zipped, packed)]
    assert [sorted(each) for each in read] == [["deu_Latn", "fra_Latn"]] * 3
    assert len({digest_of(each) for each in read}) == 1


def test_a_file_that_changes_is_read_again(tmp_path: Path) -> None:
    place = folder(tmp_path, deu_Latn=GERMAN)
    before = configurations(str(place))
    (place / "deu_Latn.yml").write_text(GERMAN.replace("language_score: 0.8", "language_score: 0.75"))
    after = configurations(str(place))
    assert [each["deu_Latn"].language_score for each in (before, after)] == [0.8, 0.75]
    assert digest_of(before) != digest_of(after)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a list", "it is not a mapping of keys"),
        ("a: [", "is not YAML"),
        (GERMAN + "more: 1", "there is no key `more`; choose from dup_line_frac, "),
        (GERMAN.replace("dup_line_frac: 0\n", ""), "the key `dup_line_frac` is missing"),
        (GERMAN.replace('[der, die, "no"]', "[der, no]"), "`stopwords.1` is False: .*write the word in quotes"),
        (GERMAN.replace('[der, die, "no"]', "[]"), "`stopwords` is \\[\\]"),
        (GERMAN.replace("language_score: 0.8", "language_score: 1.8"), "`language_score` is 1.8"),
        (GERMAN.replace("language_score: 0.8", "language_score: '0.8'"), "`language_score` is '0.8'"),
        (GERMAN.replace("[10, 0.1]", "[11, 0.1]"), "one pair for each of 5, 6, 7, 8, 9, 10 words"),
        (GERMAN.replace("new_line_ratio: 0.3", "new_line_ratio: .nan"), "`new_line_ratio` is"),
        ("!!python/object/apply:os.system [ls]", "is not YAML"),
    ],
)
def test_an_invalid_file_is_an_error_with_its_name(tmp_path: Path, text: str, expected: str) -> None:
    with pytest.raises(UserError, match=f"(?s)deu_Latn.yml.*{expected}"):
        configurations(str(folder(tmp_path, deu_Latn=text)))


def test_a_path_without_configurations_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match=r"there are no configurations at .*missing"):
        configurations(str(tmp_path / "missing"))
    with pytest.raises(UserError, match=r"has no file with a name like deu_Latn\.yml"):
        configurations(str(folder(tmp_path, german=GERMAN)))
    (tmp_path / "text").write_text("text")
    with pytest.raises(UserError, match="neither a folder nor a zip or tar archive"):
        configurations(str(tmp_path / "text"))
    monkeypatch.setenv("DECANTRY_HOME", str(tmp_path / "home"))
    with pytest.raises(UserError, match="the configurations cache:fineweb2 are not in the cache: put a folder"):
        configurations("cache:fineweb2")


def test_unusable_paths_and_files_are_an_error_in_one_line(tmp_path: Path) -> None:
    place = folder(tmp_path, deu_Latn=GERMAN)
    (place / "fra_Latn.yml").symlink_to(tmp_path / "nowhere")
    for where in (str(place), "x" * 5000, "~nobody-of-this-name/x", "a\0b"):
        with pytest.raises(UserError) as caught:
            configurations(where)
        assert "\n" not in str(caught.value)
    aliases = "a: &a [1, 2]\n" + "".join(f"{name}: [{', '.join(['*a'] * 9)}]\n" for name in "bcd")
    (tmp_path / "more").mkdir()
    for text, said in ((aliases, "has an alias"), ("2001-01-01: x\n", "cannot be used")):
        (tmp_path / "more" / "deu_Latn.yml").write_text(text)
        with pytest.raises(UserError, match=said):
            configurations(str(tmp_path / "more"))


def test_damage_inside_a_zip_is_reported(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "c.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("deu_Latn.yml", GERMAN)
    data = bytearray((tmp_path / "c.zip").read_bytes())
    data[60:90] = b"\xff" * 30
    (tmp_path / "c.zip").write_bytes(data)
    with pytest.raises(UserError, match="cannot be read"):
        configurations(str(tmp_path / "c.zip"))


def test_two_files_of_one_language_are_an_error(tmp_path: Path) -> None:
    place = folder(tmp_path, deu_Latn=GERMAN)
    (place / "old").mkdir()
    (place / "old" / "deu_Latn.yaml").write_text(GERMAN)
    with pytest.raises(UserError, match="two configurations of deu_Latn"):
        configurations(str(place))


def test_a_damaged_archive_is_reported(tmp_path: Path) -> None:
    whole = tmp_path / "c.tar.gz"
    with tarfile.open(whole, "w:gz") as tar:
        tar.add(folder(tmp_path, deu_Latn=GERMAN * 50), "configs")
    (tmp_path / "half.tar.gz").write_bytes(whole.read_bytes()[:-60])
    with pytest.raises(UserError, match=r"cannot be read|neither a folder|cannot be used|not YAML"):
        configurations(str(tmp_path / "half.tar.gz"))
