"""`python bench/readers.py`: how well and how fast every format is read; writes the table of docs/readers.md.

Each book (the sample tale, and the EPUBs and texts of BOOKS_DIR, default ../shared/books) is read from its EPUB,
written again in every format by real writers, and read through the bounded door, in a process of its own each time.
The last line is one JSON object: figures, goals, "ok".
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from projects.readers import read, read_here  # noqa: E402
from tests.readers import writers  # noqa: E402
from tests.readers.conftest import body_titles, books_dir  # noqa: E402
from tests.readers.measure import agreement, chapter_f1, words  # noqa: E402

PAGE = ROOT / "docs" / "readers.md"
MARKS = ("<!-- table: made by bench/readers.py -->", "<!-- end of table -->")
FORMATS: dict[str, tuple[str, Callable[..., Path]]] = {
    "EPUB": ("epub", writers.epub),
    "EPUB without contents": ("epub", lambda work, path: writers.epub(work, path, contents=False)),
    "TXT (Gutenberg)": ("txt", lambda work, path: writers.txt(work, path, gutenberg=True)),
    "Markdown": ("md", writers.markdown),
    "HTML": ("html", writers.page),
    "DOCX": ("docx", writers.docx),
    "PDF with outline": ("pdf", writers.pdf),
    "PDF without outline": ("pdf", lambda work, path: writers.pdf(work, path, outline=False)),
    "PDF, two columns, broken words": (
        "pdf",
        lambda work, path: writers.pdf(work, path, outline=False, columns=2, hyphens=True),
    ),
}
GOALS = {
    "EPUB": 0.98, "EPUB as published": 0.98, "TXT (Gutenberg)": 0.95, "TXT as published": 0.95, "PDF with outline": 0.95, "PDF without outline": 0.85,
}  # fmt: skip
MEMORY = """
import re, sys
from pathlib import Path
from projects.readers import read_here
read_here(Path(sys.argv[1]))
print(int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) >> 10)
"""


@dataclass
class Row:
    """One reading: chapters of the body found and expected, F1 of titles, words agreeing with the EPUB, cost."""

    book: str
    format: str
    found: int
    expected: int
    f1: float
    agree: float
    seconds: float
    megabytes: int


def seconds(path: Path, times: int = 3) -> float:
    """The best of some readings through the bounded door, its process's start included."""
    best = 1e9
    for _ in range(times):
        started = time.perf_counter()
        read(path)
        best = min(best, time.perf_counter() - started)
    return best


