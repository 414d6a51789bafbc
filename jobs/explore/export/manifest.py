"""Writes manifest.json: the files of an export, with counts and checksums. It is the last file that is written."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from decantry.jobs.explore.export.contents import Contents


def manifest(contents: Contents) -> str:
    """The manifest as JSON. Nothing in it depends on the place or the time of the export."""
    files = [
        {name: value for name, value in asdict(file).items() if value is not None and name != "error"}
        for file in contents.files
    ]
    content: dict[str, Any] = {
        "made_by": f"decantry {contents.code}",
        "recipe": contents.recipe,
        "recipe_hash": contents.recipe_hash,
        "publication": contents.publication,
        "corpus_version": contents.corpus_version,
        "published_at": contents.published_at.isoformat(),
        "form": contents.to,
        "seed": contents.seed,
        "shard_text_bytes": contents.shard_size,
        "documents": contents.total.documents,
        "text_bytes": contents.total.bytes,
        "tokenizer": None if contents.tokenizer is None else asdict(contents.tokenizer),
        "files": files,
    }
    return json.dumps(content, indent=1, ensure_ascii=True) + "\n"
