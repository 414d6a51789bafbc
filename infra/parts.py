"""What is delivered: Python packages, jars, and the libraries that are shaded into the native jars."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.model.license import LicenseExpression
from packageurl import PackageURL

LICENCES = {
    "com.ibm.icu": "Unicode-3.0",
    "com.knuddels": "MIT",
    "io.delta": "Apache-2.0",
    "io.unitycatalog": "Apache-2.0",
    "org.apache.hadoop": "Apache-2.0",
    "org.jsoup": "MIT",
    "org.reactivestreams": "MIT-0",
    "org.wildfly.openssl": "Apache-2.0",
    "software.amazon.awssdk": "Apache-2.0",
    "software.amazon.eventstream": "Apache-2.0",
}
"""Licences by Maven group, from their poms, because jars rarely contain them. Look up a new group by hand."""
FILES = {"words_th.txt": "CC0-1.0", "words_zh.bin": "MIT"}
"""Licences of files that the native jars take out of a package."""
_COPYLEFT = re.compile(r"\b(AGPL|GPL|GNU (Affero )?General Public)", re.I)
_LESSER = re.compile(r"LGPL|Lesser|exception", re.I)
_LIBRARY = re.compile(r'"([\w.-]+)" % "([\w.-]+)" % "([\w.-]+)"(?! % (?:Provided|Test))')
"""A library in build.sbt that is not a Scala library and goes into the jar."""


@dataclass(frozen=True)
class Part:
    """A package, a jar or a file of a package, with its digests (sha256). A jar has a licence (SPDX) if it is known."""

    group: str
    name: str
    version: str
    digests: tuple[str, ...]
    file: str = ""

    @property
    def licence(self) -> str | None:
        """The licence of a jar, from its group, or of a file."""
        return FILES.get(self.file) if self.file else LICENCES.get(self.group)

    def component(self) -> Component:
        """The part as an entry of the bill of materials."""
        kind = "maven" if self.group else "pypi"
        url = PackageURL(kind, self.group or None, self.name, self.version, subpath=self.file or None)
        # a package has a digest a file that is offered; the bill has room for one of an algorithm, a jar's own
        hashes = [HashType(alg=HashAlgorithm.SHA_256, content=self.digests[0])] if len(self.digests) == 1 else []
        return Component(
            type=ComponentType.DATA if self.file else ComponentType.LIBRARY,
            group=self.group or None,
            name=self.file or self.name,
            version=self.version,
            purl=url,
            bom_ref=str(url),
            hashes=hashes,
            licenses=[LicenseExpression(self.licence)] if self.licence else [],
        )


def jars(descriptor: Path, pins: Path) -> list[Part]:
    """The jars that an Ivy file names, with the digests that are pinned for them."""
    named = [(each.attrib["org"], each.attrib["name"], each.attrib["rev"]) for each in _dependencies(descriptor)]
    return [_pinned(*names, pins) for names in named]


def shaded(build: str, pins: Path) -> list[Part]:
    """The libraries that build.sbt puts into the native jars, with the digests that it verifies."""
    return [_pinned(*match.groups(), pins) for match in _LIBRARY.finditer(build)]


def is_copyleft(licence: str) -> bool:
    """Whether the licence is the GPL or AGPL without an exception."""
    return bool(_COPYLEFT.search(licence) and not _LESSER.search(licence))


def unlicensed(parts: list[Part]) -> list[str]:
    """The jars and files whose licence is unknown or copyleft."""
    found = [(part, part.licence or "unknown") for part in parts if part.group or part.file]
    return [
        f"{part.group}:{part.file or part.name}: {licence}"
        for part, licence in found
        if licence == "unknown" or is_copyleft(licence)
    ]


def _dependencies(descriptor: Path) -> list[ElementTree.Element]:
    return list(ElementTree.parse(descriptor).iter("dependency"))


def _pinned(group: str, name: str, version: str, pins: Path) -> Part:
    rows = (line.split() for line in pins.read_text().splitlines() if line.strip())
    digest = {file: sha256 for sha256, file in rows}.get(f"{name}-{version}.jar")
    return Part(group, name, version, (digest,) if digest else ())
