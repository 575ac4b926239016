"""PDF: text with its layout, the outline as contents, pictures; scanned pages by character recognition."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path
from typing import Any

from projects.readers import headings, limits
from projects.readers.assemble import bind
from projects.readers.blocks import Block, Draft, Entry, tidy
from projects.readers.book import Book, Picture
from projects.readers.messages import bad
from projects.readers.pages import columns, furniture, ocr, paragraphs
from projects.readers.pages.line import Line, with_drop_caps
from projects.readers.sniff import Sample

NAME, SUFFIXES, CALLED = "pdf", (".pdf",), "a PDF"
MOST_PAGES = 5000
MOST_PICTURES = 400


def claims(sample: Sample) -> bool:
    return b"%PDF-" in sample.head[:1024]


def read(path: Path, name: str = "") -> Book:
    """The Book of a PDF; raises BadInput of the catalogue."""
    import pypdfium2

    _refuse_cut(path)
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise bad("password" if "assword" in str(error) else "truncated", format="PDF") from error
    try:
        if len(document) > MOST_PAGES:
            raise bad("too_many_pages", pages=len(document), limit=MOST_PAGES)
        if len(document) == 0:
            raise bad("truncated", format="PDF")
        return bind(_draft(document, name or path.name))
    finally:
        document.close()


def _refuse_cut(path: Path) -> None:
    """pdfium mends a file without its end and gives what pages there are; half a book is worse than none."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 4096))
        tail = file.read()
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise bad("truncated", format="PDF")


class _Pages:
    """What the pages hold: lines, pictures, and what recognition said."""

    def __init__(self) -> None:
        self.lines: list[list[Line]] = []
        self.pictures: list[tuple[int, float, Picture]] = []  # page, top, picture
        self.sure: dict[int, float] = {}  # recognised pages and their confidence
        self.seen: Counter[bytes] = Counter()
        self.damaged: list[int] = []


def _draft(document: Any, name: str) -> Draft:
    pages = _read_pages(document)
    draft = Draft("pdf", [], name=name)
    draft.title, draft.authors, draft.language = _about(document)
    draft.warnings = _warnings(pages)
    style = paragraphs.style_of(pages.lines)
    cleaned = furniture.drop(pages.lines, style.body)
    ordered = [with_drop_caps(group) for page in cleaned for group in columns.in_order(page)]
    found = paragraphs.blocks(ordered, style)
    draft.contents = _contents(document, found)
    draft.blocks = _with_pictures(found, pages)
    if not draft.blocks or not any(b.text for b in draft.blocks):
        raise bad("unreadable_scan" if pages.sure or pages.pictures else "no_text")
    return draft


# -- pages --------------------------------------------------------------------------------------
def _read_pages(document: Any) -> _Pages:
    pages = _Pages()
    scans: list[int] = []
    for number in range(len(document)):
        if number % 50 == 49:
            limits.more(30.0)
        try:
            page = document[number]
        except Exception:  # one unreadable page is told, the others are read
            pages.lines.append([])
            pages.damaged.append(number + 1)
            continue
        found = _text(page, number)
        pages.lines.append(found)
        if _is_scan(page, found):
            scans.append(number)
        else:
            _pictures(page, number, pages)
        page.close()
    if scans:
        _recognise(document, scans, pages)
    pages.pictures = [p for p in pages.pictures if pages.seen[p[2].data[:4096]] < 4]
    return pages


def _text(page: Any, number: int) -> list[Line]:
    from projects.readers.pages import lines  # pdfium is slow to load: only for PDFs

    text_page = page.get_textpage()
    try:
        return lines.of(text_page, number, page.get_width())
    finally:
        text_page.close()


def _is_scan(page: Any, found: list[Line]) -> bool:
    """A page without words of its own that is covered by a picture."""
    import pypdfium2.raw as pdfium

    if sum(len(x.text) for x in found) > 40:
        return False
    area = page.get_width() * page.get_height()
    for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) > 0.3 * area:
            return True
    return False


def _recognise(document: Any, scans: list[int], pages: _Pages) -> None:
    if len(scans) > ocr.MOST:
        raise bad("scan_too_long", pages=len(scans), limit=ocr.MOST)
    recogniser = ocr.Recogniser()
    for number in scans:
        page = document[number]
        found, sure = recogniser.read(page, number)
        page.close()
        pages.sure[number + 1] = sure
        if sure >= 0.5:
            pages.lines[number] = ocr.joined(found)
    if not any(len(pages.lines[n]) for n in scans) and len(scans) >= 0.8 * len(pages.lines):
        raise bad("unreadable_scan")


