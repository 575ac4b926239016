"""The bundled tale: written, drawn and built in this project; CC0."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
SOURCE = FOLDER / "the-fog.md"
BOOK = FOLDER / "the-fog.epub"
