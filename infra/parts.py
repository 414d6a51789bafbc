"""The parts of what is delivered: Python packages, jars, and the jars that are shaded into the native ones."""

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
"""By Maven's groups, as their poms say: jars seldom say it themselves. A group that is new is looked up by hand."""
_COPYLEFT = re.compile(r"\b(AGPL|GPL|GNU (Affero )?General Public)", re.I)
_LESSER = re.compile(r"LGPL|Lesser|exception", re.I)
_LIBRARY = re.compile(r'"([\w.-]+)" % "([\w.-]+)" % "([\w.-]+)"(?! % (?:Provided|Test))')
"""A library of build.sbt that is no Scala library and goes into the jar."""


@dataclass(frozen=True)
class Part:
    """A package or a jar, with its digests (sha256); a jar has a licence (SPDX) where that is known."""

    group: str
    name: str
    version: str
    digests: tuple[str, ...]

    @property
    def licence(self) -> str | None:
        """A jar's, by its group."""
        return LICENCES.get(self.group)

    def component(self) -> Component:
        """It as the bill lists it."""
        kind = "maven" if self.group else "pypi"
        url = PackageURL(kind, self.group or None, self.name, self.version)
        # a package has a digest a file that is offered; the bill has room for one of an algorithm, a jar's own
        hashes = [HashType(alg=HashAlgorithm.SHA_256, content=self.digests[0])] if len(self.digests) == 1 else []
        return Component(
            type=ComponentType.LIBRARY,
            group=self.group or None,
            name=self.name,
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
    """The jars that the text of build.sbt puts into the native ones, with the digests that it holds them against."""
    return [_pinned(*match.groups(), pins) for match in _LIBRARY.finditer(build)]


def is_copyleft(licence: str) -> bool:
    """Whether it is the GPL or AGPL, without an exception."""
    return bool(_COPYLEFT.search(licence) and not _LESSER.search(licence))


def unlicensed(parts: list[Part]) -> list[str]:
    """The jars among them whose licence is not known, or copyleft."""
    java = [(part, part.licence or "unknown") for part in parts if part.group]
    return [
        f"{part.group}:{part.name}: {licence}" for part, licence in java if licence == "unknown" or is_copyleft(licence)
    ]


def _dependencies(descriptor: Path) -> list[ElementTree.Element]:
    return list(ElementTree.parse(descriptor).iter("dependency"))


def _pinned(group: str, name: str, version: str, pins: Path) -> Part:
    rows = (line.split() for line in pins.read_text().splitlines() if line.strip())
    digest = {file: sha256 for sha256, file in rows}.get(f"{name}-{version}.jar")
    return Part(group, name, version, (digest,) if digest else ())
