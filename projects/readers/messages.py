"""The catalogue: what can be wrong with a file, and what its owner can do. One line each."""

from __future__ import annotations

from projects.errors import BadInput

FORMATS = "EPUB, PDF, DOCX, TXT, Markdown, HTML, Fountain or FDX"

CATALOGUE = {
    "missing": "There is no file at this path: check the name.",
    "not_a_file": "This is a folder, not a book: give one file.",
    "empty": "The file is empty: export it again, or choose another one.",
    "too_large": "The file is too large ({size} MB; a {format} may have {limit} MB): split it, or remove pictures.",
    "truncated": "The file is cut off or damaged ({format}): download or export it again.",
    "wrong_extension": "The file is named .{extension}, but it is {found}: give it its right name, or choose the real one.",
    "unsupported": f"This is {{found}}, which can't be read: save it as {FORMATS}.",
    "password": "The {format} is locked with a password: remove the password and try again.",
    "drm": "The book is protected by DRM ({scheme}): use a copy without protection that you may use.",
    "unreadable_scan": "The pages are pictures without readable text: scan again at 300 dpi, straight and evenly lit.",
    "scan_too_long": "This scan has {pages} pages; {limit} can be read at a time: split it.",
    "zip_bomb": "The file unpacks to an absurd size and is refused: export the book again.",
    "path_traversal": "The file holds names that point outside of itself and is refused: export the book again.",
    "entity_bomb": "The file defines XML entities and is refused: export the book again without a DTD of its own.",
    "too_many_pages": "The PDF has {pages} pages; {limit} can be read at a time: split it.",
    "binary_text": "This is not text: the file holds binary data. Export it as UTF-8 text, or choose the real file.",
    "unknown_encoding": "The encoding of the text can't be told: save it as UTF-8.",
    "no_text": "There is no text to read in the file: choose a file with text, or a scan of it as PDF.",
    "not_a_screenplay": "The file is not a Final Draft document: export it again as FDX.",
    "too_slow": "Reading took longer than {seconds} seconds and was stopped: split the file, or export it again.",
    "too_heavy": "Reading needed more memory than a book may take: split the file, or remove pictures.",
    "no_such_chapter": "The book has chapters 1 to {last}: choose one of them.",
    "broken": "The {format} is damaged in a way that can't be mended: export or download it again.",
}


def bad(id: str, **facts: object) -> BadInput:
    """The failure `id` of the catalogue, its message filled in."""
    return BadInput(id, CATALOGUE[id].format(**facts), **facts)
