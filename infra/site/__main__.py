"""`python -m infra.site FOLDER` builds the site there. Warnings are errors; nothing is fetched but Mermaid, once."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from infra.site import mermaid, tree

HERE = Path(__file__).resolve().parent


def build(target: Path) -> int:
    """Build the site in the folder, and its sources beside it. Returns Sphinx's exit code."""
    from sphinx.cmd.build import build_main

    source = target.with_name(f"{target.name}-source")
    tree.write(source)
    shutil.copy(HERE / "conf.py", source)
    shutil.copytree(HERE / "static", source / "static")
    mermaid.write(source / "static")
    shutil.rmtree(target, ignore_errors=True)
    doctrees = target.with_name(f"{target.name}-doctrees")
    code: int = build_main(["-q", "-W", "--keep-going", "-b", "html", "-d", str(doctrees), str(source), str(target)])
    return code


if __name__ == "__main__":
    sys.exit(build(Path(sys.argv[1] if len(sys.argv) > 1 else "build/site")))
