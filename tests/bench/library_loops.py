"""What the libraries of models do with one text, with nothing of ours around it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from decantry.jobs.models.backends import onnx, wordllama
from decantry.jobs.models.backends.files import packaged

Loop = Callable[[str], Any]


def fasttext_loop(path: Path) -> Loop:
    """The labels and probabilities of fastText's library, in C++."""
    from fasttext import load_model

    model = load_model(str(path))
    return lambda text: model.predict(text.replace("\n", " "), k=-1)


def wordllama_loop() -> Loop:
    """The embedding of WordLlama's own class, of the characters that we read."""
    from tokenizers import Tokenizer
    from wordllama.inference import WordLlamaInference

    weights, tokens = packaged(
        "wordllama", "wordllama", f"weights/l2_supercat_{wordllama.DIMENSION}.safetensors",
        "tokenizers/l2_supercat_tokenizer_config.json",
    )  # fmt: skip
    vectors = wordllama.tensor(weights, "embedding.weight")
    library = WordLlamaInference(vectors, Tokenizer.from_file(str(tokens)))
    return lambda text: library.embed(text[: wordllama.MOST_CHARACTERS])


def onnx_loop(folder: Path) -> Loop:
    """The outputs of onnxruntime in one thread for the windows of tokens that we read."""
    import numpy as np
    import onnxruntime
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    first, last = tokenizer.encode("").ids

    def loop(text: str) -> list[Any]:
        ids = tokenizer.encode(text[: onnx.MOST_CHARACTERS], add_special_tokens=False).ids
        found, room = [], onnx.WINDOW - 2
        for at in range(0, max(1, len(ids)), room)[: onnx.WINDOWS]:
            row = np.array([[first, *ids[at : at + room], last]], np.int64)
            inputs = {"input_ids": row, "attention_mask": np.ones_like(row), "token_type_ids": np.zeros_like(row)}
            found.append(session.run(None, inputs)[0].mean(axis=1))
        return found

    return loop
