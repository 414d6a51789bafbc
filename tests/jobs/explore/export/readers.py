"""Other people's readers of an export, in an environment of their own.

As a script, run there: `readers.py FOLDER` prints, as JSON, what each of them finds in the export in `FOLDER`.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

PACKAGES = ("datasets==5.2.0", "mlcroissant==1.1.1", "duckdb==2.0.1")
ALONE = "megatron-core==0.16.1"
"""Installed without what it needs: one file of it is read, which uses numpy alone."""


def environment(folder: Path) -> Path:
    """The python that has the readers, installed into `folder` where it is not there yet."""
    python = folder / "bin" / "python"
    if not (folder / "installed").is_file():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        quiet = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*quiet, *PACKAGES], check=True)
        subprocess.run([*quiet, "--no-deps", ALONE], check=True)
        (folder / "installed").touch()
    return python


def by_datasets(folder: Path) -> dict[str, Any]:
    """The rows that Hugging Face's library opens, and the types that it gives them."""
    from datasets import load_dataset  # type: ignore[import-not-found,unused-ignore]

    made = load_dataset(str(folder), split="train", cache_dir=str(folder.parent / "cache"))
    return {"rows": list(made), "types": {name: str(one.dtype) for name, one in made.features.items()}}


def by_croissant(folder: Path) -> dict[str, Any]:
    """What the validator says, and the rows that it reads by the metadata."""
    import mlcroissant  # type: ignore[import-not-found,unused-ignore]

    made = mlcroissant.Dataset(str(folder / "croissant.json"))
    issues = made.metadata.issues
    records = [
        {
            name.partition("/")[2]: value.decode() if isinstance(value, bytes) else value
            for name, value in record.items()
        }
        for record in made.records("documents")
    ]
    return {
        "errors": sorted(issues.errors),
        "warnings": sorted(issues.warnings),
        "sha256": {one.content_url: one.sha256 for one in made.metadata.distribution if hasattr(one, "sha256")},
        "texts": [record["text"] for record in records],
    }


def by_megatron(folder: Path) -> list[list[int]]:
    """The documents' ids, by Megatron's own dataset."""
    indexed = _indexed_dataset()
    found = []
    for index in sorted((folder / "tokens").glob("*.idx")):
        made = indexed.IndexedDataset(str(index.with_suffix("")), mmap=True)
        ends = made.document_indices.tolist()
        assert ends == list(range(len(made) + 1))
        found += [made[number].tolist() for number in range(len(made))]
    return found


def _indexed_dataset() -> Any:
    """Megatron's module, with stand-ins for what it imports beside numpy: torch, S3, the log of several ranks."""
    torch = ModuleType("torch")
    torch.Tensor = object  # type: ignore[attr-defined]
    torch.utils = SimpleNamespace(data=SimpleNamespace(Dataset=object))  # type: ignore[attr-defined]
    found = importlib.util.find_spec("megatron")
    assert found is not None and found.submodule_search_locations is not None
    file = Path(next(iter(found.submodule_search_locations)), "core", "datasets", "indexed_dataset.py")
    storage = ("S3Config", "ObjectStorageConfig", "cache_index_file", "dataset_exists", "get_index_cache_path",
               "get_object_storage_access", "is_object_storage_path", "parse_s3_path")  # fmt: skip
    stands = {
        "torch": vars(torch),
        "megatron.core": {},
        "megatron.core.datasets": {},
        "megatron.core.datasets.object_storage_utils": dict.fromkeys(storage, lambda *_, **__: False),
        "megatron.core.msc_utils": {"MultiStorageClientFeature": SimpleNamespace(is_enabled=lambda: False)},
        "megatron.core.utils": {"log_single_rank": lambda *_: None},
    }
    for name, content in stands.items():
        module = ModuleType(name)
        vars(module).update({key: value for key, value in content.items() if not key.startswith("__")})
        sys.modules[name] = module
    spec = importlib.util.spec_from_file_location("indexed_dataset", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main(folder: Path) -> None:
    """Print what the readers find."""
    print(
        json.dumps(
            {"datasets": by_datasets(folder), "croissant": by_croissant(folder), "megatron": by_megatron(folder)}
        )
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