def _pictures(page: Any, number: int, pages: _Pages) -> None:
    """The page's own pictures, from a size on that shows something."""
    import pypdfium2.raw as pdfium

    for image in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        if len(pages.pictures) >= MOST_PICTURES:
            return
        left, bottom, right, top = image.get_bounds()
        width, height = image.get_px_size()
        if min(width, height) < 48 or width * height > 40_000_000 or (right - left) * (top - bottom) < 1500:
            continue
        found = _encoded(image)
        if found:
            pages.seen[found[0][:4096]] += 1
            suffix = "jpg" if found[1] == "image/jpeg" else "png"
            picture = Picture(f"page-{number + 1}-{len(pages.pictures) + 1}.{suffix}", found[0], found[1])
            pages.pictures.append((number, top, picture))


def _encoded(image: Any) -> tuple[bytes, str] | None:
    """JPEG as it is, anything else as PNG; None when it is damaged."""
    try:
        if image.get_filters() == ["DCTDecode"]:
            return bytes(image.get_data()), "image/jpeg"
        out = io.BytesIO()
        image.get_bitmap(render=False).to_pil().save(out, "PNG")
        return out.getvalue(), "image/png"
    except Exception:  # a damaged picture is left out; the text is what matters
        return None


def _with_pictures(found: list[tuple[Block, Line]], pages: _Pages) -> list[Block]:
    """Pictures stand before the first block that begins below them."""
    out: list[Block] = []
    waiting = sorted(pages.pictures, key=lambda p: (p[0], -p[1]))
    for block, line in found:
        while waiting and (waiting[0][0] < line.page or (waiting[0][0] == line.page and waiting[0][1] > line.top)):
            out.append(Block(picture=waiting.pop(0)[2]))
        out.append(block)
    return out + [Block(picture=p) for _, _, p in waiting]


def _warnings(pages: _Pages) -> list[str]:
    told = []
    if pages.sure:
        mean = sum(pages.sure.values()) / len(pages.sure)
        told.append(
            f"{len(pages.sure)} scanned pages were read by character recognition, with a confidence of {mean:.0%}."
        )
        poor = [f"{n} ({sure:.0%})" for n, sure in sorted(pages.sure.items()) if sure < ocr.POOR]
        if poor:
            told.append(f"Hard to read, please check: page {', '.join(poor)}.")
    if pages.damaged:
        told.append(f"Damaged and left out: page {', '.join(map(str, pages.damaged))}.")
    return told


# -- facts --------------------------------------------------------------------------------------
def _about(document: Any) -> tuple[str, tuple[str, ...], str]:
    said = document.get_metadata_dict(skip_empty=True)
    title = tidy(said.get("Title", ""))
    if title.lower().endswith((".doc", ".docx", ".pdf", ".indd", ".tex", ".qxd")) or title.lower().startswith(
        ("microsoft word", "untitled")
    ):
        title = ""
    author = tidy(said.get("Author", ""))
    authors = tuple(a.strip() for a in author.replace(" and ", ";").split(";") if a.strip())
    return title, authors, ""


def _contents(document: Any, found: list[tuple[Block, Line]]) -> list[Entry]:
    """The outline; each entry's place is the block that bears its title on its page, or that its height points to."""
    starts: dict[int, list[int]] = {}
    for index, (_, line) in enumerate(found):
        starts.setdefault(line.page, []).append(index)
    entries = []
    for number, item in enumerate(document.get_toc(max_depth=6)):
        dest = item.get_dest()
        page = dest.get_index() if dest else None
        title = tidy(item.get_title() or "")
        if page is None or not title:
            entries.append(Entry(title, "", item.level))
            continue
        place = _place(found, starts, page, title, dest)
        if place is not None:
            anchor = f"#entry-{number}"
            found[place][0].anchors += (anchor,)
            entries.append(Entry(title, anchor, item.level))
    return entries


def _place(
    found: list[tuple[Block, Line]], starts: dict[int, list[int]], page: int, title: str, dest: Any
) -> int | None:
    wanted = headings.key(title)
    near = [*starts.get(page, []), *starts.get(page + 1, [])[:4]]
    for index in near:
        own = headings.key(found[index][0].text)
        if (
            own
            and len(own) < 200
            and (own == wanted or (found[index][0].level and (own.endswith(wanted) or wanted.endswith(own))))
        ):
            return index
    own_page = starts.get(page, [])
    _, view = dest.get_view()
    height = view[1] if len(view) > 1 else view[0] if view else None
    below = [i for i in own_page if height is not None and found[i][1].top <= height + 2]
    found_here: list[int] = below or own_page or starts.get(page + 1, [])
    return found_here[0] if found_here else None
