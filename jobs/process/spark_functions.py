"""Spark's functions as `F`, for modules that commands without Spark load too. Importing pyspark takes over half a
second."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__all__ = ["F"]

if TYPE_CHECKING:
    from pyspark.sql import functions as F
else:

    class _Functions:
        """`pyspark.sql.functions`, imported when the first of them is used."""

        def __getattr__(self, name: str) -> Any:
            from pyspark.sql import functions

            return getattr(functions, name)

    F = _Functions()
