"""The command readbook, through its own door."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import call_command

from tests.readers import writers
from tests.readers.conftest import work


@pytest.fixture
def tale(tmp_path):
    return writers.epub(work("Preface", "Chapter 1", "Chapter 2"), tmp_path / "a.epub")


def run(*args: object) -> str:
    out = io.StringIO()
    call_command("readbook", *map(str, args), stdout=out)
    return out.getvalue()


def test_json_has_the_facts(tale):
    facts = json.loads(run(tale, "--json"))
    assert {k: facts[k] for k in ("title", "authors", "language", "format", "warnings")} == {
        "title": "A Tale of Rain", "authors": ["Some Body"], "language": "en", "format": "epub", "warnings": [],
    }  # fmt: skip
    assert [(c["number"], c["title"], c["kind"], c["words"], c["images"]) for c in facts["chapters"]][:2] == [
        (1, "Preface", "front", 375, 0),
        (2, "Chapter 1", "body", 375, 0),
    ]


def test_text_is_what_would_be_narrated(tale):
    assert run(tale, "--text", 2).startswith("The rain had not stopped since the 2th")


def test_the_table_shows_chapters(tale):
    assert "   2  body   Chapter 1  (375 words)" in run(tale)


def test_a_bad_file_ends_with_2_and_one_line(tmp_path, capfd):
    (tmp_path / "a.epub").write_bytes(b"It rained.")
    with pytest.raises(SystemExit) as end:
        run(tmp_path / "a.epub")
    assert end.value.code == 2
    assert (
        capfd.readouterr().err
        == "wrong_extension: The file is named .epub, but it is plain text: give it its right name, or choose the real one.\n"
    )


def test_a_chapter_that_is_not_there(tale, capfd):
    with pytest.raises(SystemExit):
        run(tale, "--text", 9)
    assert capfd.readouterr().err == "no_such_chapter: The book has chapters 1 to 3: choose one of them.\n"
