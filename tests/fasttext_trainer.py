"""fastText's trainer in an environment of its own: its module has the name of the one that the suite predicts with.

As a script, run there: `fasttext_trainer.py TRAINING FOLDER` trains models of every loss and writes them, each as it is
and quantised in three ways, and beside each the labels and probabilities that the trainer's library gives for the
texts in `FOLDER/texts.json`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

PACKAGE = "fasttext-community==0.11.9"
LOSSES = ("softmax", "hs", "ova", "ns")
SHAPES = ({"wordNgrams": 3, "bucket": 5000}, {"wordNgrams": 2, "minn": 1, "maxn": 4, "bucket": 20000})
QUANTISED = (
    {"qnorm": False},
    {"qnorm": True, "cutoff": 3000},
    {"qnorm": True, "qout": True, "cutoff": 2000},
)
MOST = 5
"""How many labels of each text are written to the file."""


def environment(folder: Path) -> Path:
    """The Python with the trainer, which is installed into `folder` if it is missing."""
    python = folder / "bin" / "python"
    if not (folder / "installed").is_file():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        quiet = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*quiet, PACKAGE], check=True)
        (folder / "installed").touch()
    return python


def main(training: str, folder: Path) -> None:
    """Train, quantise, predict."""
    import fasttext  # type: ignore[import-untyped,unused-ignore]

    texts = json.loads((folder / "texts.json").read_text())
    for loss in LOSSES:
        for number, shape in enumerate(SHAPES):
            plain = folder / f"{loss}-{number}.bin"
            model = fasttext.train_supervised(training, loss=loss, dim=13, epoch=3, lr=0.5, verbose=0, **shape)
            model.save_model(str(plain))
            _predict(fasttext, plain, texts)
            for how, options in enumerate(QUANTISED):
                model = fasttext.load_model(str(plain))
                model.quantize(training, dsub=3, **options)
                coded = folder / f"{loss}-{number}-{how}.ftz"
                model.save_model(str(coded))
                _predict(fasttext, coded, texts)


def _predict(fasttext: object, path: Path, texts: list[str]) -> None:
    model = fasttext.load_model(str(path))  # type: ignore[attr-defined]
    found = [model.predict(text.replace("\n", " "), k=MOST) for text in texts]
    answer = [[list(labels), [float(score) for score in scores]] for labels, scores in found]
    path.with_suffix(path.suffix + ".json").write_text(json.dumps(answer))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
