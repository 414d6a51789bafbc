"""Delta tables written by hand: a log of actions beside files of rows (the protocol's PROTOCOL.md)."""

from __future__ import annotations

import base64
import json
import string
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_LETTERS = string.digits + string.ascii_uppercase + string.ascii_lowercase + "!#$%&()*+-;<=>?@^_`{|}~"
_Z85 = str.maketrans(
    _LETTERS, string.digits + string.ascii_lowercase + string.ascii_uppercase + ".-:+=^!/*?&<>()[]{}@%$#"
)

Action = dict[str, Any]


def protocol(reader: int = 1, writer: int = 2, features: Sequence[str] = ()) -> Action:
    names = {"readerFeatures": list(features), "writerFeatures": list(features)} if features else {}
    return {"protocol": {"minReaderVersion": reader, "minWriterVersion": writer, **names}}


def metadata(*partitions: str, mapped: bool = False, **configuration: str) -> Action:
    def field(name: str, number: int) -> dict[str, Any]:
        about = {"delta.columnMapping.id": number, "delta.columnMapping.physicalName": f"c{number}"} if mapped else {}
        return {"name": name, "type": "string", "nullable": True, "metadata": about}

    fields = [field(name, at) for at, name in enumerate(("id", "url", "text", *partitions), 1)]
    schema = json.dumps({"type": "struct", "fields": fields})
    format_ = {"provider": "parquet", "options": {}}
    about = {"id": "t", "format": format_, "schemaString": schema, "partitionColumns": list(partitions)}
    return {"metaData": {**about, "configuration": configuration, "createdTime": 1}}


def add(path: str, partition: dict[str, str | None] | None = None, **more: Any) -> Action:
    about = {"size": 1, "modificationTime": 1, "dataChange": True}
    return {"add": {"path": path, "partitionValues": partition or {}, **about, **more}}


def remove(path: str) -> Action:
    return {"remove": {"path": path, "deletionTimestamp": 1, "dataChange": True}}


def write_log(table: Path, *versions: Sequence[Action]) -> None:
    """Write the log of a table. Each version is a list of actions."""
    log = table / "_delta_log"
    log.mkdir(parents=True, exist_ok=True)
    for number, actions in enumerate(versions):
        (log / f"{number:020}.json").write_text("".join(json.dumps(action) + "\n" for action in actions))


def first_row_deleted() -> dict[str, Any]:
    """A deletion vector within the log that has row 0: a Roaring bitmap of one array of one value, as Z85."""
    bitmap = struct.pack("<IIHHIH", 12346, 1, 0, 0, 16, 0)
    data = struct.pack("<IQI", 1681511377, 1, 0) + bitmap
    text = base64.b85encode(data + bytes(-len(data) % 4)).decode()
    return {"storageType": "i", "pathOrInlineDv": text.translate(_Z85), "sizeInBytes": len(data), "cardinality": 1}
