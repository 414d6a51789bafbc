from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from decantry.jobs.explore.export.tokenizer import tokenizer_of
from decantry.jobs.process.errors import UserError
from tests.jobs.explore.export import bpe
from tests.jobs.explore.report.hostile import HOSTILE


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bpe.write(tmp_path_factory.mktemp("bpe") / "tokenizer.json")


def text_of(file: Path, ids: list[int]) -> str:
    from tokenizers import Tokenizer

    return str(Tokenizer.from_file(str(file)).decode(ids, skip_special_tokens=False))


def test_ids_are_the_text_and_one_end(file: Path) -> None:
    made = tokenizer_of(file, None)
    assert (made.end, made.end_id, made.type) == (bpe.END, 0, "uint16")
    texts = ["the cat", "", *HOSTILE, f"the cat {bpe.END} goes on"]
    found = list(made.encode(texts))
    assert [text_of(file, ids) for ids in found] == [text + bpe.END for text in texts]
    assert [ids.count(made.end_id) for ids in found] == [1] * len(texts)


def test_many_and_long_texts_are_each_encoded_whole(file: Path) -> None:
    made = tokenizer_of(file, None)
    texts = ["tide " * 300_000, "the cat", *["harbour"] * 600]
    found = list(made.encode(texts))
    assert len(found) == len(texts)
    assert len(found[0]) > 300_000 and text_of(file, found[0]) == texts[0] + bpe.END
    assert found[1] == next(made.encode(["the cat"])) and found[601] == next(made.encode(["harbour"]))


def test_truncation_and_padding_are_off(file: Path, tmp_path: Path) -> None:
    told = json.loads(file.read_text())
    told["truncation"] = {"direction": "Right", "max_length": 3, "strategy": "LongestFirst", "stride": 0}
    told["padding"] = {
        "strategy": {"Fixed": 9}, "direction": "Right", "pad_to_multiple_of": None, "pad_id": 0, "pad_type_id": 0,
        "pad_token": bpe.END,
    }  # fmt: skip
    cut = tmp_path / "tokenizer.json"
    cut.write_text(json.dumps(told))
    texts = ["the cat of the harbour", "a"]
    assert list(tokenizer_of(cut, None).encode(texts)) == list(tokenizer_of(file, None).encode(texts))


def test_the_end_token_is_given_or_in_the_configuration_or_usual(file: Path, tmp_path: Path) -> None:
    other = bpe.write(tmp_path / "tokenizer.json", end="<over>")
    with pytest.raises(UserError, match="does not say which token ends a document: name it with --end-of-document"):
        tokenizer_of(other, None)
    for named in ("<over>", {"content": "<over>", "lstrip": False}):
        (tmp_path / "tokenizer_config.json").write_text(json.dumps({"eos_token": named}))
        assert tokenizer_of(other, None).end == "<over>"
    for odd in ('{"eos_token": 7}', "[]", "{"):
        (tmp_path / "tokenizer_config.json").write_text(odd)
        assert tokenizer_of(other, "<over>").end == "<over>"
        with pytest.raises(UserError, match="does not say which token"):
            tokenizer_of(other, None)
    with pytest.raises(UserError, match=r"--end-of-document is </s>, which the tokenizer .* does not have"):
        tokenizer_of(file, "</s>")


def test_a_file_that_is_not_a_tokenizer_fails_with_one_line(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = tmp_path / "odd.json"
    without_unknown = {"model": {"type": "WordLevel", "vocab": {"a": 0, "</s>": 1}, "unk_token": "<unk>"}}
    for content in (
        b"",
        b"{",
        b"{}",
        b"\xff\xfe\x00",
        b"[1, 2]",
        b'{"model": 7}',
        json.dumps(without_unknown).encode(),
    ):
        odd.write_bytes(content)
        with pytest.raises(UserError) as told:
            tokenizer_of(odd, None)
        assert "\n" not in str(told.value) and "not a usable tokenizer.json" in str(told.value), content
    with pytest.raises(UserError, match="cannot be read: No such file"):
        tokenizer_of(tmp_path / "none.json", None)
    with pytest.raises(UserError, match="cannot be read: Is a directory"):
        tokenizer_of(tmp_path, None)
    monkeypatch.setitem(sys.modules, "tokenizers", None)
    with pytest.raises(UserError, match=r"pip install 'decantry\[tokenizers\]'"):
        tokenizer_of(file, None)
