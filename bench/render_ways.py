"""Other ways to the same film: bare x264 on the same raw frames (the limit), ffmpeg's zoompan, MoviePy."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path

from bench.measuring import side_by_side
from bench.render_material import CORES, ROOT, WORK
from pipeline.rendering import fonts, paint
from pipeline.rendering.captions.cues import cues
from pipeline.rendering.parts import FPS
from pipeline.rendering.pieces import pieces
from pipeline.rendering.runner import ffmpeg_path
from pipeline.rendering.warp import blank


class Raw:
    """Stands in for the encoder: frames to a file as they are."""

    file = None

    def __init__(self, path: Path, size: tuple[int, int], settings: object) -> None:
        self.path, self.frame = path, blank(*size)

    def __enter__(self) -> Raw:
        return self

    def __exit__(self, *_: object) -> None:
        self.path.touch()  # so that the piece counts as made

    def next_frame(self):
        return self.frame

    def push(self) -> None:
        for plane in self.frame.planes:
            plane.tofile(Raw.file)


def raw_frames(timeline) -> Path:
    """Every frame of the film before it is encoded, as one file."""
    file, real = WORK / "raw.yuv", paint.Encoder
    paint.Encoder = Raw
    try:
        with file.open("wb") as Raw.file:
            for piece in pieces(timeline):
                paint.render(piece, WORK / "raw.mp4", progress=None, stopping=None, planes=WORK / "planes")
    finally:
        paint.Encoder = real
    return file


def halves(timeline, raw: Path) -> list[str]:
    """One equal part of the raw frames a core."""
    cut = [timeline.frames * i // CORES for i in range(CORES + 1)]
    return [span(timeline, raw, a, b) for a, b in itertools.pairwise(cut)]


def span(timeline, raw: Path, start: int, end: int) -> str:
    """ffmpeg's name for frames `start` to `end` (excluded) of the raw file."""
    frame = timeline.size[0] * timeline.size[1] * 3 // 2
    return f"subfile,,start,{start * frame},end,{end * frame},,:{raw}"


def raw_input(timeline) -> list[str]:
    return ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", "{}x{}".format(*timeline.size), "-r", str(FPS)]


def limit(timeline, raw: Path) -> dict:
    commands = []
    for i, source in enumerate(halves(timeline, raw)):
        encode = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-threads", "1", str(WORK / f"limit{i}.mp4")]
        commands.append([ffmpeg_path(), "-v", "error", "-y", *raw_input(timeline), "-i", source, *encode])
    return side_by_side(commands)


def zoompan(timeline) -> dict:
    commands = []
    for place in timeline.scenes:
        commands.append([
            ffmpeg_path(), "-v", "error", "-y", "-loop", "1", "-i", str(place.part.picture), "-vf",
            zoompan_filter(place.frames, timeline.size, place.number % 2 == 0) + ",format=yuv420p", "-frames:v",
            str(place.frames), "-c:v", "libx264", "-preset", "veryfast", "-crf", "20", "-threads", "1",
            str(WORK / f"zoompan{place.number}.mp4"),
        ])  # fmt: skip
    return side_by_side(commands)


def zoompan_filter(frames: int, size: tuple[int, int], pan: bool) -> str:
    how = f"z=1.14:x='(iw-iw/zoom)*on/{frames}':y='(ih-ih/zoom)/2'"
    zoom = f"z='pow(1.14,on/{frames})':x='(iw-iw/zoom)/2':y='(ih-ih/zoom)/2'"
    return f"zoompan={how if pan else zoom}:d={frames}:s={size[0]}x{size[1]}:fps={FPS}"


def moviepy_python() -> tuple[Path | None, str]:
    """The Python of var/bench-venv, made on first use; else why there is none."""
    folder = ROOT / "var" / "bench-venv"
    python = folder / "bin" / "python"
    try:
        if not (folder / "ready").exists():
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True, capture_output=True)
            wanted = ["-r", str(ROOT / "bench" / "requirements-moviepy.txt")]
            install = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", *wanted]
            subprocess.run(install, check=True, capture_output=True, timeout=600)
            (folder / "ready").touch()
    except (subprocess.SubprocessError, OSError) as error:
        said = getattr(error, "stderr", b"") or b""
        return None, f"MoviePy can't be installed: {said.decode(errors='replace')[-200:] or error}"
    return python, ""


def moviepy_job(timeline, seconds: float) -> dict:
    font = fonts.stack("caption")[0].path
    scenes = []
    for place in timeline.scenes:
        states = [
            ((word.start - place.start) / FPS, (word.end - place.start) / FPS, cue.text, word.text)
            for cue in cues(timeline) if cue.scene == place.number for word in cue.words
        ]  # fmt: skip
        scenes.append({"picture": str(place.part.picture), "seconds": place.frames / FPS, "states": states})
    return {
        "do": "film",
        "size": timeline.size,
        "font": str(font),
        "scenes": scenes,
        "limit": seconds,
        "out": str(WORK / "moviepy.mp4"),
    }
