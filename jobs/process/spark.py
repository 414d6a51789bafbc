"""Spark's functions `F` and `Window`, without the import of pyspark, which takes over half a second.

A command that does not start Spark loads our modules, too. So pyspark is imported when one of them uses it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

__all__ = ["F", "Window"]

if TYPE_CHECKING:
    from pyspark.sql import Window
    from pyspark.sql import functions as F
else:

    class _Lazy:
        """A module or class of pyspark, which is imported when one of its attributes is read.

        A copy is the object itself, and a pickle is its name in this module.
        """

        def __init__(self, name: str, load: Callable[[], Any]) -> None:
            self._name, self._load = name, load

        def __getattr__(self, name: str) -> Any:
            if name.startswith("__"):  # Python looks for these by itself, such as __deepcopy__
                raise AttributeError(name)
            return getattr(self._load(), name)

        def __reduce__(self) -> str:
            return self._name

    def _functions() -> Any:
        from pyspark.sql import functions

        return functions

    def _window() -> Any:
        from pyspark.sql import Window

        return Window

    F, Window = _Lazy("F", _functions), _Lazy("Window", _window)
