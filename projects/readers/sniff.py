"""What a file really is, by its first bytes."""

from __future__ import annotations

import zipfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_MAGIC = (
    (b"\x89PNG", "a PNG picture"), (b"\xff\xd8\xff", "a JPEG picture"), (b"GIF8", "a GIF picture"), (b"RIFF", "a sound or picture file"), (b"ID3", "an MP3"),
    (b"\x1f\x8b", "a gzip archive"), (b"7z\xbc\xaf", "a 7z archive"), (b"Rar!", "a RAR archive"), (b"BZh", "a bzip2 archive"), (b"\xfd7zXZ", "an xz archive"),
    (b"\x7fELF", "a program"), (b"MZ", "a program"), (b"{\\rtf", "an RTF document"), (b"\xd0\xcf\x11\xe0", "an old Word document (.doc)"), (b"OggS", "a sound file"),
    (b"SQLite format 3", "a database"), (b"ITSF", "a CHM help file"), (b"%!PS", "a PostScript file"), (b"AT&TFORM", "a DjVu scan"), (b"fLaC", "a sound file"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sample:
    """`head`: the first 8 KB; `members`: names in it when it is a zip; `suffix` small, with its dot."""

    path: Path
    head: bytes
    suffix: str
    members: tuple[str, ...] = ()

    @property
    def is_zip(self) -> bool:
        return self.head.startswith(b"PK\x03\x04") or self.head.startswith(b"PK\x05\x06")

    @property
    def text(self) -> str:
        """The head as text, however it is encoded: for looking at, not for reading."""
        encoding = "utf-16" if self.head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
        return self.head.decode(encoding, "replace").lstrip("\ufeff")


def sample(path: Path, name: str = "") -> Sample:
    with path.open("rb") as file:
        head = file.read(8192)
    members: tuple[str, ...] = ()
    if head[:2] == b"PK":
        with (
            suppress(zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError, EOFError),
            zipfile.ZipFile(path) as archive,
        ):
            members = tuple(archive.namelist()[:20_001])
    return Sample(path, head, Path(name or path.name).suffix.lower(), members)


def foreign(sample: Sample) -> str:
    """What a file is that no reader reads ("a PNG picture"), or "" when that can't be told."""
    if sample.head[60:68] in (b"BOOKMOBI", b"TEXtREAd"):
        return "a Kindle book (MOBI, AZW)"
    if any(n == "content.xml" for n in sample.members) and b"opendocument" in sample.head:
        return "an OpenDocument file (ODT)"
    if sample.members and any(n.startswith(("xl/", "ppt/")) for n in sample.members):
        return "an Excel or PowerPoint file"
    if sample.members:
        return "a ZIP archive"
    return next((called for magic, called in _MAGIC if sample.head.startswith(magic)), "")
