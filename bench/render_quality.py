"""How good a film looks (VMAF against the raw frames) and how steady its moves are (a dot followed over a pan and a zoom)."""

from __future__ import annotations

import itertools
import json
import subprocess
from pathlib import Path

import numpy as np
from PIL import Image

from bench.render_material import CORES, ROOT, WORK
from bench.render_ways import raw_input, span, zoompan_filter
from pipeline.rendering import planes
from pipeline.rendering.moves import keys, path
from pipeline.rendering.runner import ffmpeg_path
from pipeline.rendering.warp import blank, warp


def vmaf(timeline, encoded: list[Path], raw: Path) -> float:
    """Mean VMAF of the encoded halves (or whole film) against the raw frames."""
    cut = [timeline.frames * i // len(encoded) for i in range(len(encoded) + 1)]
    total = 0.0
    for file, (start, end) in zip(encoded, itertools.pairwise(cut), strict=True):
        total += vmaf_of(file, timeline, raw, start, end - start) * (end - start)
    return total / timeline.frames


def vmaf_of(file: Path, timeline, raw: Path, first: int, frames: int) -> float:
    """Mean VMAF of a file that holds `frames` of the raw ones from `first`; colour tags forced equal."""
    tags = "setparams=colorspace=bt709:color_primaries=bt709:color_trc=bt709:range=tv"
    log = WORK / "vmaf.json"
    graph = f"[0:v]{tags}[a];[1:v]{tags}[b];[a][b]libvmaf=n_subsample=3:n_threads={CORES}:log_fmt=json:log_path={log}"
    inputs = ["-i", str(file), *raw_input(timeline), "-i", span(timeline, raw, first, first + frames)]
    subprocess.run([ffmpeg_path(), "-v", "error", *inputs, "-lavfi", graph, "-f", "null", "-"], check=True)
    return json.loads(log.read_text())["pooled_metrics"]["vmaf"]["mean"]


DOT_FRAMES, MIDDLE = 300, (90, 210)


def dot() -> Path:
    """A picture with one soft dot away from the middle, whose place on each frame tells how steady a move is."""
    file = WORK / "dot.png"
    y, x = np.mgrid[:1440, :2560]
    light = 220 * np.exp(-((x - 1000.3) ** 2 + (y - 560.7) ** 2) / (2 * 14**2))
    Image.fromarray(np.repeat(light.astype(np.uint8)[..., None], 3, 2)).save(file)
    return file


def unsteadiness(places: list[tuple[float, float]]) -> float:
    """Standard deviation of the second difference, in pixels, the worse of both axes."""
    return float(np.diff(np.array(places), 2, axis=0).std(axis=0).max())


def centre(light: np.ndarray) -> tuple[float, float]:
    light = np.clip(light.astype(np.float64) - 20, 0, None)
    y, x = np.mgrid[: light.shape[0], : light.shape[1]]
    return (light * x).sum() / light.sum(), (light * y).sum() / light.sum()


def our_jitter() -> dict[str, float]:
    size, image, out = (1280, 720), planes.load(dot()), {}
    for name, move in (("pan", "right"), ("zoom", "push")):
        ends = keys(move, DOT_FRAMES, image.size, size, (0.5, 0.5))
        file = WORK / f"dot-{move}.yuv"
        file.unlink(missing_ok=True)
        work = planes.working(lambda: image, image.size, *ends, size, file)
        frame, places = blank(*size), []
        for number in range(*MIDDLE):
            warp(work, path(*ends, number, DOT_FRAMES, 8), frame)
            places.append(centre(frame.y))
        out[name] = unsteadiness(places)
    return out


def zoompan_jitter() -> dict[str, float]:
    out = {}
    for name in ("pan", "zoom"):
        graph = zoompan_filter(DOT_FRAMES, (1280, 720), name == "pan") + ",format=gray"
        command = [
            ffmpeg_path(),
            "-v",
            "error",
            "-loop",
            "1",
            "-i",
            str(dot()),
            "-vf",
            graph,
            "-frames:v",
            str(MIDDLE[1]),
        ]
        data = subprocess.run([*command, "-f", "rawvideo", "-"], check=True, capture_output=True).stdout
        frames = np.frombuffer(data, np.uint8).reshape(-1, 720, 1280)
        out[name] = unsteadiness([centre(frame) for frame in frames[MIDDLE[0] :]])
    return out


def moviepy_jitter(python: Path) -> dict[str, float]:
    job = {"do": "jitter", "picture": str(dot()), "size": [1280, 720], "frames": DOT_FRAMES, "middle": [*MIDDLE]}
    said = subprocess.run(
        [str(python), str(ROOT / "bench" / "render_moviepy.py"), json.dumps(job)],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return {name: unsteadiness(places) for name, places in json.loads(said.splitlines()[-1]).items()}
