"""The voices by name: language, sex, quality. Kokoro's grades are its authors' (VOICES.md), turned into 0..1."""

from __future__ import annotations

from pipeline.providers.base import Voice

GRADES = {
    "A": 0.95, "A-": 0.92, "B": 0.86, "B-": 0.83, "C+": 0.78, "C": 0.74, "C-": 0.71, "D+": 0.66, "D": 0.62, "D-": 0.59, "F+": 0.5,
}  # fmt: skip
LANGUAGES = {"a": "en-US", "b": "en-GB", "e": "es", "f": "fr", "h": "hi", "i": "it", "j": "ja", "p": "pt-BR", "z": "zh"}
SEXES = {"f": "female", "m": "male"}
KOKORO = (
    "af_heart A, af_bella A-, bf_emma B-, af_nicole B-, ff_siwis B-, af_aoede C+, af_kore C+, af_sarah C+, am_fenrir C+, am_michael C+, "
    "am_puck C+, jf_alpha C+, bf_isabella C, bm_fable C, bm_george C, af_alloy C, af_nova C, ef_dora C, em_alex C, hf_alpha C, hf_beta C, "
    "hm_omega C, hm_psi C, if_sara C, im_nicola C, jf_gongitsune C, pf_dora C, pm_alex C, af_sky C-, jf_nezumi C-, jf_tebukuro C, jm_kumo C-, "
    "bm_lewis D+, af_jessica D, af_river D, am_echo D, am_eric D, am_liam D, am_onyx D, bf_alice D, bf_lily D, bm_daniel D, zf_xiaobei D, "
    "zf_xiaoni D, zf_xiaoxiao D, zf_xiaoyi D, zm_yunjian D, zm_yunxi D, zm_yunxia D, zm_yunyang D, am_santa D-, em_santa D-, pm_santa D-, am_adam F+"
)


def _kokoro(line: str) -> Voice:
    id, grade = line.split()
    name = id.partition("_")[2].capitalize()
    return Voice(id, name, LANGUAGES[id[0]], SEXES[id[1]], "kokoro", GRADES[grade], "Apache-2.0")


VOICES = tuple(_kokoro(line) for line in KOKORO.split(", "))


def speaks(voice: Voice, language: str) -> bool:
    """Whether the voice is of this language: "en" takes every English, "en-GB" only the British."""
    own, asked = voice.language.lower(), language.lower().replace("_", "-")
    return not asked or own == asked or own.startswith(asked + "-") or own == asked.partition("-")[0]
