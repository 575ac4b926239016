"""libespeak-ng (GPL) by ctypes, inside a host process only: phonemes for the other voices, a voice of its own."""

from __future__ import annotations

import ctypes
from functools import cache
from pathlib import Path

from pipeline.providers.local.host.server import Missing

RETRIEVE_AUDIO = 2  # AUDIO_OUTPUT_SYNCHRONOUS: samples come by a callback
DONT_EXIT = 0x8000
UTF8 = 1
IPA_TIED = 0x02 | 0x80 | ord("^") << 8  # IPA, diphthongs and affricates tied by "^"


@cache
def library() -> ctypes.CDLL:
    """The library, ready. It holds state of its own: one a process. Raises Missing."""
    try:
        import espeakng_loader
    except ModuleNotFoundError:
        raise Missing("espeak-ng is not installed (pip install espeakng-loader)") from None
    lib = ctypes.CDLL(espeakng_loader.get_library_path())
    data = espeakng_loader.get_data_path()
    lib.espeak_TextToPhonemes.restype = ctypes.c_char_p
    lib.espeak_TextToPhonemes.argtypes = [ctypes.POINTER(ctypes.c_char_p), ctypes.c_int, ctypes.c_int]
    lib.espeak_SetVoiceByName.argtypes = [ctypes.c_char_p]
    if lib.espeak_Initialize(RETRIEVE_AUDIO, 0, data.encode(), DONT_EXIT) <= 0:
        raise Missing(f"espeak-ng finds no data in {Path(data).name}; install espeakng-loader again")
    return lib


def set_seed() -> None:
    """Begin the library's random numbers anew, so that the same words always sound the same."""
    library().espeak_ng_SetRandSeed(1)


def set_voice(name: str) -> None:
    """`name` is espeak's own: "en-us", "en-gb-x-rp", "fr-fr". Raises LookupError."""
    if library().espeak_SetVoiceByName(name.encode()):
        raise LookupError(f"espeak-ng has no voice {name!r}")


def phonemes(text: str, voice: str) -> list[str]:
    """Words of `text` as tied IPA with stress marks. espeak joins some ("out of" is one): see phonemes.by_word."""
    set_voice(voice)
    raw = ctypes.c_char_p(text.encode())
    rest = ctypes.pointer(raw)
    heard: list[str] = []
    while rest.contents.value:
        part = library().espeak_TextToPhonemes(rest, UTF8, IPA_TIED)
        heard += part.decode().split() if part else []
    return heard
