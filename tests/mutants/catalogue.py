"""All mutants by room."""

from __future__ import annotations

from tests.mutants.of_checks import CHECKS
from tests.mutants.of_commands import COMMANDS
from tests.mutants.of_dedup import DEDUP
from tests.mutants.of_ingest import INGEST
from tests.mutants.of_labels import LABELS
from tests.mutants.of_lakes import LAKES
from tests.mutants.of_pages import PAGES
from tests.mutants.of_recipes import RECIPES
from tests.mutants.of_scala import SCALA
from tests.mutants.of_sources import SOURCES
from tests.mutants.of_steps import STEPS
from tests.mutants.of_upkeep import UPKEEP

EVERY = (*PAGES, *SOURCES, *INGEST, *RECIPES, *STEPS, *DEDUP, *CHECKS, *LAKES, *LABELS, *UPKEEP, *COMMANDS, *SCALA)