def megabytes(path: Path) -> int:
    """The peak of a process that does nothing else."""
    done = subprocess.run(
        [sys.executable, "-c", MEMORY, str(path)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return int(done.stdout)


def row(book: str, format: str, path: Path, titles: list[str], said: list[str]) -> Row:
    found = read_here(path)
    own = body_titles(found)
    return Row(
        book,
        format,
        len(own),
        len(titles),
        chapter_f1(titles, own),
        agreement(said, words(found)),
        seconds(path),
        megabytes(path),
    )


def of_book(source: Path, folder: Path) -> Iterator[Row]:
    """The book as published, then in every format."""
    found = read_here(source)
    titles, said = body_titles(found), words(found)
    yield row(found.title, "EPUB as published", source, titles, said)
    text = source.with_suffix(".txt")
    if text.is_file():
        yield published_text(found.title, text, titles, said)
    work = writers.of(found)
    for format, (suffix, write) in FORMATS.items():
        yield row(found.title, format, write(work, folder / f"{source.stem}-{len(format)}.{suffix}"), titles, said)


def published_text(title: str, text: Path, titles: list[str], said: list[str]) -> Row:
    """Another edition's headings read "CHAPTER I. Down ..." where the EPUB's read "I: Down ..."."""
    measured = row(title, "TXT as published", text, titles, said)
    own = [t.upper().removeprefix("CHAPTER ") for t in body_titles(read_here(text))]
    measured.f1 = chapter_f1([t.upper() for t in titles], own)
    return measured


def long_novel(folder: Path) -> dict[str, float]:
    """A novel of 3 MB: the sample's chapters over and over, numbered."""
    tale = writers.of(read_here(ROOT / "projects" / "samples" / "the-fog.epub"))
    once = sum(len(p) for _, ps in tale.chapters for p in ps)
    times = (3 << 20) // once + 1
    chapters = tuple((f"Chapter {n}", ps) for n, (_, ps) in enumerate(tale.chapters * times, 1))
    work = writers.Work("A Long Tale", "Some Body", chapters)
    made = {
        s: FORMATS[f][1](work, folder / f"long.{s}")
        for s, f in (("epub", "EPUB"), ("txt", "TXT (Gutenberg)"), ("html", "HTML"), ("docx", "DOCX"))
    }
    return {f"long_{s}_seconds": round(seconds(p, 2), 2) for s, p in made.items()} | {
        "long_megabytes": max(map(megabytes, made.values()))
    }


def table(rows: list[Row]) -> str:
    lines = [
        "| book | format | chapters found / expected | F1 | words agreeing | seconds | MB |",
        "|---|---|---|---|---|---|---|",
    ]
    for r in rows:
        lines.append(
            f"| {r.book} | {r.format} | {r.found} / {r.expected} | {r.f1:.3f} | {r.agree:.2%} | {r.seconds:.2f} | {r.megabytes} |"
        )
    return "\n".join(lines)


def write_page(rows: list[Row], figures: dict[str, float], absent: str) -> None:
    """Puts the table between its marks."""
    text = PAGE.read_text(encoding="utf-8")
    before, rest = text.split(MARKS[0])
    after = rest.split(MARKS[1])[1]
    novel = f"A novel of 3 MB: EPUB {figures['long_epub_seconds']} s, TXT {figures['long_txt_seconds']} s, HTML {figures['long_html_seconds']} s, DOCX {figures['long_docx_seconds']} s; at most {figures['long_megabytes']:.0f} MB."
    PAGE.write_text(f"{before}{MARKS[0]}\n\n{table(rows)}\n\n{novel}{absent}\n\n{MARKS[1]}{after}", encoding="utf-8")


def judged(rows: list[Row], figures: dict[str, float]) -> dict[str, bool]:
    """The goals of the project, each kept or not."""
    goals = {
        f"F1 {format} >= {goal}": all(r.f1 >= goal for r in rows if r.format == format)
        for format, goal in GOALS.items()
    }
    goals["words >= 99 %"] = all(r.agree >= 0.99 for r in rows if r.format != "TXT as published")
    if "alice_seconds" in figures:
        goals["Alice EPUB < 0.5 s"] = figures["alice_seconds"] < 0.5
    goals["3 MB novel < 3 s"] = (
        max(v for k, v in figures.items() if k.startswith("long_") and k.endswith("seconds")) < 3
    )
    goals["memory < 300 MB"] = max([r.megabytes for r in rows] + [figures["long_megabytes"]]) < 300
    return goals


def main() -> int:
    books = sorted(books_dir().glob("*.epub")) if books_dir().is_dir() else []
    absent = "" if books else f" BOOKS_DIR ({books_dir()}) holds no books: only the sample tale was read."
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = [ROOT / "projects" / "samples" / "the-fog.epub", *books]
        rows = []
        for source in sources:
            for measured in of_book(source, folder):
                rows.append(measured)
                print(
                    f"{measured.book[:30]:30}  {measured.format:30}  {measured.found:3} / {measured.expected:<3}  F1 {measured.f1:.3f}  {measured.agree:.2%}  {measured.seconds:5.2f} s  {measured.megabytes:4} MB",
                    flush=True,
                )
        figures = long_novel(folder)
    alice = [r.seconds for r in rows if r.format == "EPUB as published" and r.book.startswith("Alice")]
    if alice:
        figures["alice_seconds"] = round(alice[0], 3)
    write_page(rows, figures, absent)
    goals = judged(rows, figures)
    print(
        json.dumps(
            {
                "figures": figures | {"rows": [asdict(r) for r in rows]},
                "goals": goals,
                "books_dir": str(books_dir()),
                "ok": all(goals.values()),
            }
        )
    )
    return 0 if all(goals.values()) else 1


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    sys.exit(main())
