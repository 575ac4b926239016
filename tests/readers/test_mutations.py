"""2,000 mutated real files: each gives a book or a message, never a traceback, a hang or half a book."""

from __future__ import annotations

import io
import random
import zipfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects.errors import BadInput
from projects.readers import read_here
from projects.readers.messages import CATALOGUE
from tests.readers import writers
from tests.readers.conftest import work
from tests.readers.test_screenplays import FDX, FOUNTAIN

CHUNKS, EACH = 20, 100
SUFFIXES = (".epub", ".docx", ".pdf", ".html", ".md", ".txt", ".fountain", ".fdx")
SPLICES = (
    b"\x00",
    b"\xff\xfe",
    b"<",
    b"</p>",
    b"&",
    b"<!DOCTYPE",
    b"]]>",
    b"PK\x03\x04",
    b"obj",
    b"\r",
    "é".encode(),
    b"CHAPTER ",
    b"\n\n\n",
    b"1" * 40,
)


@cache
def seeds(folder: Path) -> dict[str, bytes]:
    """A small sound file of every format."""
    tale = work("Preface", "CHAPTER I. The Lane", "CHAPTER II. A Boat")
    made = {
        ".epub": writers.epub, ".docx": writers.docx, ".pdf": writers.pdf, ".html": writers.page, ".md": writers.markdown, ".txt": writers.txt,
    }  # fmt: skip
    found = {suffix: writer(tale, folder / f"seed{suffix}").read_bytes() for suffix, writer in made.items()}
    return found | {".fountain": FOUNTAIN.encode(), ".fdx": FDX.encode()}


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A few bytes flipped, cut, doubled or spliced in."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(changed) or 1)
        length = chance.choice((1, 1, 4, 30, 400))
        match chance.randrange(5):
            case 0:
                changed[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del changed[at : at + length]
            case 2:
                changed[at:at] = changed[at : at + length]
            case 3:
                changed[at:at] = chance.choice(SPLICES)
            case _:
                changed[at : at + length] = bytes(chance.randrange(256) for _ in range(min(length, len(changed) - at)))
    return bytes(changed[: chance.randrange(1, len(changed) + 1)] if chance.random() < 0.15 else changed)


def mutated_file(suffix: str, data: bytes, chance: random.Random) -> bytes:
    """Zips are changed inside, three times of four: from outside, their checksums catch nearly everything."""
    if suffix not in (".epub", ".docx") or chance.random() < 0.25:
        return mutated(data, chance)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w") as after:
        names = before.namelist()
        chosen = {chance.choice(names), chance.choice(names)}
        for name in names:
            after.writestr(name, mutated(before.read(name), chance) if name in chosen else before.read(name))
    return out.getvalue()


def survives(path: Path) -> None:
    """Reading ends with a whole book or a message of the catalogue."""
    try:
        found = read_here(path)
    except BadInput as error:
        assert error.id in CATALOGUE
        assert "\n" not in error.message
        return
    assert found.chapters
    assert [c.number for c in found.chapters] == list(range(1, len(found.chapters) + 1))
    assert all(c.title and (c.paragraphs or c.pictures) for c in found.chapters)
    assert all(0 <= p.before <= len(c.paragraphs) for c in found.chapters for p in c.pictures)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_mutated_files(chunk, tmp_path, tmp_path_factory):
    sound = seeds(tmp_path_factory.getbasetemp())
    chance = random.Random(chunk)
    for number in range(EACH):
        suffix = SUFFIXES[(chunk * EACH + number) % len(SUFFIXES)]
        path = tmp_path / f"m{number}{suffix}"
        path.write_bytes(mutated_file(suffix, sound[suffix], chance))
        survives(path)
        path.unlink()


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.text(max_size=400), st.sampled_from([".txt", ".md", ".html", ".fountain", ".fdx"]))
def test_any_text_at_all(tmp_path_factory, text, suffix):
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_text(text, encoding="utf-8", errors="replace")
    survives(path)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.binary(max_size=400), st.sampled_from(SUFFIXES))
def test_any_bytes_at_all(tmp_path_factory, data, suffix):
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(data)
    survives(path)
