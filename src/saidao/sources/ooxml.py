"""Parts of Office files (DOCX, XLSX): unpacked under limits, parsed without DTDs, entities or the network."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from typing import IO, Any
from urllib.parse import unquote

from lxml import etree

from saidao.errors import SourceError
from saidao.sources import limits
from saidao.sources.archives import unpack


class Package:
    """An Office file opened.

    Args:
        archive: the ZIP archive it is.
        broken: the code of rejects about it: `broken_docx`, `broken_xlsx`.
    """

    def __init__(self, archive: zipfile.ZipFile, broken: str) -> None:
        self.archive = archive
        self.broken = broken
        self.names = {name.lower(): name for name in archive.namelist()}

    def has(self, name: str) -> bool:
        """Whether there is such a part; case does not count."""
        return name.lower() in self.names

    def open(self, name: str, limit: int = limits.XML_BYTES) -> IO[bytes]:
        """A part's bytes.

        Raises:
            SourceError: it is missing, broken, encrypted, too large, or a bomb.
        """
        if not self.has(name):
            raise SourceError(self.broken, f"{name} is missing")
        try:
            return unpack(self.archive, self.archive.getinfo(self.names[name.lower()]), limit)
        except SourceError as error:
            if error.code == "broken_archive":
                raise SourceError(self.broken, f"{name}: {error.detail}") from None
            raise

    def tree(self, name: str) -> Any:
        """The root element of an XML part.

        Raises:
            SourceError: as `open`, and `xml_entity` for a DTD.
        """
        with self.open(name) as stream:
            parser = etree.XMLParser(
                resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
                remove_comments=True, remove_pis=True,
            )  # fmt: skip
            data = stream.read()
            refuse_dtd(data[:4096], name)
            try:
                root = etree.fromstring(data, parser)
            except etree.XMLSyntaxError as error:
                raise SourceError(self.broken, f"{name}: {error.msg}"[: limits.DETAIL_CHARACTERS]) from None
            except ValueError as error:
                raise SourceError(self.broken, f"{name}: {error}"[: limits.DETAIL_CHARACTERS]) from None
            if root.getroottree().docinfo.doctype:
                raise SourceError("xml_entity", name)
            return root

    def events(self, name: str, limit: int) -> Iterator[Any]:
        """The elements of a large XML part, each once it is complete; the caller clears what it is done with.

        Raises:
            SourceError: as `tree`.
        """
        with self.open(name, limit) as stream:
            refuse_dtd(stream.read(4096), name)
            stream.seek(0)
            found = etree.iterparse(
                stream, events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
                remove_comments=True, remove_pis=True,
            )  # fmt: skip
            try:
                for number, (_, element) in enumerate(found):
                    if not number and element.getroottree().docinfo.doctype:
                        raise SourceError("xml_entity", name)
                    yield element
            except etree.XMLSyntaxError as error:
                raise SourceError(self.broken, f"{name}: {error.msg}"[: limits.DETAIL_CHARACTERS]) from None

    def relations(self, part: str) -> dict[str, tuple[str, str, bool]]:
        """Of a part: id of a relation → (last word of its type, target, whether the target is outside the file)."""
        folder, name = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(listing):
            return {}
        found: dict[str, tuple[str, str, bool]] = {}
        for each in self.tree(listing).iter("{*}Relationship"):
            target = each.get("Target") or ""
            outside = (each.get("TargetMode") or "").lower() == "external"
            if not outside:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target))).lstrip("/")
            found[each.get("Id") or ""] = ((each.get("Type") or "").rsplit("/", 1)[-1], target, outside)
        return found

    def main(self, usual: str) -> str:
        """The name of the main part: the usual one, or what the package's relations point to."""
        if self.has(usual):
            return usual
        for kind, target, outside in self.relations("").values():
            if kind == "officeDocument" and not outside and self.has(target):
                return target
        raise SourceError(self.broken, f"{usual} is missing")


def refuse_dtd(head: bytes, name: str) -> None:
    """Refuses XML that brings a document type definition, where entities are defined; Office files have none.

    Raises:
        SourceError: `xml_entity`.
    """
    plain = head.replace(b"\x00", b"")
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise SourceError("xml_entity", name)


def local(element: Any) -> str:
    """An element's name without its namespace; empty for what is no element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Any, name: str) -> str | None:
    """An attribute by its name without namespace."""
    value = element.get(name)
    if value is None:
        for key, each in element.attrib.items():
            if key.rpartition("}")[2] == name:
                return str(each)
    return None if value is None else str(value)
