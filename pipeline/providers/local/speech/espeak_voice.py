"""espeak-ng as a voice: every language, robotic, with the word times of its own events. The last one asked."""

from __future__ import annotations

import ctypes
import os
import socket
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any, NoReturn

import numpy as np

from pipeline.providers.local.host.framing import receive, send
from pipeline.providers.local.speech import espeak
from pipeline.providers.local.speech.pronouncing import GIVEN
from pipeline.providers.local.speech.trimming import as_bytes, as_floats, spread, trim

WORD, END_OF_LIST = 1, 0  # kinds of event
RATE_PARAMETER, WORDS_A_MINUTE = 1, 155
CHARACTERS, FLAGS = 1, 0x1001  # positions count characters; UTF-8, with the pause that the last mark asks for
ASCII = str.maketrans(
    {"ɑ": "ah", "æ": "a", "ə": "uh", "ɜ": "er", "ɪ": "i", "i": "ee", "ʊ": "oo", "u": "oo", "ʌ": "u", "ɔ": "aw",
     "ɛ": "e", "ʃ": "sh", "ʒ": "zh", "θ": "th", "ð": "th", "ŋ": "ng", "ɹ": "r", "j": "y", "ɡ": "g", "ˈ": "", "ˌ": "", "ː": ""}
)  # fmt: skip


class Event(ctypes.Structure):
    """espeak_EVENT of speak_lib.h."""

    _fields_ = (
        ("type", ctypes.c_int), ("unique_identifier", ctypes.c_uint), ("text_position", ctypes.c_int),
        ("length", ctypes.c_int), ("audio_position", ctypes.c_int), ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p), ("id", ctypes.c_char * 8),
    )  # fmt: skip


Heard = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(Event))


class Engine:
    """A request: {"words", "voice": "espeak:de" or "espeak:de+f3", "speed", "gain"}."""

    rate = 22_050

    def __init__(self) -> None:
        self.samples: list[np.ndarray] = []
        self.events: list[tuple[int, int]] = []  # character, sample
        self.heard = Heard(self._hear)  # kept: the library holds no reference
        espeak.library().espeak_SetSynthCallback(self.heard)

    def _hear(self, wav: Any, count: int, events: Any) -> int:
        if wav and count:
            self.samples.append(np.ctypeslib.as_array(wav, (count,)).copy())
        at = 0
        while events[at].type != END_OF_LIST:
            if events[at].type == WORD:
                self.events.append((events[at].text_position - 1, events[at].sample))
            at += 1
        return 0

    def __call__(self, request: dict[str, Any], blob: bytes) -> tuple[dict[str, Any], bytes]:
        """Said in a child of this process: the library keeps a state that sounds on in what it says next."""
        here, there = socket.socketpair()
        child = os.fork()
        if not child:
            self._child(there, request)
        there.close()
        with here:
            try:
                answer, pcm = receive(here)
            finally:
                os.waitpid(child, 0)
        if "fault" in answer:
            raise RuntimeError(answer["fault"])
        return answer, pcm

    def _child(self, wire: socket.socket, request: dict[str, Any]) -> NoReturn:
        try:
            send(wire, *self._say(request))
        except Exception as error:
            send(wire, {"fault": f"{type(error).__name__}: {error}"})
        finally:
            wire.close()
            os._exit(0)

    def _say(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        words = [readable(word) for word in request["words"]]
        espeak.set_seed()
        espeak.set_voice(request["voice"].removeprefix("espeak:"))
        speed = round(WORDS_A_MINUTE * float(request.get("speed", 1.0)))
        espeak.library().espeak_SetParameter(RATE_PARAMETER, speed, 0)
        text = " ".join(words).encode()
        espeak.library().espeak_Synth(text, len(text) + 1, 0, CHARACTERS, 0, FLAGS, None, None)
        audio = as_floats(np.concatenate(self.samples or [np.zeros(1, np.int16)]))
        kept, times = trim(audio, spread(audio, self._starts(words, len(audio))), self.rate)
        return {"rate": self.rate, "samples": len(kept), "words": times}, as_bytes(kept, request.get("gain", 0.0))

    def _starts(self, words: Sequence[str], samples: int) -> list[int]:
        """Where each word begins; words that espeak ran together share their time by letters."""
        bounds = np.cumsum([0, *(len(word) + 1 for word in words)]).tolist()
        known = {0: 0, bounds[-1]: samples}
        for character, sample in reversed(self.events):
            word = bisect_right(bounds, character) - 1
            if 0 <= word < len(words):
                known[bounds[word]] = sample
        places, at = zip(*sorted(known.items()), strict=True)
        return [round(float(start)) for start in np.interp(bounds[:-1], places, at)]


def readable(word: str) -> str:
    """A given pronunciation as letters that a reader would say alike."""
    return GIVEN.sub(
        lambda found: found.group(1).replace("-", "").lower().translate(ASCII) + (found.group(2) or ""), word
    )
