"""Build the tale's EPUB 3: cover, navigation, pictures, verse, footnote; the same bytes every time."""

from __future__ import annotations

import io
import tempfile
import zipfile
from datetime import datetime
from pathlib import Path

from ebooklib import epub
from PIL import Image

from projects.samples import SOURCE
from projects.samples import tale as tales

STYLE = """body { font-family: serif; line-height: 1.5; margin: 5%; }
p { margin: 0; text-indent: 1.2em; } h1 + p, figure + p, blockquote + p { text-indent: 0; }
h1 { font-weight: normal; text-align: center; margin: 2em 0; }
figure { margin: 1em 0; text-align: center; } img { max-width: 100%; }
.verse { font-style: italic; } .verse p { text-indent: 0; }
aside { font-size: 0.85em; margin-top: 2em; } aside p { text-indent: 0; }
"""
PICTURE_WIDTH = 1920
COVER_SHARE = 0.47  # of a picture's width


def build(source: Path = SOURCE, picture_width: int = PICTURE_WIDTH) -> bytes:
    """The EPUB file of a tale in Markdown; its drawings lie beside it."""
    tale = tales.read(source)
    book = _described(tale)
    cover = rendered_picture(source.parent / tale.about["cover"], round(picture_width * COVER_SHARE))
    book.set_cover("pictures/cover.jpg", cover, create_page=False)
    book.add_item(epub.EpubItem("style", "style.css", "text/css", STYLE.encode()))
    pages = [_cover_page(tale), *(_page(number, chapter) for number, chapter in enumerate(tale.chapters, 1))]
    for page in pages:
        book.add_item(page)
    for name in dict.fromkeys(name for chapter in tale.chapters for name in chapter.pictures):
        data = rendered_picture(source.parent / name, picture_width)
        book.add_item(epub.EpubItem(Path(name).stem, tales.picture_name(name), "image/jpeg", data))
    book.toc = pages[1:]
    book.add_item(epub.EpubNcx())
    book.add_item(epub.EpubNav())
    book.spine = pages
    return _packed(book, datetime.fromisoformat(tale.about["date"]))


def _described(tale: tales.Tale) -> epub.EpubBook:
    book = epub.EpubBook()
    book.set_identifier(tale.about["identifier"])
    book.set_title(tale.about["title"])
    book.set_language(tale.about["language"])
    book.add_author(tale.about["author"])
    for name in ("description", "date"):
        book.add_metadata("DC", name, tale.about[name])
    book.add_metadata("DC", "rights", tale.about["licence"])
    return book


def _cover_page(tale: tales.Tale) -> epub.EpubHtml:
    page = epub.EpubHtml(uid="cover-page", file_name="cover.xhtml", title="Cover", lang=tale.about["language"])
    page.content = f'<figure epub:type="cover"><img src="pictures/cover.jpg" alt="{tale.about["cover-alt"]}"/></figure>'
    return page


def _page(number: int, chapter: tales.TaleChapter) -> epub.EpubHtml:
    page = epub.EpubHtml(uid=f"chapter-{number}", file_name=f"chapter-{number}.xhtml", title=chapter.title, lang="en")
    page.content = f'<section epub:type="chapter">\n{chapter.body}</section>'
    page.add_link(href="style.css", rel="stylesheet", type="text/css")
    return page


def rendered_picture(svg: Path, width: int) -> bytes:
    """A drawing as JPEG, `width` pixels wide."""
    import resvg_py

    png = bytes(resvg_py.svg_to_bytes(svg_string=svg.read_text(encoding="utf-8"), width=width, skip_system_fonts=True))
    with Image.open(io.BytesIO(png)) as picture, io.BytesIO() as out:
        picture.convert("RGB").save(out, "JPEG", quality=82, optimize=True)
        return out.getvalue()


def _packed(book: epub.EpubBook, date: datetime) -> bytes:
    """Write the book, then pack it again with one date for every file."""
    with tempfile.TemporaryDirectory() as folder, io.BytesIO() as out:
        loose = Path(folder) / "book.epub"
        epub.write_epub(str(loose), book, {"mtime": date, "raise_exceptions": True})
        with zipfile.ZipFile(loose) as source, zipfile.ZipFile(out, "w") as target:
            for entry in source.infolist():
                info = zipfile.ZipInfo(entry.filename, date.timetuple()[:6])
                info.compress_type, info.external_attr = entry.compress_type, 0o644 << 16
                target.writestr(info, source.read(entry))
        return out.getvalue()
