"""The commands, hung into the application."""

from __future__ import annotations

from importlib import import_module

from decantry.jobs.cli.app import app

__all__ = ["COMMANDS", "app"]
COMMANDS = (
    *("run", "ingest", "extract", "curate", "dedup", "check"),
    *("sql", "explain", "recipes", "tables", "inputs"),
    *("maintain", "rollback", "forget"),
    *("rehydration-weights", "doctor", "setup"),
)
"""The commands, in the order that --help lists them; each is the module of its name."""

for _name in COMMANDS:
    import_module(f"decantry.jobs.cli.{_name.replace('-', '_')}")
app.registered_commands.sort(key=lambda command: COMMANDS.index(command.name or ""))
