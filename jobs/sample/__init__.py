"""The embedded sample: a small web, written for this project, built into archives shaped like Common Crawl's."""

from __future__ import annotations

from pathlib import Path

from decantry.jobs.sample.crawl import archives, file_name


def build(folder: Path) -> list[Path]:
    """Write the sample's archives into `folder`, made when it is not there; their paths. Always the same records."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, content in enumerate(archives()):
        path = folder / file_name(number)
        path.write_bytes(content)
        paths.append(path)
    return paths
