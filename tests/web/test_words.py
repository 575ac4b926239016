"""German is complete, and what is compiled is what is written."""

from __future__ import annotations

import ast
import gettext
import re

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation.template import templatize

from projects.readers import messages

FOLDER = settings.BASE_DIR / "litink" / "locale" / "de" / "LC_MESSAGES"
ENTRY = re.compile(r'msgid "(.*)"\n(?:msgid_plural "(.*)"\n)?msgstr(?:\[0\])? "(.*)"')
ASKED = re.compile(r"""\b(?:_|n?gettext(?:_lazy)?)\(u?('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")""")
ROOMS = ("accounts", "billing", "projects", "pipeline", "litink")


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


def literals(source):
    """The texts that Python code has translated."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called in ("_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"):
                yield node.args[0].value


def known():
    return {english.replace('\\"', '"') for english, _, _ in entries()}


def test_every_word_of_the_templates_is_in_the_catalogue():
    catalogue = known()
    for path in sorted((settings.BASE_DIR / "templates").rglob("*.html")):
        for found in ASKED.findall(templatize(path.read_text())):
            said = ast.literal_eval(found).replace("%%s", "%s")
            assert not said or said in catalogue, f"{said} in {path.name}"


@pytest.mark.parametrize("room", ROOMS)
def test_every_word_of_the_code_is_in_the_catalogue(room):
    catalogue = known()
    for path in sorted((settings.BASE_DIR / room).rglob("*.py")):
        missing = [said for said in literals(path.read_text()) if isinstance(said, str) and said not in catalogue]
        assert not any(missing), f"{missing} in {path.name}"


def test_what_the_readers_say_is_in_the_catalogue():
    assert not set(messages.CATALOGUE.values()) - known()


@pytest.mark.parametrize(("stage", "said"), [("image_generation", "Szene 4 von 12 wird gezeichnet")])
def test_what_happens_is_said_in_german(stage, said):
    from pipeline import words

    with translation.override("de"):
        assert words.now(stage, 4, 12) == said
