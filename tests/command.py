"""The command line in this process: its exit code, standard output and standard error."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from unittest import mock

import pytest

from decantry.jobs.main import main


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """The one line of a failure, without the program's name. Fails if there are more lines."""
        lines = [line for line in self.err.splitlines() if line.startswith("decantry: ")]
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err
        return lines[0].removeprefix("decantry: ")


def decantry(*words: str) -> Answer:
    """Run the command and return its answer. Fixtures can use it, because it needs no `capsys`."""
    out, err = io.StringIO(), io.StringIO()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        mock.patch.object(sys, "argv", ["decantry", *words]),
        pytest.raises(SystemExit) as left,
    ):
        main()
    return Answer(int(left.value.code or 0), out.getvalue(), err.getvalue())


def runner(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Answer]:
    def run(*arguments: str) -> Answer:
        monkeypatch.setattr(sys, "argv", ["decantry", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as left:
            main()
        out, err = capsys.readouterr()
        return Answer(int(left.value.code or 0), out, err)

    return run
