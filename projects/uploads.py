"""What comes in by the browser: a file, pasted text, or a bundled sample, as a source."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from accounts.models import Workspace
from billing.entitlements import limit
from projects import samples
from projects.errors import BadInput, Refused
from projects.models import Source
from projects.services import add_source

SHELF = Path(samples.__file__).parent
FORMATS = (".epub", ".pdf", ".docx", ".odt", ".fb2", ".html", ".htm", ".md", ".txt", ".rtf", ".fountain", ".fdx", ".mobi", ".azw3")  # fmt: skip
MAX_PASTED = 3_000_000  # letters


def shelf() -> list[Path]:
    """The bundled books."""
    return sorted(SHELF.glob("*.epub"))


def from_file(workspace: Workspace, upload: UploadedFile, *, rights: str) -> Source:
    """Refused above the tier's size; BadInput when it can't be read."""
    allowed = int(limit(workspace, "upload_mb"))
    if (upload.size or 0) > allowed * 2**20:
        raise Refused(
            "upload.size",
            _("This file has %(size)s MB; your plan takes files up to %(allowed)s MB. A larger plan takes more.")
            % {"size": round((upload.size or 0) / 2**20), "allowed": allowed},
        )
    name = Path(upload.name or "book").name
    with tempfile.NamedTemporaryFile(suffix=Path(name).suffix) as copy:
        for piece in upload.chunks():
            copy.write(piece)
        copy.flush()
        return add_source(workspace, Path(copy.name), name=name, rights=rights)


def from_text(workspace: Workspace, text: str, *, title: str, rights: str) -> Source:
    """Pasted text. BadInput when there is next to none."""
    if len(text.split()) < 20:
        raise BadInput("paste.short", _("Paste at least a few sentences: there is too little here for a film."))
    if len(text) > MAX_PASTED:
        raise BadInput("paste.long", _("This is more than a whole book. Save it as a file and upload that."))
    name = (title.strip() or " ".join(text.split()[:5]))[:80]
    with tempfile.NamedTemporaryFile(suffix=".txt") as copy:
        copy.write(f"{name}\n\n{text.strip()}\n".encode())
        copy.flush()
        return add_source(workspace, Path(copy.name), name=f"{name}.txt", rights=rights)


def from_shelf(workspace: Workspace, name: str) -> Source:
    """A bundled book by its file's name."""
    found = next((path for path in shelf() if path.stem == name), None)
    if found is None:
        raise BadInput("sample.unknown", _("There is no such sample. Choose one from the list."))
    return add_source(workspace, found, rights=Source.Rights.PUBLIC)
