"""The bench's film by MoviePy 2, in the way its documentation shows: resize and position by lambdas, text as clips.

Run by var/bench-venv's Python with one JSON argument; prints frames and seconds, or positions of a dot for the jitter.
"""

from __future__ import annotations

import json
import sys
import time

import numpy as np
from moviepy import CompositeVideoClip, ImageClip, TextClip, concatenate_videoclips, vfx

FPS = 30


def still(picture: str, size: list[int], seconds: float, moves: str):
    width, height = size
    clip = ImageClip(picture).with_duration(seconds)
    base = max(width / clip.w, height / clip.h)
    if moves == "pan":
        travel = base * clip.w * 1.14 - width
        moved = clip.resized(base * 1.14).with_position(lambda t: (-travel * t / seconds, -(base * clip.h * 0.07)))
    else:
        zoom = lambda t: base * 1.14 ** (t / seconds)  # noqa: E731
        moved = clip.resized(zoom).with_position(
            lambda t: ((width - clip.w * zoom(t)) / 2, (height - clip.h * zoom(t)) / 2)
        )
    return CompositeVideoClip([moved], size=tuple(size)).with_duration(seconds)


def caption(job: dict, scene: dict) -> list:
    made = []
    for start, end, text, word in scene["states"]:
        style = {"font": job["font"], "font_size": job["size"][1] // 20, "stroke_color": "black", "stroke_width": 2}
        at = ("center", int(job["size"][1] * 0.85))
        line = TextClip(text=text, color="white", margin=(4, 8), **style).with_start(start).with_end(end)
        said = TextClip(text=word, color="yellow", margin=(4, 8), **style).with_start(start).with_end(end)
        made += [line.with_position(at), said.with_position(("center", int(job["size"][1] * 0.78)))]
    return made


def film(job: dict) -> None:
    start = time.perf_counter()
    scenes = []
    for i, scene in enumerate(job["scenes"]):
        base = still(scene["picture"], job["size"], scene["seconds"], "pan" if i % 2 else "zoom")
        scenes.append(CompositeVideoClip([base, *caption(job, scene)]).with_duration(scene["seconds"]))
    faded = [scenes[0], *(clip.with_effects([vfx.CrossFadeIn(16 / FPS)]) for clip in scenes[1:])]
    whole = concatenate_videoclips(faded, method="compose", padding=-16 / FPS)
    mark = TextClip(text="LitinkAI", font=job["font"], font_size=28, color="white").with_duration(whole.duration)
    out = CompositeVideoClip([whole, mark.with_position(("right", "top"))])
    out = out.subclipped(0, min(job["limit"], out.duration))
    out.write_videofile(
        job["out"], fps=FPS, codec="libx264", preset="veryfast", ffmpeg_params=["-crf", "20"], threads=2, audio=False,
        logger=None,
    )  # fmt: skip
    print(json.dumps({"frames": round(out.duration * FPS), "seconds": time.perf_counter() - start}))


def jitter(job: dict) -> None:
    paths = {}
    for move in ("pan", "zoom"):
        clip = still(job["picture"], job["size"], job["frames"] / FPS, move)
        paths[move] = []
        for number in range(*job["middle"]):
            light = clip.get_frame(number / FPS)[..., 0].astype(np.float64)
            y, x = np.mgrid[: light.shape[0], : light.shape[1]]
            paths[move].append(((light * x).sum() / light.sum(), (light * y).sum() / light.sum()))
    print(json.dumps(paths))


job = json.loads(sys.argv[1])
(film if job["do"] == "film" else jitter)(job)
