"""Checks that `decantry` knows the words of a command line."""

from __future__ import annotations

from collections.abc import Sequence

from decantry.jobs.cli.on_demand import COMMANDS, loaded


def assert_command_exists(words: Sequence[str]) -> None:
    """The first word is a command, and every word that starts with `--` is one of its options."""
    assert words[0] in COMMANDS, f"decantry has no command {words[0]}"
    options = {name for parameter in loaded(words[0]).params for name in parameter.opts}
    asked = {word for word in words[1:] if word.startswith("--")}
    assert asked <= options, f"decantry {words[0]} has no {asked - options}"
