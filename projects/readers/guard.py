"""Doors for hostile files: archives and XML are opened here and nowhere else."""

from __future__ import annotations

import re
import zipfile
import zlib
from contextlib import suppress
from html.entities import html5
from pathlib import Path

from lxml import etree

from projects.readers.messages import bad

MEMBERS = 20_000
UNPACKED = 600 << 20  # bytes of all members together
MEMBER = 100 << 20
RATIO = 200  # no text or picture packs better than this; only looked at from 8 MB on

_XML_OWN = {"amp", "lt", "gt", "quot", "apos"}
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(\[.*?\])?[^>]*>", re.S | re.I)
_DECLARED = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9_.:-]+)""")
_SELF_CLOSED = re.compile(
    r"<((?!br|hr|img|meta|link|input|col|area|base|wbr|source|image)[A-Za-z][\w:-]*)((?:\s[^<>]*)?)/>"
)


class Archive:
    """A zip whose names and sizes were checked. `format` is named in messages."""

    def __init__(self, path: Path, format: str) -> None:
        self.format = format
        try:
            self._zip = zipfile.ZipFile(path)
            members = [m for m in self._zip.infolist() if not m.is_dir()]
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError, EOFError) as error:
            raise bad("truncated", format=format) from error
        _check_members(members, format)
        self.names = dict.fromkeys(m.filename for m in members)
        self._folded = {n.casefold(): n for n in reversed(self.names)}

    def find(self, name: str) -> str:
        """The member's own spelling of `name`, or ""."""
        return name if name in self.names else self._folded.get(name.casefold(), "")

    def read(self, name: str) -> bytes:
        """Bytes of one member; raises `truncated` when they are damaged."""
        try:
            return self._zip.read(name)
        except RuntimeError as error:  # zipfile's word for "encrypted"
            raise bad("password", format=self.format) from error
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, NotImplementedError, KeyError) as error:
            raise bad("truncated", format=self.format) from error

    def close(self) -> None:
        self._zip.close()


def _check_members(members: list[zipfile.ZipInfo], format: str) -> None:
    for member in members:
        name = member.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:", name):
            raise bad("path_traversal")
        huge = member.file_size > 8 << 20 and member.file_size > RATIO * max(member.compress_size, 1)
        if huge or member.file_size > MEMBER:
            raise bad("zip_bomb")
        if member.flag_bits & 1:
            raise bad("password", format=format)
    if len(members) > MEMBERS or sum(m.file_size for m in members) > UNPACKED:
        raise bad("zip_bomb")


def _decode(data: bytes) -> str:
    declared = _DECLARED.match(data.lstrip()[:200])
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", declared.group(1).decode() if declared else "cp1252"):
        with suppress(UnicodeDecodeError, LookupError):
            return data.decode(encoding)
    return data.decode("cp1252", "replace")


def _refuse_entities(text: str) -> None:
    head = text[: 1 << 16]
    if "<!ENTITY" in head or "<!entity" in head:
        raise bad("entity_bomb")


def _named(match: re.Match[str]) -> str:
    name = match.group(1)
    found = html5.get(name + ";")
    return match.group(0) if name in _XML_OWN or found is None or found in "<>&" else found


def _prepared(data: bytes) -> str:
    """Text without declaration and DOCTYPE, HTML's named characters in place."""
    text = _decode(data).replace("\x00", "")
    _refuse_entities(text)
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1)
    return _ENTITY.sub(_named, _DOCTYPE.sub("", text, count=1))


def xml(data: bytes, format: str) -> etree._Element:
    """The root of an XML document; raises `entity_bomb` or `truncated`. Small faults are mended, a lost end is not."""
    text = _prepared(data)
    encoded = text.encode("utf-8", "replace")
    with suppress(etree.XMLSyntaxError, ValueError):
        return etree.fromstring(encoded, etree.XMLParser(resolve_entities=False, no_network=True))
    if not text.rstrip().endswith(">") or "</" not in text[-200:]:
        raise bad("truncated", format=format)
    try:
        root = etree.fromstring(encoded, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise bad("truncated", format=format) from error
    if root is None or not text.rstrip().endswith(f"{etree.QName(root).localname}>"):
        raise bad("truncated", format=format)
    return root


def page(data: bytes | str) -> etree._Element | None:
    """The root of a page of HTML or XHTML, whatever its faults; None when there is nothing in it."""
    text = _prepared(data.encode("utf-8", "replace") if isinstance(data, str) else data)
    encoded = text.encode("utf-8", "replace")
    if "xmlns" in text[:2000]:
        with suppress(etree.XMLSyntaxError, ValueError):
            return etree.fromstring(encoded, etree.XMLParser(resolve_entities=False, no_network=True))
        encoded = _SELF_CLOSED.sub(r"<\1\2></\1>", text).encode("utf-8", "replace")
    if not encoded.strip():
        return None
    with suppress(etree.XMLSyntaxError, etree.ParserError, ValueError):
        return etree.fromstring(encoded, etree.HTMLParser(encoding="utf-8", no_network=True))
    return None
