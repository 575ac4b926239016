"""German is complete, and what is compiled is what is written."""

from __future__ import annotations

import gettext
import re

import pytest
from django.conf import settings
from django.utils import translation

FOLDER = settings.BASE_DIR / "litink" / "locale" / "de" / "LC_MESSAGES"
ENTRY = re.compile(r'msgid "(.*)"\n(?:msgid_plural "(.*)"\n)?msgstr(?:\[0\])? "(.*)"')
SAID = re.compile(r'{% translate (?:"([^"]+)"|\'([^\']+)\')')


def entries():
    return [m.groups() for m in ENTRY.finditer((FOLDER / "django.po").read_text()) if m[1]]


def test_every_entry_has_its_german_and_is_compiled():
    with (FOLDER / "django.mo").open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)
    for english, plural, german in entries():
        told = compiled.ngettext(english, plural, 1) if plural else compiled.gettext(english)
        assert german and told.replace("\n", "\\n") == german


def test_placeholders_are_the_same():
    for english, _plural, german in entries():
        assert sorted(re.findall(r"%\(\w+\)s", english)) == sorted(re.findall(r"%\(\w+\)s", german)), english


def test_every_word_of_the_templates_is_in_the_catalogue():
    known = {english for english, _, _ in entries()}
    for path in sorted((settings.BASE_DIR / "templates").rglob("*.html")):
        for double, single in SAID.findall(path.read_text()):
            assert (double or single) in known, f"{double or single} in {path.name}"


@pytest.mark.parametrize(("stage", "said"), [("image_generation", "Szene 4 von 12 wird gezeichnet")])
def test_what_happens_is_said_in_german(stage, said):
    from pipeline import words

    with translation.override("de"):
        assert words.now(stage, 4, 12) == said
