"""A tokenizer of bytes and a few merges, made here: `tokenizer.json` as Hugging Face's library writes it."""

from __future__ import annotations

from pathlib import Path

END = "<|endoftext|>"


def write(file: Path, *, end: str = END) -> Path:
    """The file, with `end` as its only special token."""
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers

    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=300, special_tokens=[end], initial_alphabet=sorted(alphabet), show_progress=False
    )
    made.train_from_iterator(["the cat of the harbour and the tide in the harbour"] * 3, trainer)
    made.save(str(file))
    return file
