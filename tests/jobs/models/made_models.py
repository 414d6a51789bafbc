"""Models that the tests write themselves: a head on what texts look like, and an ONNX export of a few bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from decantry.jobs.models.backends.backend import Backend
from decantry.jobs.models.features import SURFACE, Scale
from decantry.jobs.models.head import Head
from decantry.jobs.models.head_file import save
from decantry.jobs.models.linear import Line
from decantry.jobs.models.surface import NAMES
from decantry.jobs.setup.cache import digest

ROOT = float(np.sqrt(2 * len(NAMES)))
"""The divisors of a block's numbers and of their squares."""
_INT64, _FLOAT, _INTS = 7, 1, 7


def write_head(
    path: Path, feature: str = "capitals", *, weight: float = 5, constant: float = 0, scored: bool = True
) -> str:
    """A head whose score is 5 times the feature, here the share of capital letters; the file's sha256.

    Its probability is the logistic function of that.
    """
    weights = np.zeros(2 * len(NAMES))
    weights[NAMES.index(feature)] = weight * ROOT
    scale = Scale(np.zeros(len(NAMES)), np.ones(len(NAMES)), squared=True)
    save(Head({SURFACE: scale}, Line(weights, float(constant)), 1.0, scored), {}, path)
    return digest(path)


def write_mixed_head(path: Path, made: Backend) -> None:
    """A head on surface features and on a backend, with random weights."""
    dice = np.random.default_rng(1)
    widths = {SURFACE: len(NAMES), made.name: made.dimension}
    scales = {
        name: Scale(dice.normal(0, 0.1, width), dice.uniform(0.1, 1, width), squared=name == SURFACE)
        for name, width in widths.items()
    }
    line = Line(dice.normal(0, 1, 2 * len(NAMES) + made.dimension), 0.1)
    save(Head(scales, line, 1.0, scored=False), {made.name: made.sha256}, path)


def write_export(folder: Path, outputs: int = 1) -> None:
    """A classifier that gives the mean of a text's token numbers, `outputs` times; `a` is token 3, `b` 4, `c` 5.

    Around a text stand [CLS], which is 1, and [SEP], which is 2.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(_model(outputs))
    words = {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, "a": 3, "b": 4, "c": 5}
    special = [{"id": at, "content": word, "special": True} for word, at in words.items() if at in (1, 2)]
    rest = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False}
    single = [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}]
    single.append({"SpecialToken": {"id": "[SEP]", "type_id": 0}})
    known = {word: {"id": word, "ids": [words[word]], "tokens": [word]} for word in ("[CLS]", "[SEP]")}
    around = {"type": "TemplateProcessing", "single": single, "pair": single, "special_tokens": known}
    content = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [{**each, **rest} for each in special],
        "normalizer": None,
        "pre_tokenizer": {"type": "WhitespaceSplit"},
        "post_processor": around,
        "decoder": None,
        "model": {"type": "WordLevel", "vocab": words, "unk_token": "[UNK]"},
    }
    (folder / "tokenizer.json").write_text(json.dumps(content))


def _model(outputs: int) -> bytes:
    """The mean of `input_ids`, as ONNX (onnx.proto, opset 13), in protobuf."""
    nodes = [
        _node(["input_ids"], "whole", "Cast", _text(1, "to") + _number(3, _FLOAT) + _number(20, 2)),
        _node(["whole"], "mean", "ReduceMean", _text(1, "axes") + _number(8, 1) + _number(20, _INTS)),
        _node(["mean"] * outputs, "logits", "Concat", _text(1, "axis") + _number(3, 1) + _number(20, 2)),
    ]
    graph = b"".join(_bytes(1, node) for node in nodes) + _text(2, "mean")
    graph += _bytes(11, _value("input_ids", _INT64, ["one", "tokens"])) + _bytes(12, _value("logits", _FLOAT, []))
    return _number(1, 7) + _bytes(8, _text(1, "") + _number(2, 13)) + _bytes(7, graph)


def _node(inputs: Sequence[str], output: str, kind: str, attribute: bytes) -> bytes:
    return b"".join(_text(1, each) for each in inputs) + _text(2, output) + _text(4, kind) + _bytes(5, attribute)


def _value(name: str, kind: int, dimensions: Sequence[str]) -> bytes:
    shape = _bytes(2, b"".join(_bytes(1, _text(2, each)) for each in dimensions)) if dimensions else b""
    return _text(1, name) + _bytes(2, _bytes(1, _number(1, kind) + shape))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    found = bytearray()
    while True:
        value, low = value >> 7, value & 127
        found.append(low | (128 if value else 0))
        if not value:
            return bytes(found)
