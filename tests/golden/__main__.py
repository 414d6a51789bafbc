"""`python -m tests.golden` writes the outputs of kinds and versions that have no file yet, and changes no file."""

from __future__ import annotations

import sys
import tempfile

from tests.conftest import FEW_ROWS  # it also maps the package
from tests.golden import of_readers, of_steps
from tests.golden.files import keep, missing, wrong


def main() -> int:
    """Write missing files. Writes nothing and returns 1 if an output differs from its file."""
    from decantry.jobs.lake.session import start

    session = start(tempfile.mkdtemp(), app="decantry-golden", cores=2)
    for name, value in FEW_ROWS.items():
        session.conf.set(name, value)
    outputs = of_readers.outputs() | of_steps.outputs(session)
    session.stop()
    told = [line for name, output in outputs.items() if not missing(name) and (line := wrong(name, output))]
    if told:
        print("\n".join(told), file=sys.stderr)
        return 1
    written = [name for name, output in outputs.items() if keep(name, output)]
    print("\n".join(f"tests/golden/{name}.json" for name in written) or "every output has its file")
    return 0


if __name__ == "__main__":
    sys.exit(main())
