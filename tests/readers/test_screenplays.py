"""Fountain and Final Draft: scenes, cues, speeches, action."""

from __future__ import annotations

import pytest

from projects.errors import BadInput
from projects.readers.book import Role

FOUNTAIN = """Title:
    _**RAIN**_
Credit: Written by
Author: Some Body & Any One
Draft date: 1/2/2026

FADE IN:

INT. KITCHEN - NIGHT #1#

Rain on the window. ANNA (30) waits. [[a note to self]]

ANNA
(whispering)
You will want your *coat*.

@McTavish
I never do.
And never did.

BORIS (V.O.) ^
Hush.

CUT TO:

EXT. LANE - CONTINUOUS

!SPLASH
He walks out /* cut
this */ into the water.

~Turn, my lantern,
~turn about.

> THE END <
"""


def test_a_fountain_script(read_text):
    found = read_text(FOUNTAIN, "rain.fountain")
    assert (found.title, found.authors, found.format) == ("RAIN", ("Some Body", "Any One"), "fountain")
    assert [c.title for c in found.chapters][-2:] == ["INT. KITCHEN - NIGHT", "EXT. LANE - CONTINUOUS"]


def test_speeches_know_their_speaker(read_text):
    said = [
        (p.speaker, p.text)
        for c in read_text(FOUNTAIN, "rain.fountain").chapters
        for p in c.paragraphs
        if p.role is Role.DIALOGUE
    ]
    assert said == [
        ("ANNA", "You will want your coat."),
        ("McTavish", "I never do. And never did."),
        ("BORIS", "Hush."),
    ]


def test_cues_are_not_narrated(read_text):
    kitchen = next(c for c in read_text(FOUNTAIN, "rain.fountain").chapters if "KITCHEN" in c.title)
    assert kitchen.narration.split("\n\n") == [
        "Rain on the window. ANNA (30) waits.",
        "You will want your coat.",
        "I never do. And never did.",
        "Hush.",
    ]
    assert [p.text for p in kitchen.paragraphs if p.role is Role.CUE] == [
        "ANNA",
        "(whispering)",
        "McTavish",
        "BORIS (V.O.)",
        "CUT TO:",
    ]


def test_action_lyrics_and_centred_text(read_text):
    lane = read_text(FOUNTAIN, "rain.fountain").chapters[-1]
    assert [(p.text, p.role) for p in lane.paragraphs[1:3]] == [
        ("SPLASH He walks out  into the water.".replace("  ", " "), Role.NARRATION),
        ("Turn, my lantern,\nturn about.", Role.VERSE),
    ]


def test_sections_make_the_chapters(read_text):
    script = "# Act One\n\nINT. A - DAY\n\nIt rains.\n\nINT. B - DAY\n\nIt pours.\n\n# Act Two\n\nEXT. C - DAY\n\nIt stops.\n"
    assert [c.title for c in read_text(script, "a.fountain").chapters] == ["Act One", "Act Two"]


def test_a_script_in_a_text_file_is_known(read_text):
    assert read_text(FOUNTAIN, "rain.txt").format == "fountain"


FDX = """<?xml version="1.0" encoding="UTF-8" standalone="no" ?><FinalDraft DocumentType="Script" Template="No" Version="5"><Content>
<Paragraph Type="Scene Heading"><Text>INT. KITCHEN - NIGHT</Text></Paragraph>
<Paragraph Type="Action"><Text>Rain on the </Text><Text Style="Bold">window</Text><Text>.</Text></Paragraph>
<Paragraph Type="Character"><Text>ANNA (O.S.)</Text></Paragraph>
<Paragraph Type="Parenthetical"><Text>(whispering)</Text></Paragraph>
<Paragraph Type="Dialogue"><Text>You will want your coat.</Text></Paragraph>
<Paragraph Type="Transition"><Text>CUT TO:</Text></Paragraph>
<Paragraph Type="Scene Heading"><Text>EXT. LANE - DAY</Text></Paragraph>
<Paragraph><DualDialogue><Paragraph Type="Character"><Text>BORIS</Text></Paragraph><Paragraph Type="Dialogue"><Text>Hush.</Text></Paragraph></DualDialogue></Paragraph>
</Content><TitlePage><Content><Paragraph><Text>RAIN</Text></Paragraph><Paragraph><Text>Written by</Text></Paragraph><Paragraph><Text>Some Body</Text></Paragraph></Content></TitlePage></FinalDraft>"""


def test_a_final_draft_script(read_text):
    found = read_text(FDX, "rain.fdx")
    assert (found.title, found.authors, [c.title for c in found.chapters]) == (
        "RAIN",
        ("Some Body",),
        ["INT. KITCHEN - NIGHT", "EXT. LANE - DAY"],
    )
    assert found.chapters[0].narration == "Rain on the window.\n\nYou will want your coat."
    assert [(p.speaker, p.text) for c in found.chapters for p in c.paragraphs if p.role is Role.DIALOGUE] == [
        ("ANNA", "You will want your coat."),
        ("BORIS", "Hush."),
    ]


def test_xml_of_another_kind_is_no_script(read_text):
    with pytest.raises(BadInput) as error:
        read_text("<FinalDraft><Other/></FinalDraft>", "rain.fdx")
    assert error.value.id == "not_a_screenplay"
