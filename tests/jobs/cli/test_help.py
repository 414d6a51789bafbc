"""The help of an option is true for each command that has it."""

from __future__ import annotations

import pytest

from decantry.jobs.cli.on_demand import loaded


def told(command: str, name: str) -> str:
    """The help of the command's option or argument."""
    (found,) = [each for each in loaded(command).params if each.name == name]
    return str(getattr(found, "help", None))


@pytest.mark.parametrize("command", ["curate", "explain", "export", "preview", "report", "sample"])
def test_a_recipe_that_the_lake_has_published_can_be_named(command: str) -> None:
    assert told(command, "recipe") == (
        "The name of a recipe that is shipped or that the lake has published, or a YAML file."
    )


@pytest.mark.parametrize("command", ["run", "dedup"])
def test_a_recipe_that_only_the_lake_has_cannot_be_named(command: str) -> None:
    assert "published" not in told(command, "recipe")


@pytest.mark.parametrize("command", ["run", "ingest"])
def test_structure_names_no_option_that_the_command_lacks(command: str) -> None:
    assert told(command, "structure").endswith(
        "Needs the extractor decantry (`ingest --extractor decantry`, or a recipe like fineweb-decantry)."
    )
