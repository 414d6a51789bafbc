"""Writes croissant.json: Croissant 1.0 metadata of an export (mlcommons/croissant, docs/croissant-spec-1.0.md)."""

from __future__ import annotations

import json
from typing import Any

from decantry.jobs.explore.export.contents import Contents

TYPES = {
    "string": "sc:Text",
    "int": "sc:Integer",
    "bigint": "sc:Integer",
    "double": "sc:Float",
    "boolean": "sc:Boolean",
    "timestamp": "sc:DateTime",
}
"""The Croissant type of each Spark type. Columns of other types are left out."""
PARQUET = "application/x-parquet"
_OF_CROISSANT = (
    *("citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty", "fileObject", "fileSet", "format"),
    *("includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex"),
    *("repeated", "replace", "samplingRate", "separator", "source", "subField", "transform"),
)
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{name: f"cr:{name}" for name in _OF_CROISSANT},
}


def croissant(contents: Contents) -> str:
    """The metadata: each shard with its sha256, and a record set with the rows' columns."""
    shards = [file for file in contents.files if file.kind == "rows"]
    metadata = {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": contents.recipe,
        "description": contents.title or f"A text corpus by the recipe {contents.recipe}.",
        "version": f"{contents.publication.rpartition('@')[2]}.0.0",
        "datePublished": contents.published_at.date().isoformat(),
        "license": contents.license,
        "creator": {"@type": "sc:Organization", "name": f"Decantry {contents.code}"},
        "citeAs": f"{contents.publication}, recipe {contents.recipe_hash}, made with Decantry {contents.code}",
        "distribution": [
            *(
                {
                    "@type": "cr:FileObject",
                    "@id": file.path,
                    "name": file.path,
                    "contentUrl": file.path,
                    "contentSize": f"{file.bytes} B",
                    "encodingFormat": PARQUET,
                    "sha256": file.sha256,
                }
                for file in shards
            ),
            {
                "@type": "cr:FileSet",
                "@id": "shards",
                "name": "shards",
                "encodingFormat": PARQUET,
                "includes": "data/train-*.parquet",
            },
        ],
        "recordSet": [
            {
                "@type": "cr:RecordSet",
                "@id": "documents",
                "name": "documents",
                "key": [{"@id": "documents/id"}, {"@id": "documents/copy"}],
                "field": [
                    {
                        "@type": "cr:Field",
                        "@id": f"documents/{column.name}",
                        "name": column.name,
                        "description": column.about,
                        "dataType": TYPES[column.type],
                        "source": {"fileSet": {"@id": "shards"}, "extract": {"column": column.name}},
                    }
                    for column in contents.columns
                    if column.type in TYPES
                ],
            }
        ],
    }
    text = json.dumps(metadata, indent=1, ensure_ascii=True)
    return text.replace("<", "\\u003c") + "\n"  # websites embed it in a script element
