"""The child of `bounded.clean`: `python -m pipeline.desk_tools.child KIND TYPE PATH OUT`. No Django, no network, no keys.

Decodes a picture, a recording or a clip, and writes it anew without anything but its pixels or samples. Answers with
one line of JSON: facts of what was written, or {"wrong": id, ...}.
"""

from __future__ import annotations

import ctypes
import json
import resource
import signal
import subprocess
import sys
import warnings
import wave
from pathlib import Path
from typing import Any

from pipeline.desk_tools import limits

QUIET = 200  # of 32767: under it all that is in a recording is its noise


class Wrong(Exception):
    """Why it can't be used: `args[0]` is the message's id, `facts` what it names."""

    def __init__(self, id: str, **facts: Any) -> None:
        super().__init__(id)
        self.facts = facts


def main() -> None:
    kind, media_type, path, out = sys.argv[1], sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4])
    _bind()
    try:
        answer = {limits.PICTURE: picture, limits.RECORDING: recording, limits.CLIP: clip}[kind](media_type, path, out)
    except Wrong as wrong:
        answer = {"wrong": wrong.args[0], **wrong.facts}
    except (OSError, ValueError, MemoryError, SyntaxError, EOFError, ArithmeticError) as fault:
        answer = {"wrong": "broken", "why": type(fault).__name__}
    print(json.dumps(answer))


def _bind() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (limits.MEMORY, limits.MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.FILE, limits.FILE))
    libc = ctypes.CDLL(None)
    if hasattr(libc, "prctl"):
        libc.prctl(1, signal.SIGKILL, 0, 0, 0)


def picture(media_type: str, path: Path, out: Path) -> dict[str, Any]:
    """PNG where there is transparency or few colours, else JPEG: upright, at most WIDEST, without any metadata."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = limits.PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(path, formats=("PNG", "JPEG", "WEBP", "GIF")) as opened:
            if opened.width * opened.height > limits.PIXELS:
                raise Wrong("large", width=opened.width, height=opened.height)
            opened.seek(0)
            upright = ImageOps.exif_transpose(opened)
            shown = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise Wrong("large") from bomb
    if min(shown.size) < limits.SMALLEST:
        raise Wrong("small", width=shown.width, height=shown.height)
    shown.thumbnail((limits.WIDEST, limits.WIDEST))
    bare = Image.frombytes(shown.mode, shown.size, shown.tobytes())
    clear = shown.mode == "RGBA"
    bare.save(out, "PNG" if clear else "JPEG", **({} if clear else {"quality": 93, "subsampling": 0}))
    return {"width": bare.width, "height": bare.height, "type": "image/png" if clear else "image/jpeg"}


def recording(media_type: str, path: Path, out: Path) -> dict[str, Any]:
    """WAV, mono, 16 bit, at RATE."""
    import numpy

    if not looked_at(media_type, path)["audio"]:
        raise Wrong("silent")
    most = limits.LONGEST[limits.RECORDING]
    shape = ["-map", "0:a:0", "-vn", "-sn", "-dn", "-ac", "1", "-ar", str(limits.RATE), "-c:a", "pcm_s16le"]
    _ffmpeg(media_type, path, [*shape, "-t", str(most + 1), "-f", "wav", str(out)])
    with wave.open(str(out)) as sound:
        samples = sound.getnframes()
        heard = numpy.frombuffer(sound.readframes(samples), dtype="<i2")
    _long_enough(samples / limits.RATE, most)
    if int(numpy.abs(heard.astype("i4")).max()) < QUIET:
        raise Wrong("silent")
    return {"rate": limits.RATE, "samples": samples, "seconds": samples / limits.RATE, "type": "audio/wav"}


def clip(media_type: str, path: Path, out: Path) -> dict[str, Any]:
    """MP4, H.264, 30 pictures a second, silent: what the renderer reads, once for all films."""
    seen = looked_at(media_type, path)
    width, height = seen["width"], seen["height"]
    if not width:
        raise Wrong("still")
    if width * height > limits.CLIP_PIXELS:
        raise Wrong("large", width=width, height=height)
    if min(width, height) < limits.SMALLEST:
        raise Wrong("small", width=width, height=height)
    most = limits.LONGEST[limits.CLIP]
    if seen["seconds"]:
        _long_enough(seen["seconds"], most)
    fit = "fps=30,scale='trunc(min(1,1920/max(iw,ih))*iw/2)*2':'trunc(min(1,1920/max(iw,ih))*ih/2)*2',setsar=1"
    shape = ["-map", "0:v:0", "-an", "-sn", "-dn", "-vf", fit, "-pix_fmt", "yuv420p", "-c:v", "libx264"]
    coded = ["-preset", "veryfast", "-crf", "17", "-threads", "2", "-movflags", "+faststart", "-t", str(most + 1)]
    _ffmpeg(media_type, path, [*shape, *coded, "-f", "mp4", str(out)])
    made = looked_at("video/mp4", out)
    _long_enough(made["seconds"], most)
    return {"width": made["width"], "height": made["height"], "seconds": made["seconds"], "type": "video/mp4"}


def _long_enough(seconds: float, most: float) -> None:
    if seconds < limits.SHORTEST:
        raise Wrong("short")
    if seconds > most + 0.5:
        raise Wrong("long", seconds=round(seconds), most=round(most))


def looked_at(media_type: str, path: Path) -> dict[str, Any]:
    """`width`, `height` of the first film stream (0 when there is none), `seconds`, and whether there is sound."""
    import av

    try:
        with av.open(str(path), format=limits.DEMUXER[media_type], options={"protocol_whitelist": "file"}) as opened:
            film = next((s for s in opened.streams.video if not s.disposition & 0x400), None)  # 0x400: a cover picture
            size = (film.codec_context.width, film.codec_context.height) if film else (0, 0)
            seconds = float(opened.duration / av.time_base) if opened.duration else 0.0
            return {"width": size[0], "height": size[1], "seconds": seconds, "audio": bool(opened.streams.audio)}
    except av.error.FFmpegError as fault:
        raise Wrong("broken", why=type(fault).__name__) from fault


def _ffmpeg(media_type: str, path: Path, arguments: list[str]) -> None:
    from pipeline.rendering.runner import ffmpeg_path

    safe = ["-protocol_whitelist", "file", "-f", limits.DEMUXER[media_type], "-nostdin"]
    bare = ["-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-flags", "+bitexact"]
    command = [ffmpeg_path(), "-hide_banner", "-loglevel", "error", *safe, "-i", str(path), *bare, "-y", *arguments]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    if done.returncode or not Path(arguments[-1]).exists() or Path(arguments[-1]).stat().st_size < 200:
        raise Wrong("broken", why="ffmpeg")


if __name__ == "__main__":
    main()
