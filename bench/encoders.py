"""What x264's settings cost and bring on moving stills: CPU, bytes and VMAF on the same raw frames, side by side.

    make bench-encoders                                    the settings in use against the limit (veryfast, crf 20)
    make bench-encoders ARGS="'22|aq-mode=0' '24|me=hex'"   and others: crf, then what is added to the settings of bodies

Four scenes (pan, zooms, both) at 1080p with transitions. The last line is JSON; settings are in use only if they take less time than
the limit at equal VMAF.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench.render_material import WORK, film
from bench.render_quality import vmaf_of
from bench.render_ways import raw_frames
from pipeline.rendering.encoder import MIXING, MOVING, Encoder, Settings
from pipeline.rendering.pieces import pieces

LIMIT = Settings("veryfast", 20, "scenecut=0")
GOALS = {"cpu_of_limit": 1.0, "vmaf_apart": 0.5}


def main(asked: list[str]) -> int:
    WORK.mkdir(parents=True, exist_ok=True)
    timeline = film(argparse.Namespace(), 4, 4.0, 1080)
    raw = raw_frames(timeline)
    ways = {"limit": (LIMIT, LIMIT), "ours": (MOVING, MIXING)}
    for way in asked:
        crf, more = way.split("|")
        ways[way] = (replace(MOVING, crf=float(crf), params=f"{MOVING.params}:{more}"), MIXING)
    print(f"{'settings':<40}{'CPU ms a frame':>15}{'MB':>8}{'VMAF bodies':>13}{'transitions':>13}{'all':>8}")
    found = {name: _measured(name, timeline, raw, *settings) for name, settings in ways.items()}
    raw.unlink()
    figures = {
        "cpu_of_limit": found["ours"]["cpu"] / found["limit"]["cpu"],
        "vmaf_apart": abs(found["limit"]["vmaf"] - found["ours"]["vmaf"]),
        "ways": found,
    }
    ok = all(figures[name] <= goal for name, goal in GOALS.items())
    print(json.dumps({"bench": "encoders", "figures": figures, "goals": GOALS, "ok": ok}))
    return 0 if ok else 1


def _measured(name: str, timeline, raw: Path, bodies: Settings, mixed: Settings) -> dict[str, float]:
    """Encode every piece by its settings; CPU milliseconds a frame, megabytes, mean VMAF by kind of piece."""
    cpu, size, at = 0.0, 0, 0
    scores: dict[str, list[float]] = {"body": [], "transition": []}
    for piece in pieces(timeline):
        file = WORK / "encoded.mp4"
        cpu += _encode(file, piece.frames, timeline.size, raw, at, mixed if piece.kind == "transition" else bodies)
        size += file.stat().st_size
        score = vmaf_of(file, timeline, raw, at, piece.frames)
        scores[piece.kind] += [score] * piece.frames
        at += piece.frames
    everything = scores["body"] + scores["transition"]
    means = [float(np.mean(values)) for values in (scores["body"], scores["transition"], everything)]
    print(f"{name:<40}{cpu / at * 1e3:>15.2f}{size / 1e6:>8.2f}{means[0]:>13.2f}{means[1]:>13.2f}{means[2]:>8.2f}")
    return {"cpu": cpu / at * 1e3, "mb": size / 1e6, "vmaf": means[2], "bodies": means[0], "transitions": means[1]}


def _encode(file: Path, frames: int, size: tuple[int, int], raw: Path, first: int, settings: Settings) -> float:
    """CPU seconds that it took; copying the frames is part of it, for every way alike."""
    luma = size[0] * size[1]
    pixels = np.memmap(raw, np.uint8, "r")
    start = time.process_time()
    with Encoder(file, size, settings) as encoder:
        for number in range(first, first + frames):
            at = number * luma * 3 // 2
            for plane, offset in zip(encoder.next_frame().planes, (0, luma, luma * 5 // 4), strict=True):
                plane[:] = pixels[at + offset : at + offset + plane.size].reshape(plane.shape)
            encoder.push()
    return time.process_time() - start


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
