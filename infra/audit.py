"""The audit of what is delivered: `python -m infra.audit [build/sbom.json]`.

It writes a software bill of materials (CycloneDX) of the locked Python packages, the pinned jars and the libraries that
are shaded into the native jars. It checks that all of them are pinned by digest and that nothing that runs has a
copyleft licence. It asks pip-audit for known vulnerabilities of all packages, including those for tests and lints. Only
this last part needs the network. If the advisories cannot be reached, it says so and exits with 3.
"""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import metadata
from pathlib import Path

from cyclonedx.model.bom import Bom
from cyclonedx.output import make_outputter
from cyclonedx.schema import OutputFormat, SchemaVersion

from decantry.jobs.setup.sbt import CARRIED
from infra.parts import Part, is_copyleft, jars, shaded, unlicensed

ROOT = Path(__file__).resolve().parents[1]
SETUP = ROOT / "jobs" / "setup"
RUN, DEV = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
"""The lock of what is delivered, and the lock that adds tools for tests and lints."""
ADVISORIES_UNREACHED = 3
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", re.M)


def packages(lock: str) -> list[Part]:
    """The Python packages that the lock pins."""
    found = list(_PINNED.finditer(lock))
    ends = [match.start() for match in found[1:]] + [len(lock)]
    return [
        Part("", match[1].lower(), match[2], tuple(re.findall(r"sha256:([0-9a-f]{64})", lock[match.end() : end])))
        for match, end in zip(found, ends, strict=True)
    ]


def delivered() -> list[Part]:
    """Everything that runs: the locked packages, the runtime jars, and the libraries and words in the native jars."""
    java = jars(SETUP / "runtime.ivy.xml", SETUP / "runtime.sha256")
    java += shaded((ROOT / "build.sbt").read_text(), ROOT / "project" / "shaded.sha256")
    files = [Part("", *each.package.split("=="), (each.sha256,), each.name) for each in CARRIED]
    return [*packages(RUN.read_text()), *java, *files]


def bill(parts: list[Part]) -> str:
    """The bill of materials, as CycloneDX 1.6 in JSON."""
    bom = Bom(components=[part.component() for part in parts])
    return str(make_outputter(bom, OutputFormat.JSON, SchemaVersion.V1_6).output_as_string(indent=1))


def unpinned(parts: list[Part]) -> list[str]:
    """The parts without a digest."""
    return [f"{part.name} {part.version}" for part in parts if not part.digests]


def runs() -> set[str]:
    """The packages that a run needs: our requirements with the extra `spark`, and all that they require."""
    import tomli

    project = tomli.loads((ROOT / "pyproject.toml").read_text())["project"]
    waiting = [_name(line) for line in project["dependencies"] + project["optional-dependencies"]["spark"]]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        try:
            needs = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue
        waiting += [_name(need) for need in needs if "extra ==" not in need]
    return found


def copyleft(names: set[str]) -> list[str]:
    """The installed packages among them whose licence is the GPL or AGPL."""
    found = []
    for name in sorted(names):
        try:
            about = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        told = about.get("License-Expression") or about.get("License", "").splitlines()[:1]
        licences = [told if isinstance(told, str) else "".join(told)]
        licences += [line for line in about.get_all("Classifier") or [] if line.startswith("License")]
        bad = [one for one in licences if is_copyleft(one)]
        if bad and len(bad) == len([one for one in licences if one]):
            found.append(f"{name}: {bad[0]}")
    return found


def _name(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement.strip(), maxsplit=1)[0].lower().replace("_", "-").replace(".", "-")


def main() -> int:
    """Write the bill of materials, run the checks, and print the results."""
    target = Path(sys.argv[1] if len(sys.argv) > 1 else "build/sbom.json")
    parts = delivered()
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(bill(parts))
    print(f"{len(parts)} parts in {target}")
    troubles = [f"not pinned by a digest: {part}" for part in unpinned(parts)]
    troubles += [f"a copyleft licence: {package}" for package in copyleft(runs())]
    troubles += [f"not a licence that is known to be free of copyleft: {part}" for part in unlicensed(parts)]
    for trouble in troubles:
        print(trouble)
    if troubles:
        return 1
    print("all are pinned by digest, and none that runs is under GPL or AGPL")
    command = [
        "pip-audit",
        "--requirement",
        str(DEV),
        "--disable-pip",
        "--require-hashes",
        "--progress-spinner",
        "off",
    ]
    answer = subprocess.run([sys.executable, "-m", *_as_module(command)], capture_output=True, text=True, check=False)
    told, unknown = looked_up(answer.stdout)
    if unknown and not told:
        print(f"the advisories could not be asked, which needs the network: none of {unknown} packages was found there")
        return ADVISORIES_UNREACHED
    print(told)
    if answer.returncode and "Found" not in answer.stderr + answer.stdout:
        lines = answer.stderr.strip().splitlines() or ["no answer"]
        print(f"the advisories could not be asked, which needs the network: {lines[-1]}")
        return ADVISORIES_UNREACHED
    return 1 if answer.returncode else 0


def looked_up(answer: str) -> tuple[str, int]:
    """pip-audit's lines without headings and unknown packages, and the number of unknown packages."""
    lines = [line for line in answer.strip().splitlines() if not line.startswith(("Name ", "----"))]
    known = [line for line in lines if "could not be audited" not in line]
    return "\n".join(known), len(lines) - len(known)


def _as_module(command: list[str]) -> list[str]:
    return [command[0].replace("-", "_"), *command[1:]]


if __name__ == "__main__":
    sys.exit(main())
