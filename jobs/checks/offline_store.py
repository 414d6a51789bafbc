"""Where the library writes data docs: a folder that keeps earlier pages. The library imports it by its name."""

from __future__ import annotations

from typing import Any

from great_expectations.data_context.store.tuple_store_backend import TupleFilesystemStoreBackend

from decantry.jobs.checks.offline import without_remote


class OfflineStore(TupleFilesystemStoreBackend):
    """The library's folder of pages, in which pages load nothing from elsewhere and stay when others are written."""

    def remove_key(self, key: Any) -> None:
        """Do nothing: the library would remove the pages of earlier runs before it writes new ones."""

    def _set(self, key: Any, value: Any, **options: Any) -> Any:
        page = value
        if isinstance(value, str):
            page = without_remote(value)
        elif isinstance(value, bytes) and value[:200].lstrip().lower().startswith(b"<!doctype html"):
            page = without_remote(value.decode()).encode()
        return super()._set(key, page, **options)  # type: ignore[no-untyped-call]
